import Files
import Foundation
import TestSupport
import Testing

@testable import Word2Vec

private func load(_ text: some Sequence<UInt8>) throws -> WordVectors {
  try withTemporaryFile(text) { try WordVectors(contentsOf: $0) }
}

/// The error of loading `text`, described, with "FILE" for the temporary path.
private func errorOfLoading(_ text: some Sequence<UInt8>) throws -> String? {
  try withTemporaryFile(text) { path in
    do {
      _ = try WordVectors(contentsOf: path)
      return nil
    } catch {
      return "\(error)".replacingOccurrences(of: path, with: "FILE")
    }
  }
}

@Suite("word2vec text")
struct Word2VecTextTests {
  private let vectors = WordVectors(
    words: ["<unk>", "the", "caf\u{E9}"],
    vectors: Tensor([[0.1, -1.5], [1e-30, .greatestFiniteMagnitude], [-0.0, 16_777_216]]))

  @Test("writes a header, then a word and its numbers a line")
  func form() throws {
    let path = temporaryPath(".vec")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try vectors.write(to: path)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text == "3 2\n<unk> 0.1 -1.5\nthe 1e-30 3.4028235e+38\ncaf\u{E9} -0.0 16777216.0\n")
  }

  @Test("gives every Float back, bit for bit")
  func roundTrip() throws {
    var random = SplitMix(state: 3)
    var values: [Float] = [.leastNonzeroMagnitude, -.leastNormalMagnitude, .pi, 1 / 3, 0, -0.0]
    while values.count < 4000 {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      if value.isFinite { values.append(value) }
    }
    let many = WordVectors(
      words: (0..<400).map { "w\($0)" }, vectors: Tensor(shape: [400, 10], values: values))
    let path = temporaryPath(".vec")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try many.write(to: path)
    let back = try WordVectors(contentsOf: path)
    #expect(back.words == many.words)
    #expect(back.vectors.shape == [400, 10])
    #expect(back.vectors.values.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test("takes rows that end in a space or CRLF, a byte order mark and blank lines at the end")
  func harmlessOddities() throws {
    let odd = try load("\u{FEFF}2 2\r\na 1 2 \r\nb\t-3 4e0\r\n\r\n\n".utf8)
    #expect(odd.words == ["a", "b"])
    #expect(odd.vectors == Tensor([[1, 2], [-3, 4]]))
    let unfinished = try load("1 2\na\u{A0}b 1 2".utf8)
    #expect(unfinished.words == ["a\u{A0}b"])
  }

  @Test(
    "says what is wrong with a file",
    arguments: [
      ("", "is empty; give a file of word vectors"),
      ("a b\n", "line 1 is neither"),
      ("2\na 1\nb 2\n", "line 1 is neither"),
      ("1 1 1\na 1\n", "line 2 has 1 values where the first line has 2"),
      ("3 2\na 1 2\nb 3 4\n", "has 2 rows where the header says 3"),
      ("3 2\na 1 2\nb 3", "ends in row 2 of 3"),
      ("9000000000000000000 9000000000000000000\na 1\n", "line 2 has 1 values"),
      ("9000000000000000000 1\na 1\n", "has 1 rows where the header says 9000000000000000000"),
      ("1 2\na 1 2\nb 3 4\n", "line 3 comes after all 1 rows"),
      ("2 2\na 1\nb 3 4\n", "line 2 has 1 values where the header says 2"),
      ("2 2\na 1 2\nb 3 4 5\n", "line 3 has 3 values where the header says 2"),
      ("2 2\na 1 2\n\nb 3 4\n", "line 3 has 0 values"),
      ("1 2\na 1 x\n", "line 2 has \"x\" for the word \"a\""),
      ("1 2\na nan 1\n", "line 2 has \"nan\" for the word \"a\""),
      ("1 2\na 1 inf\n", "line 2 has \"inf\" for the word \"a\""),
      ("1 2\na 1 1e39\n", "line 2 has \"1e39\" for the word \"a\""),
      ("1 2\na 1 0x10\n", "line 2 has \"0x10\" for the word \"a\""),
      ("1 2\na 1 1-2\n", "line 2 has \"1-2\" for the word \"a\""),
    ])
  func badFiles(text: String, message: String) throws {
    let error = try #require(try errorOfLoading(text.utf8))
    #expect(error.hasPrefix("FILE") && error.contains(message) && error.hasSuffix("."), "\(error)")
  }

  @Test("names the line whose bytes are not UTF-8")
  func notUTF8() throws {
    let inWord = Array("2 1\na 1\n".utf8) + [0xFF] + Array(" 2\n".utf8)
    #expect(try errorOfLoading(inWord)?.hasPrefix("FILE, line 3 is not UTF-8") == true)
    let inNumber = Array("2 1\na 1\nb ".utf8) + [0xC3, 0x0A]
    #expect(try errorOfLoading(inNumber)?.hasPrefix("FILE, line 3 is not UTF-8") == true)
  }

  @Test("finds every cut of a file, or still reads all of it")
  func everyCut() throws {
    let whole = Array("3 2\nab 10 20\ncd 30 40\nef 50 60\n".utf8)
    for length in 0..<whole.count - 4 {  // the last number cut in the middle is a number still
      #expect(try errorOfLoading(whole.prefix(length)) != nil, "\(length) bytes")
    }
    #expect(try errorOfLoading(whole.dropLast()) == nil)
  }
}
