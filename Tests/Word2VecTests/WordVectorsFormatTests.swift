import Files
import Foundation
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Files of vectors")
struct WordVectorsFormatTests {
  private let vectors = WordVectors(
    words: ["<unk>", "the", "caf\u{E9}"],
    vectors: Tensor([[0.1, -1.5], [1e-30, .greatestFiniteMagnitude], [-0.0, 16_777_216]]))

  @Test(
    "are recognised by their content, whatever their name", arguments: WordVectorsFormat.allCases)
  func recognised(format: WordVectorsFormat) throws {
    let path = temporaryPath(format == .npy ? ".npy" : format == .projector ? ".tsv" : ".txt")
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SplitMix(state: 5)
    defer { format.wordList(beside: path).map { try? FileManager.default.removeItem(atPath: $0) } }
    for dimension in [1, 2, 3, 50, 300] {
      for _ in 0..<20 {
        let values = (0..<3 * dimension).map { _ in Float(random.below(20001) - 10000) / 9999.7 }
        let many = WordVectors(
          words: ["<unk>", "the", "caf\u{E9}"],
          vectors: Tensor(shape: [3, dimension], values: values))
        try many.write(to: path, format: format)
        let asked = dimension < 3 ? format : nil  // four bytes may be text by chance
        let back = try WordVectors(contentsOf: path, format: asked)
        #expect(back.words == many.words)
        #expect(back.vectors.values.map(\.bitPattern) == values.map(\.bitPattern))
      }
    }
  }

  @Test(
    "have about as many bytes as is expected of them",
    arguments: WordVectorsFormat.allCases, ["", ".gz"])
  func expectedBytes(format: WordVectorsFormat, packing: String) throws {
    let ending = [.npy: ".npy", .projector: ".tsv"][format] ?? ".txt"
    let path = temporaryPath(ending + packing)
    defer {
      for path in [path, format.wordList(beside: path) ?? path] {
        try? FileManager.default.removeItem(atPath: path)
      }
    }
    let words = (0..<60).map { "word-\($0)" }
    var random = SplitMix(state: 7)
    for scale in [1e-4, 0.01, 0.3, 4] {
      let values = (0..<6000).map { _ in
        Float(Double(random.below(2_000_001) - 1_000_000) / 999_983 * scale)
      }
      let vectors = WordVectors(words: words, vectors: Tensor(shape: [60, 100], values: values))
      try vectors.write(to: path, format: format)
      let size = Double(try InputFile.bytes(of: path, limit: 1 << 20).count)
      let expected = format.expectedBytes(of: words, dimension: 100, at: path)
      #expect(expected.contains(size), "\(size) of \(expected), \(scale)")
    }
  }

  @Test("that are none are named for what they are")
  func strangers() throws {
    for (bytes, says) in [
      ([0xBA, 0x16, 0x4F, 0x2F, 12], "is a fastText model, not word vectors; check the path"),
      ([0x50, 0x4B, 3, 4], "is a zip archive, not word vectors; unpack it first"),
      (Array("word after word\n".utf8), "line 1 is neither the number of words and"),
      ([], "is empty; give a file of word vectors"),
    ] as [([UInt8], String)] {
      try withTemporaryFile(bytes) { path in
        let error = #expect(throws: FileError.self) { try WordVectors(contentsOf: path) }
        #expect("\(error, default: "")".contains(says))
      }
    }
    #expect(throws: FileError.self) { try WordVectors(contentsOf: "/dev/zero") }
  }

