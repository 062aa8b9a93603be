import CSIMD
import Files
import Foundation

/// What takes the words of a text as they are read.
protocol WordSink {
  /// Takes a word: its bytes, which are valid UTF-8 and stay in place until the next chunk ends.
  ///
  /// `WordTable.padding` bytes after the word can be read too, whatever they hold.
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer, at place: TextPlace)

  /// Takes the end of a line, empty lines included; the next one begins at `place`.
  mutating func takeLineEnd(at place: TextPlace)

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
  /// The number of the text, for the places.
  var file = 0
  /// Bytes read at a time; the result does not depend on it.
  var chunkSize = 1 << 17
  /// How many bytes of the text come before those that the source gives.
  var start = 0
  /// The longest word, in bytes.
  var wordLimit = 1 << 20

  /// Fills a buffer with the next bytes of a text; returns how many, 0 at the end.
  typealias Source = (UnsafeMutableRawBufferPointer) throws(FileError) -> Int

  /// The reader of what comes `start` bytes behind the beginning of the text.
  func from(_ start: Int) -> TextReader {
    var reader = self
    reader.start = start
    return reader
  }

  /// Reads the whole text, giving each word and each line end to `sink` in their order.
  ///
  /// - Throws: `FileError` where a line is not UTF-8 or a word too long, and what `source` throws.
  /// - Complexity: O(bytes).
  func read(from source: Source, into sink: inout some WordSink) throws(FileError) {
    require(chunkSize > 0, "a chunk of \(chunkSize) bytes")
    // A carried word may end in part of a character.
    let capacity = chunkSize + wordLimit + 4 + TextScanner.padding
    var buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    var other = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    defer {
      sink.takeEnd()
      buffer.deallocate()
      other.deallocate()
    }

    var scanner = TextScanner(name: name, file: file, wordLimit: wordLimit, base: start)
    var carried = 0  // bytes of a word that the chunk before has begun
    while true {
      let free = UnsafeMutableRawBufferPointer(start: buffer + carried, count: chunkSize)
      var count = try source(free)
      if scanner.beginning.isEmpty {
        // A pipe may give a few bytes at first, which do not tell what it is.
        let wanted = min(chunkSize, ContentKind.bytesLookedAt)
        while 1..<wanted ~= count {
          let more = try source(UnsafeMutableRawBufferPointer(rebasing: free[count...]))
          if more == 0 { break }
          count += more
        }
        scanner.beginning = Array(
          UnsafeBufferPointer(start: buffer, count: min(count, ContentKind.bytesLookedAt)))
        if start == 0, ContentKind.wideEncoding(scanner.beginning) != nil {
          throw .notUTF8(name, line: 1, beginning: scanner.beginning)
        }
      }
      let end = carried + count
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
  let file: Int
  let wordLimit: Int
  /// Offset in the text of the buffer's first byte.
  var base: Int
  /// The first bytes of the text, which may tell what it is.
  var beginning: [UInt8] = []
  var line = 1
  /// Offset behind the last `\r`: a `\n` there belongs to it.
  var afterCarriageReturn = -1

  /// Bytes behind those to be split that must be readable.
  static let padding = 64

  /// Splits the next bytes of the text.
  ///
  /// A bit for each of 64 bytes says which are not plain: spaces, controls, parts of characters beyond
  /// ASCII. Only these are looked at.
  ///
  /// - Parameters:
  ///   - bytes: The bytes, with `padding` readable bytes behind them.
  ///   - count: How many there are.
  ///   - isLast: Whether the text ends here.
  ///   - sink: What takes the words and the ends of lines.
  /// - Returns: How many bytes are done with: all of them, or those before a word that may go on in
  ///   the next chunk.
  /// - Throws: `FileError` where a line is not UTF-8 or a word too long.
  mutating func scan(
    _ bytes: UnsafePointer<UInt8>, count: Int, isLast: Bool, into sink: inout some WordSink
  ) throws(FileError) -> Int {
    let limit = wordLimit
    var wordStart = 0
    var next = 0  // behind the last character that was decoded
    scan: for block in stride(from: 0, to: count, by: 64) {
      var stops = simd_not_plain(bytes + block)
      if count - block < 64 { stops &= 1 << UInt64(count - block) - 1 }
      while stops != 0 {
        let i = block &+ stops.trailingZeroBitCount
        stops &= stops &- 1
        let byte = bytes[i]
        var length = 1
        if byte != 0x20, byte != 0x0A {
          guard i >= next else { continue }
          guard let space = try space(at: i, bytes, wordStart, count, isLast) else { break scan }
          length = space.length
          next = i + length
          guard space.isSpace else { continue }
        }
        if i > wordStart {
          if i &- wordStart > limit { throw wordTooLong }
          take(bytes, wordStart, i, into: &sink)
        }
        wordStart = i &+ length
        if byte == 0x0A || byte == 0x0D { endLine(at: i, with: byte, into: &sink) }
      }
    }
    if isLast {
      try checkWord(count - wordStart)
      if count > wordStart { take(bytes, wordStart, count, into: &sink) }
      sink.takeLineEnd(at: place(count, count))
    }
    base += wordStart
    return wordStart
  }

  @inline(__always)
  private func take(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, into sink: inout some WordSink
  ) {
    sink.takeWord(
      UnsafeRawBufferPointer(start: bytes + start, count: end &- start), at: place(start, end))
  }

  @inline(__always)
  private func place(_ start: Int, _ end: Int) -> TextPlace {
    TextPlace(file: file, bytes: Range(uncheckedBounds: (base &+ start, base &+ end)))
  }

  /// Decodes the character at `i`, which is not plain.
  ///
  /// - Returns: Its length, and whether words end at it; nil where it goes on in the next chunk.
  /// - Throws: `FileError` where it is not UTF-8.
  private func space(
    at i: Int, _ bytes: UnsafePointer<UInt8>, _ wordStart: Int, _ count: Int, _ isLast: Bool
  ) throws(FileError) -> (length: Int, isSpace: Bool)? {
    let decoded = UTF8Scalar(decoding: bytes + i, available: count - i)
    if decoded == .truncated && !isLast { return nil }
    guard case .scalar(let scalar, let length) = decoded else {
      try checkWord(i - wordStart)
      let near = UnsafeBufferPointer(start: bytes, count: count)[max(0, i - 64)...].prefix(128)
      throw .notUTF8(name, line: line, beginning: beginning, near: Array(near))
    }
    let isByteOrderMark = scalar == 0xFEFF && base + i == 0
    return (length, UTF8Scalar.isSpace(scalar) || isByteOrderMark)
  }

  /// Ends the line at the `byte` (`\n` or `\r`) at buffer position `i`.
  private mutating func endLine(at i: Int, with byte: UInt8, into sink: inout some WordSink) {
    let isSecondHalf = byte == 0x0A && base + i == afterCarriageReturn
    if !isSecondHalf {
      sink.takeLineEnd(at: place(i + 1, i + 1))
      line += 1
    }
    if byte == 0x0D { afterCarriageReturn = base + i + 1 }
  }

  /// Throws if a word of `count` bytes, as far as it goes, is longer than allowed.
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
