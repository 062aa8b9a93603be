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
    let path = temporaryPath(".txt")
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SplitMix(state: 5)
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

  @Test("that are none are named for what they are")
  func strangers() throws {
    for (bytes, says) in [
      ([0x1F, 0x8B, 8, 0], "is a gzip file, not word vectors; unpack it first"),
      ([0x50, 0x4B, 3, 4], "is a zip archive, not word vectors; unpack it first"),
      (Array("word 1 2\n".utf8), "line 1 is not the number of words and their dimension"),
      ([], "line 1 is not the number of words and their dimension"),
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
  func words(word: String) async throws {
    await #expect(processExitsWith: .failure) { [word] in
      let path = NSTemporaryDirectory() + "never.vec"
      try WordVectors(words: [word], vectors: Tensor([[1]])).write(to: path)
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
    #expect(
      try error(replaced("the", "<unk>"))
        == "FILE, byte \(second) begins the word \"<unk>\" again; keep one of its rows.")
    #expect(try error(replaced("3 3\n", "2 3\n"))?.contains("comes after all 2 rows") == true)
    #expect(
      try error(replaced("3 3\n", "9000000000000000000 3\n"))?.contains("ends in row 4 of") == true)
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
  func lengths() {
    #expect(scaledToUnitLength([3, 4] as [Float], epsilon: 0) == [0.6, 0.8])
    #expect(scaledToUnitLength([0, 0] as [Double], epsilon: 0) == [0, 0])
    #expect(scaledToUnitLength([0, 0] as [Double], epsilon: 1e-9) == [0, 0])
    let small = scaledToUnitLength([1e-5] as [Double], epsilon: 1e-9)
    #expect(abs(small[0] - 1e-5 / (1e-10 + 1e-9).squareRoot()) < 1e-15)
  }

  @Test("of words are those of their rows")
  func words() throws {
    let vectors = WordVectors(words: ["a", "b"], vectors: Tensor([[1, 0], [3, 4]]))
    let unit = try #require(vectors.unitVector(of: "b"))
    #expect(abs(unit[0] - 0.6) < 1e-9 && abs(unit[1] - 0.8) < 1e-9)
    #expect(vectors.unitVector(of: "c") == nil)
  }
}
