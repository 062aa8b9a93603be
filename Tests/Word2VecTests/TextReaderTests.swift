import Files
import Foundation
import Testing

@testable import Word2Vec

/// The words of each line, as bytes: what the reader gives, written down.
private struct LineRecorder: WordSink {
  var lines: [[[UInt8]]] = [[]]
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer, at place: TextPlace) {
    lines[lines.count - 1].append(Array(bytes))
  }
  mutating func takeLineEnd(at place: TextPlace) { lines.append([]) }
  mutating func takeChunkEnd(bytesRead: Int) {}
  mutating func takeEnd() {}

  /// The lines that have a word.
  var sentences: [[[UInt8]]] { lines.filter { !$0.isEmpty } }
}

private func recordedLines(
  of bytes: [UInt8], chunkSize: Int = 1 << 20, wordLimit: Int = 1 << 20
) throws -> LineRecorder {
  var recorder = LineRecorder()
  var position = 0
  let reader = TextReader(name: "text", chunkSize: chunkSize, wordLimit: wordLimit)
  try reader.read(
    from: { buffer throws(FileError) in
      let count = min(buffer.count, bytes.count - position)
      buffer.copyBytes(from: bytes[position..<position + count])
      position += count
      return count
    }, into: &recorder)
  return recorder
}

private func recordedLines(of text: String, chunkSize: Int = 1 << 20) throws -> LineRecorder {
  try recordedLines(of: Array(text.utf8), chunkSize: chunkSize)
}

/// The plain form: the whole text as a string, lines and words by `split`.
private func sentencesBySplitting(_ text: String) -> [[[UInt8]]] {
  var scalars = String.UnicodeScalarView()
  scalars.append(contentsOf: text.unicodeScalars)
  if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
  let spaces = Set(
    "\t\u{B}\u{C}\u{1C}\u{1D}\u{1E}\u{1F} \u{85}\u{A0}\u{1680}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}"
      .unicodeScalars
  ).union((0x2000...0x200A).compactMap(Unicode.Scalar.init))
  return scalars.split { $0 == "\n" || $0 == "\r" }
    .map { line in line.split { spaces.contains($0) }.map { Array(String($0).utf8) } }
    .filter { !$0.isEmpty }
}

@Suite("Reading text")
struct TextReaderTests {
  @Test("splits lines at \\n, \\r\\n and \\r, each once")
  func lineEnds() throws {
    let lines = try recordedLines(of: "a b\nc\r\nd\re\n\n\r\r\nf").lines
    let words = lines.map { $0.map { String(decoding: $0, as: UTF8.self) } }
    #expect(words == [["a", "b"], ["c"], ["d"], ["e"], [], [], [], ["f"], []])
  }

  @Test("splits words at every white space that Python's split() knows")
  func whiteSpace() throws {
    let ascii: [UInt32] = Array(0x09...0x0D) + Array(0x1C...0x20)
    let unicode: [UInt32] =
      [0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000] + Array(0x2000...0x200A)
    for value in 1...0xFFFF where !(0xD800...0xDFFF).contains(value) {
      let scalar = try #require(Unicode.Scalar(UInt32(value)))
      let words = try recordedLines(of: "a" + String(scalar) + "b").sentences.joined().count
      let splits = ascii.contains(UInt32(value)) || unicode.contains(UInt32(value))
      #expect(words == (splits ? 2 : 1), "U+\(String(value, radix: 16))")
    }
  }

  @Test("skips a byte order mark at the start only")
  func byteOrderMark() throws {
    #expect(try recordedLines(of: "\u{FEFF}a b").sentences == [[[97], [98]]])
    #expect(try recordedLines(of: "a \u{FEFF}b").sentences == [[[97], [0xEF, 0xBB, 0xBF, 98]]])
  }

  /// Every kind of boundary: words, CRLF, lone CR, BOM, characters of 2, 3 and 4 bytes, and
  /// Unicode white space, each of which some chunk size cuts in the middle.
  private static let nasty =
    "\u{FEFF}The  café\tcost\u{A0}€5\r\n\r\n\u{3000}naïve\u{2003}😀 x\ry\u{1}z\u{1C}end \u{85}\n"
    + "  trailing   \r\n\t\n𝒳e\u{301}\u{E9} last\u{2028}word"

