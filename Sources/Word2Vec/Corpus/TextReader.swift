import Files
import Foundation

/// What takes the words of a text as they are read.
protocol WordSink {
  /// Takes a word: its bytes, which are valid UTF-8 and stay in place until the next chunk ends.
  ///
  /// `WordTable.padding` bytes after the word can be read too, whatever they hold.
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer)

  /// Takes the end of a line, empty lines included.
  mutating func takeLineEnd()

  /// Takes the end of a chunk, `bytesRead` bytes into the text: the bytes of the words of the chunk
  /// before go now.
  mutating func takeChunkEnd(bytesRead: Int)

  /// Takes the end of the reading, where the text ends or where an error is: all words' bytes go now.
  mutating func takeEnd()
}

/// Reads a text a chunk at a time and splits it into words and lines, on bytes.
///
/// Words are split as Python's `str.split()` does it, at ASCII and Unicode white space; lines end
/// at `\n`, `\r\n` or `\r`, as in a file that Python opens as text. A byte order mark at the start
/// is skipped. All bytes are checked to be UTF-8.
///
/// The text is never held: there are two buffers, which take turns, each with room for a chunk and a
/// word.
struct TextReader {
  /// The path or name of the text, for the errors.
  let name: String
  /// Bytes read at a time; the result does not depend on it.
  var chunkSize = 1 << 17
  /// How many bytes of the text come before those that the source gives.
  var start = 0
  /// The longest word, in bytes.
  var wordLimit = 1 << 20

  /// Fills a buffer with the next bytes of a text; returns how many, 0 at the end.
  typealias Source = (UnsafeMutableRawBufferPointer) throws(FileError) -> Int

  /// Reads the whole text, giving each word and each line end to `sink` in their order.
  ///
  /// - Throws: `FileError` where a line is not UTF-8 or a word too long, and what `source` throws.
  /// - Complexity: O(bytes).
  func read(from source: Source, into sink: inout some WordSink) throws(FileError) {
    require(chunkSize > 0, "a chunk of \(chunkSize) bytes")
    // A carried word may end in part of a character.
    let capacity = chunkSize + wordLimit + 4 + WordTable.padding
    var buffer = UnsafeMutablePointer<UInt8>.allocateZeroed(capacity)
    var other = UnsafeMutablePointer<UInt8>.allocateZeroed(capacity)
    defer {
      sink.takeEnd()
      free(buffer)
      free(other)
    }

    var scanner = TextScanner(name: name, wordLimit: wordLimit)
    scanner.base = start
    var carried = 0  // bytes of a word that the chunk before has begun
    while true {
      let free = UnsafeMutableRawBufferPointer(start: buffer + carried, count: chunkSize)
      let count = try source(free)
      let end = carried + count
      if scanner.beginning.isEmpty {
        scanner.beginning = Array(
          UnsafeBufferPointer(start: buffer, count: min(count, ContentKind.bytesLookedAt)))
      }
      buffer[end] = 0x0A  // so that the loop over a word's bytes stops
      let used = try scanner.scan(buffer, count: end, isLast: count == 0, into: &sink)
      sink.takeChunkEnd(bytesRead: scanner.base)
      if count == 0 { return }
      carried = end - used
      try scanner.checkWord(carried)
      other.update(from: buffer + used, count: carried)
      swap(&buffer, &other)
    }
  }
}

/// Where the reader stands in the text, and the loop that splits it.
private struct TextScanner {
  let name: String
  let wordLimit: Int
  /// The first bytes of the text, which may tell what it is.
  var beginning: [UInt8] = []
  var line = 1
  /// Offset in the text of the buffer's first byte.
  var base = 0
  /// Offset behind the last `\r`: a `\n` there belongs to it.
  var afterCarriageReturn = -1

  init(name: String, wordLimit: Int) {
    self.name = name
    self.wordLimit = wordLimit
  }