  @Test("say what is wrong with a path")
  func paths() throws {
    let missing = temporaryPath("-missing.vec")
    #expect(throws: FileError(missing, .noSuchFile)) { try WordVectors(contentsOf: missing) }
    let folder = FileManager.default.temporaryDirectory.path
    #expect(throws: FileError(folder, .isFolder)) { try WordVectors(contentsOf: folder) }
    #expect(throws: FileError(folder, .unwritable("it is a folder"))) {
      try vectors.write(to: folder)
    }
    let nowhere = missing + "/vectors.vec"
    #expect(throws: FileError(nowhere, .unwritable("there is no folder \(missing)"))) {
      try vectors.write(to: nowhere)
    }
  }

  @Test("hold no word with white space, and no empty one", arguments: ["a b", "", "a\n", "\t"])
  func words(word: String) throws {
    let vectors = WordVectors(words: [word], vectors: Tensor([[1]]))
    for format in [WordVectorsFormat.word2vecText, .glove] {
      let path = temporaryPath(".vec")
      let error = #expect(throws: FileError.self) { try vectors.write(to: path, format: format) }
      #expect("\(error, default: "")".contains("cannot hold "))
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("have endings that say the format")
  func endings() {
    for (name, format) in [
      ("a.vec", .word2vecText), ("a.b.bin", .word2vecBinary), ("a.npy", .npy),
      ("a.tsv.gz", .projector), ("a.vec.gz", .word2vecText), ("a.txt", nil), ("vec", nil),
      ("a.gz", nil),
    ] as [(String, WordVectorsFormat?)] {
      #expect(WordVectorsFormat(ending: name) == format)
    }
    #expect(WordVectorsFormat.npy.wordList(beside: "x/a.npy.gz") == "x/a.words.txt.gz")
    #expect(WordVectorsFormat.projector.wordList(beside: "a.tsv") == "a.metadata.tsv")
  }

  @Test("are packed by gzip where the name says so", arguments: WordVectorsFormat.allCases)
  func packed(format: WordVectorsFormat) throws {
    let ending = format == .npy ? ".npy.gz" : format == .projector ? ".tsv.gz" : ".x.gz"
    let path = temporaryPath(ending)
    defer {
      for file in [path, format.wordList(beside: path)].compactMap(\.self) {
        try? FileManager.default.removeItem(atPath: file)
      }
    }
    try vectors.write(to: path, format: format)
    #expect(try Data(contentsOf: URL(filePath: path)).starts(with: [0x1F, 0x8B]))
    let back = try WordVectors(contentsOf: path, format: format)
    #expect(back.words == vectors.words)
    #expect(back.vectors.values.map(\.bitPattern) == vectors.vectors.values.map(\.bitPattern))
  }

  /// Reads a text leniently; returns the words, the numbers and the remarks.
  private func lenient(
    _ text: some Sequence<UInt8>, isLenient: Bool = true
  ) throws -> (words: [String], values: [Float], remarks: String) {
    try withTemporaryFile(text) { path in
      let remarks = Remarks()
      let read = try WordVectors(contentsOf: path, isLenient: isLenient) {
        remarks.text += "\($0)".replacingOccurrences(of: path, with: "FILE") + "\n"
      }
      return (read.words, read.vectors.values, remarks.text)
    }
  }

  private final class Remarks { var text = "" }

  @Test("with a wrong header, or rows that cannot be read, are read where that is asked for")
  func lenientReading() throws {
    let more = try lenient("1 2\na 1 2\nb 3 4\n".utf8)
    #expect(more.words == ["a", "b"] && more.values == [1, 2, 3, 4])
    #expect(
      more.remarks == "FILE has 2 rows where the header says 1; those that are there were read.\n")
    let fewer = try lenient("3 2\na 1 2\nb 3".utf8)
    #expect(fewer.words == ["a"])
    #expect(fewer.remarks.contains("FILE has 1 rows where the header says 3"))
    let odd = try lenient("a 1 2\nb c 3 4\nd nan 0\ne 5 6\n".utf8)
    #expect(odd.words == ["a", "e"] && odd.values == [1, 2, 5, 6])
    #expect(
      odd.remarks
        == "FILE, line 2 has \"c\" for the word \"b\", which is not a finite number, and the row was "
        + "left out (2 such rows).\n")
    let binary =
      Array("3 1\na ".utf8) + [0, 0, 0x80, 0x3F] + Array("b ".utf8) + [0, 0, 0xC0, 0x7F]
    let cut = try lenient(binary)
    #expect(cut.words == ["a"] && cut.values == [1])
    #expect(cut.remarks.contains("whose vector is not finite, and the row was left out"))
  }

  @Test("with a word twice have the first of its rows, and say so")
  func repeated() throws {
    let twice = try lenient("3 1\na 1\nb 2\na 3\n".utf8, isLenient: false)
    #expect(twice.words == ["a", "b"] && twice.values == [1, 2])
    #expect(
      twice.remarks == "FILE, line 4 has the word \"a\" again; the first row of a word counts.\n")
  }

  @Test("in arrays of NumPy's other kinds are read, too")
  func arrays() throws {
    func file(_ kind: String, _ numbers: [UInt8], shape: String = "(2, 2)") -> [UInt8] {
      let header = "{'descr': '\(kind)', 'fortran_order': False, 'shape': \(shape), }\n"
      return [0x93] + Array("NUMPY".utf8) + [2, 0, UInt8(header.utf8.count), 0, 0, 0]
        + Array(header.utf8) + numbers
    }
    let halves: [UInt8] = [0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0xFF, 0x7B]  // 1, −2, 2⁻²⁴, 65504
    let doubles = [1.5, -2, 0, 1e-3].flatMap { value in
      (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) }
    }
    func read(_ bytes: [UInt8], words: String = "a\r\nb\n") throws -> WordVectors {
      let path = temporaryPath(".npy")
      let list = try #require(WordVectorsFormat.npy.wordList(beside: path))
      defer { for file in [path, list] { try? FileManager.default.removeItem(atPath: file) } }
      try Data(bytes).write(to: URL(filePath: path))
      try Data(words.utf8).write(to: URL(filePath: list))
      return try WordVectors(contentsOf: path)
    }
    #expect(try read(file("<f2", halves)).vectors.values == [1, -2, 0x1p-24, 65504])
    #expect(try read(file("<f8", doubles)).vectors.values == [1.5, -2, 0, 1e-3])
    #expect(try read(file("<f2", halves)).words == ["a", "b"])
    for (bytes, words, says) in [
      (file("<f2", Array(halves.dropLast())), "a\nb\n", "ends in row 2 of 2"),
      (file("<f2", halves + [0]), "a\nb\n", "comes after all 2 rows"),
      (file("<f2", halves), "a\n", "has 2 rows and its list 1 words"),
      (file("<i4", halves), "a\nb\n", "has numbers of the kind <i4"),
      (file("<f2", halves, shape: "(4,)"), "a\n", "is an array of shape (4,)"),
    ] {
      let error = #expect(throws: FileError.self) { try read(bytes, words: words) }
      #expect("\(error, default: "")".contains(says), "\(says)")
    }
    try withTemporaryFile(file("<f2", halves)) { path in
      let error = #expect(throws: FileError.self) { try WordVectors(contentsOf: path) }
      #expect("\(error, default: "")".contains("has vectors without their words"))
      // No process has a number so great.
      try Data().write(to: URL(filePath: path + ".words.txt.999999999.part"))
      defer { try? FileManager.default.removeItem(atPath: path + ".words.txt.999999999.part") }
      let left = #expect(throws: FileError.self) { try WordVectors(contentsOf: path) }
      #expect(
        "\(left, default: "")".hasSuffix(
          "left them in \(path).words.txt.999999999.part, to be renamed."))
    }
  }

  @Test("and their list that are written anew while they are read are refused")
  func writtenAnew() throws {
    let path = temporaryPath(".npy")
    let list = try #require(WordVectorsFormat.npy.wordList(beside: path))
    defer { for file in [path, list] { try? FileManager.default.removeItem(atPath: file) } }
    func write(_ words: [String]) throws {
      let values = Tensor(shape: [2, 1], values: [1, 2])
      try WordVectors(words: words, vectors: values).write(to: path)
    }
    try write(["a", "b"])
    var input = try BufferedInput(path: path)
    try write(["b", "a"])
    do {
      _ = try NPYArray.read(&input, VectorsReading(isLenient: false) { _ in })
      Issue.record("the numbers of one file have got the words of another")
    } catch {
      #expect("\(error)".hasSuffix("was written anew while it was read; read it again."))
    }
    #expect(try WordVectors(contentsOf: path).words == ["b", "a"])
  }

  @Test("for the projector have their words in a list, with or without a line of titles")
  func projector() throws {
    for list in ["a\nb\n", "Word\tCount\na\t7\nb\t5\n"] {
      let path = temporaryPath("_tensor.tsv")
      let words = path.replacingOccurrences(of: "_tensor.tsv", with: "_metadata.tsv")
      defer { for file in [path, words] { try? FileManager.default.removeItem(atPath: file) } }
      try Data("1\t2\n3\t4\n".utf8).write(to: URL(filePath: path))
      try Data(list.utf8).write(to: URL(filePath: words))
      let read = try WordVectors(contentsOf: path)
      #expect(read.words == ["a", "b"] && read.vectors == Tensor([[1, 2], [3, 4]]))
    }
  }
}