  @Test("gives the same words whatever the chunk size")
  func chunkBoundaries() throws {
    let expected = sentencesBySplitting(Self.nasty)
    #expect(expected.count == 5)
    for chunkSize in 1...Self.nasty.utf8.count + 1 {
      let found = try recordedLines(of: Self.nasty, chunkSize: chunkSize).sentences
      #expect(found == expected, "chunks of \(chunkSize)")
    }
  }

  @Test("equals splitting strings, on random texts")
  func randomTexts() throws {
    var random = SplitMix(state: 1)
    let pieces = [
      "a", "bc", "word", "é", "e\u{301}", "€", "😀", " ", " ", "\t", "\n", "\r\n", "\r", "\u{A0}",
      "\u{2028}", "\u{3000}", "\u{FEFF}", "\u{0}", "\u{7F}", "\u{1F}", "longerthaneightbytes",
    ]
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<random.below(300) {
        text.unicodeScalars += pieces[random.below(pieces.count)].unicodeScalars
      }
      let chunkSize = 1 + random.below(40)
      let found = try recordedLines(of: text, chunkSize: chunkSize).sentences
      #expect(
        found == sentencesBySplitting(text), "chunks of \(chunkSize) of \(text.debugDescription)")
    }
  }

  @Test(
    "names the line whose bytes are not UTF-8",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0xE2, 0x82],
      [0xF0, 0x9F, 0x98],
      [0xC3, 0x28], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x28, 0x80],
    ] as [[UInt8]])
  func notUTF8(bad: [UInt8]) throws {
    for chunkSize in 1...12 {
      for rest in ["", " b\n", "\r\n"] {
        let text = Array("fine é\r\na ".utf8) + bad + Array(rest.utf8)
        #expect(throws: FileError.notUTF8("text", line: 2, beginning: [])) {
          try recordedLines(of: text, chunkSize: chunkSize)
        }
      }
    }
  }

  @Test("accepts each first and last character of each UTF-8 length")
  func limitsOfUTF8() throws {
    for value: UInt32 in [0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF] {
      let scalar = try #require(Unicode.Scalar(value))
      #expect(try recordedLines(of: "x" + String(scalar)).sentences.joined().count == 1)
    }
  }

  @Test("refuses a word that is too long, and no shorter one", arguments: [1, 3, 8, 100])
  func longWords(chunkSize: Int) throws {
    func read(_ text: String) throws -> LineRecorder {
      try recordedLines(of: Array(text.utf8), chunkSize: chunkSize, wordLimit: 8)
    }
    #expect(try read("12345678\r\n1234 678 1 2 3 4 5 6\n12345678").sentences.count == 3)
    for long in ["a\n123456789", "a\r\n1 123456789 1\n", "a\n12345678901234567890"] {
      #expect(
        throws: FileError(
          "text", at: .line(2),
          .malformed("has a word of more than 8 bytes; is it a text with words?"))
      ) { try read(long) }
    }
  }

  @Test("says what a file is that is no text, and advises iconv only where that helps")
  func binary() {
    func error(_ bytes: [UInt8]) -> String? {
      do {
        _ = try recordedLines(of: bytes, chunkSize: 64)
        return nil
      } catch {
        return "\(error)"
      }
    }
    let gzip: [UInt8] = [0x1F, 0x8B, 0x08, 0x00, 0xFF]
    #expect(error(gzip) == "text is a gzip file, not UTF-8 text; unpack it first.")
    let other: [UInt8] = [0x00, 0x01, 0xFF]
    #expect(error(other) == "text is a binary file, not UTF-8 text; check the path.")
    let latin1: [UInt8] = [0x61, 0xE9, 0x0A]
    #expect(error(latin1)?.contains("line 1 is not UTF-8; convert the file") == true)
  }
}

/// A small generator for tests (Steele, Lea and Flood, 2014), so that they need no seed of the
/// package's own streams.
struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
  mutating func below(_ n: Int) -> Int { Int(next() % UInt64(n)) }
}