  /// Splits the next bytes of the text.
  ///
  /// - Parameters:
  ///   - bytes: The bytes; `bytes[count]` is a line feed.
  ///   - count: How many there are.
  ///   - isLast: Whether the text ends here.
  ///   - sink: What takes the words and the ends of lines.
  /// - Returns: How many bytes are done with: all of them, or those before a word that may go on in
  ///   the next chunk.
  /// - Throws: `FileError` where a line is not UTF-8 or a word too long.
  mutating func scan(
    _ bytes: UnsafePointer<UInt8>, count: Int, isLast: Bool, into sink: inout some WordSink
  ) throws(FileError) -> Int {
    var wordStart = 0
    var i = 0
    while true {
      i += Self.plainBytes(at: bytes + i)
      if i >= count { break }

      var length = 1
      let byte = bytes[i]
      if byte == 0x20 {
        // The most frequent end of a word.
      } else if byte < 0x80 {
        guard UTF8Scalar.isSpace(UInt32(byte)) else {
          i += 1  // a control character is part of a word
          continue
        }
      } else {
        let decoded = UTF8Scalar(decoding: bytes + i, available: count - i)
        if decoded == .truncated && !isLast { break }
        guard case .scalar(let scalar, let bytesOfScalar) = decoded else {
          try checkWord(i - wordStart)
          throw .notUTF8(name, line: line, beginning: beginning)
        }
        let isByteOrderMark = scalar == 0xFEFF && base + i == 0
        guard UTF8Scalar.isSpace(scalar) || isByteOrderMark else {
          i += bytesOfScalar
          continue
        }
        length = bytesOfScalar
      }
      if i > wordStart {
        try checkWord(i - wordStart)
        sink.takeWord(UnsafeRawBufferPointer(start: bytes + wordStart, count: i - wordStart))
      }
      if byte == 0x0A || byte == 0x0D { endLine(at: i, with: byte, into: &sink) }
      i += length
      wordStart = i
    }
    if isLast {
      try checkWord(count - wordStart)
      if count > wordStart {
        sink.takeWord(UnsafeRawBufferPointer(start: bytes + wordStart, count: count - wordStart))
      }
      sink.takeLineEnd()
    }
    base += wordStart
    return wordStart
  }

  /// How many bytes from `start` on are printable ASCII, which needs no second look.
  ///
  /// Eight at a time: the top bit of a byte of `stops` is set where the byte is below 0x21, so that
  /// adding 0x5F does not reach the top bit, or above 0x7F.
  @inline(__always)
  private static func plainBytes(at start: UnsafePointer<UInt8>) -> Int {
    var count = 0
    while true {
      let eight = UInt64(
        littleEndian: UnsafeRawPointer(start + count).loadUnaligned(as: UInt64.self))
      let atLeast0x21 = (eight & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x5F5F_5F5F_5F5F_5F5F
      let stops = (~atLeast0x21 | eight) & 0x8080_8080_8080_8080
      if stops != 0 { return count &+ stops.trailingZeroBitCount / 8 }
      count &+= 8
    }
  }

  /// Ends the line at the `byte` (`\n` or `\r`) at buffer position `i`.
  private mutating func endLine(at i: Int, with byte: UInt8, into sink: inout some WordSink) {
    let isSecondHalf = byte == 0x0A && base + i == afterCarriageReturn
    if !isSecondHalf {
      sink.takeLineEnd()
      line += 1
    }
    if byte == 0x0D { afterCarriageReturn = base + i + 1 }
  }

  /// Throws if a word of `count` bytes, as far as it goes, is longer than allowed.
  @inline(__always)
  func checkWord(_ count: Int) throws(FileError) {
    if count > wordLimit { throw wordTooLong }
  }

  private var wordTooLong: FileError {
    if let kind = ContentKind(beginning: beginning) {
      return FileError(name, .malformed(kind.remark(wanted: "UTF-8 text")))
    }
    return FileError(
      name, at: .line(line),
      .malformed("has a word of more than \(wordLimit) bytes; is it a text with words?"))
  }
}