@Suite("word2vec's binary form")
struct Word2VecBinaryTests {
  private let words = ["<unk>", "the", "caf\u{E9}"]
  private let rows: [[Float]] = [[0.1, -1.5, 2], [1e-30, 7, 8], [-0.0, 16_777_216, 3]]

  /// The bytes of a file, with `end` behind each row.
  private func bytes(end: String) -> [UInt8] {
    var bytes = Array("3 3\n".utf8)
    for (word, row) in zip(words, rows) {
      bytes += Array("\(word) ".utf8)
      for value in row {
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(value.bitPattern >> UInt32(shift) & 255)) }
      }
      bytes += Array(end.utf8)
    }
    return bytes
  }

  @Test("is a header, then a word, a space and the numbers of each row")
  func form() throws {
    let path = temporaryPath(".bin")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try WordVectors(words: words, vectors: Tensor(rows)).write(to: path, format: .word2vecBinary)
    #expect(try Array(Data(contentsOf: URL(filePath: path))) == bytes(end: ""))
  }

  @Test("is read with and without a line feed behind each row", arguments: ["", "\n"])
  func lineFeeds(end: String) throws {
    try withTemporaryFile(bytes(end: end)) { path in
      let vectors = try WordVectors(contentsOf: path)
      #expect(vectors.words == words)
      #expect(vectors.vectors == Tensor(rows))
    }
  }

  /// The error of reading some bytes, with "FILE" for the path; nil where there is none.
  private func error(_ bytes: [UInt8], _ format: WordVectorsFormat? = nil) throws -> String? {
    try withTemporaryFile(bytes) { path in
      do {
        _ = try WordVectors(contentsOf: path, format: format)
        return nil
      } catch {
        return "\(error)".replacingOccurrences(of: path, with: "FILE")
      }
    }
  }

  @Test("every cut is found")
  func everyCut() throws {
    for end in ["", "\n"] {
      let whole = bytes(end: end)
      for length in 4..<whole.count - end.utf8.count {
        let error = try #require(try error(Array(whole.prefix(length)), .word2vecBinary))
        #expect(error.contains("cut short"), "\(length) bytes: \(error)")
      }
    }
  }

  @Test("says what is wrong, and where")
  func faults() throws {
    func replaced(_ old: String, _ new: String) -> [UInt8] {
      var bytes = bytes(end: "")
      let old = Array(old.utf8)
      let place = bytes.indices.first { bytes[$0...].starts(with: old) } ?? 0
      bytes.replaceSubrange(place..<place + old.count, with: Array(new.utf8))
      return bytes
    }
    let second = 4 + 6 + 12
    #expect(try error(replaced("3 3\n", "2 3\n"))?.contains("comes after all 2 rows") == true)
    #expect(
      try error(replaced("3 3\n", "9000000000000000000 3\n"))?.contains("where the header says 9")
        == true)
    #expect(
      try error(replaced("3 3\n", "3 9000000000000000000\n"), .word2vecBinary)?
        .contains("ends in row 1 of 3") == true)
    var nan = bytes(end: "")
    nan.replaceSubrange(second + 4..<second + 8, with: [0, 0, 0xC0, 0x7F])
    #expect(try error(nan)?.contains("the word \"the\", whose vector is not finite") == true)
    let endless = Array("2 2\n".utf8) + [UInt8](repeating: 1, count: 100_000)
    #expect(
      try error(endless, .word2vecBinary)?.contains("begins a word that does not end") == true)
  }
}

@Suite("Unit vectors")
struct UnitVectorsTests {
  @Test("have length 1, and none where there is none to scale")
  func lengths() throws {
    #expect(scaledToUnitLength([3, 4] as [Float]) == [0.6, 0.8])
    #expect(scaledToUnitLength([0, 0] as [Double]) == [0, 0])
    let vectors = WordVectors(words: ["a", "b"], vectors: Tensor([[1e-5, 0], [3, 4]]))
    #expect(vectors.unitVector(of: "a") == [1, 0])
    #expect(vectors.unitVector(of: "b") == [0.6, 0.8])
    #expect(vectors.unitVector(of: "c") == nil)
  }
}
