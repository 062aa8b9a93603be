import Files
import Foundation

/// Vectors as lines of text, which several formats are: numbers with blanks between them, in most
/// behind a word.
///
/// The numbers are written as the shortest decimals that give the same `Float` again. Lines are
/// written and read by all processors, a part each.
enum VectorLines {
  // MARK: Writing

  /// What stands on a line.
  struct Form {
    /// Whether the word stands before the numbers.
    var hasWord = true
    /// What separates fields.
    var separator: UInt8 = 0x20
  }

  /// Writes a line for each word.
  static func write(
    _ vectors: WordVectors, _ form: Form, to output: inout PackedOutput
  ) throws(FileError) {
    let step = rowsAtOnce * availableProcessorCount
    for first in stride(from: 0, to: vectors.words.count, by: step) {
      let rows = first..<min(first + step, vectors.words.count)
      let count = (rows.count + rowsAtOnce - 1) / rowsAtOnce
      let texts = parallelMap(count) { i in
        let start = rows.lowerBound + i * rowsAtOnce
        return text(of: vectors, form, rows: start..<min(start + rowsAtOnce, rows.upperBound))
      }
      for text in texts { try output.write(text) }
    }
  }

  /// How many rows one processor turns into text at a time.
  private static let rowsAtOnce = 512

  /// The lines of some rows.
  private static func text(of vectors: WordVectors, _ form: Form, rows: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(rows.count * (16 + 12 * vectors.dimension))
    for row in rows {
      if form.hasWord {
        text.append(contentsOf: vectors.words[row].utf8)
        text.append(form.separator)
      }
      for value in vectors[row] {
        text.append(contentsOf: value.description.utf8)
        text.append(form.separator)
      }
      text[text.count - 1] = 0x0A
    }
    return text
  }

  // MARK: Reading

  /// The longest word, in bytes.
  static let wordLimit = 1 << 16
  /// The longest number, in bytes: `Float` needs no more than a few dozen, however they are written.
  private static let numberLimit = 128
  /// How many bytes one processor turns into numbers at a time.
  private static let bytesAtOnce = 1 << 20

  /// A line, taken apart.
  private enum Line {
    /// A row, whose numbers are behind those of the rows before.
    case row(String)
    case blank
    case notUTF8
    case notNumber(String, word: String)
    case count(Int)
  }

  /// The lines of some bytes.
  private struct Part {
    var lines: [Line] = []
    var values: [Float] = []
    var isTerminated = true
  }

  /// Reads the rest of a file, of which `input.line` lines have been read.
  ///
  /// Fields are separated by any blanks; lines may end in blanks and in `\r\n`.
  ///
  /// - Parameters:
  ///   - input: The file.
  ///   - words: The words where they do not stand on the lines, shape (V).
  ///   - declared: How many rows the file says it has.
  ///   - dimension: d.
  ///   - says: Where d is from, for the error of a line that has another.
  ///   - reading: How it is read.
  /// - Returns: The vectors.
  /// - Throws: `FileError` with the line that is not as it should be.
  static func read(
    _ input: inout BufferedInput, words: [String]? = nil, declared: Int?, dimension: Int,
    says: String, _ reading: VectorsReading
  ) throws(FileError) -> WordVectors {
    let path = input.path
    var rows = RowCollector(
      path, declared: declared, dimension: dimension,
      room: input.size / 2, reading)
    let limit = wordLimit + min(dimension, 1 << 20) * numberLimit
    let processors = availableProcessorCount
    var (line, isCut) = (input.line, false)
    var blank: FileError.Place?  // blank lines are harmless at the end only
    while true {
      guard let bytes = try input.takeLines(bytesAtOnce * processors, limit: limit) else {
        throw FileError(path, at: .line(line + 1), .tooLong(limit: limit))
      }
      if bytes.isEmpty { break }
      let pieces = cut(bytes, into: processors)
      let parts = parallelMap(pieces.count) { i in
        part(pieces[i], hasWord: words == nil, dimension: dimension)
      }
      for part in parts {
        var next = 0
        for (i, text) in part.lines.enumerated() {
          line += 1
          let place = FileError.Place.line(line)
          if case .blank = text {
            blank = blank ?? place
            continue
          }
          if let place = blank {
            try rows.checkExtra(at: place)
            try rows.leaveOut(wrongCount(path, place, found: 0, dimension, says))
            blank = nil
          }
          switch text {
          case .blank: break
          case .row(var word):
            if let words {
              guard rows.seen < words.count else {
                throw FileError(
                  path, at: place, .malformed("comes after the \(words.count) words of the list"))
              }
              word = words[rows.seen]
            }
            try rows.append(word, at: place, part.values[next..<next + dimension])
            next += dimension
          case .notUTF8: try rows.leaveOut(.notUTF8(path, line: line, beginning: []))
          case .notNumber(let text, let word):
            try rows.leaveOut(
              FileError(
                path, at: place,
                .malformed("has \"\(text)\" for the word \"\(word)\", which is not a finite number")
              ))
          case .count(let found):
            if found < dimension, !part.isTerminated, i == part.lines.count - 1 {
              isCut = true
              continue
            }
            try rows.checkExtra(at: place)
            try rows.leaveOut(wrongCount(path, place, found: found, dimension, says))
          }
        }
      }
    }
    return try rows.vectors(isCut: isCut)
  }

  private static func wrongCount(
    _ path: String, _ place: FileError.Place, found: Int, _ dimension: Int, _ says: String
  ) -> FileError {
    FileError(
      path, at: place,
      .malformed("has \(found) values where \(says) \(dimension); make the file again"))
  }

  /// Cuts lines into parts of about the same size.
  private static func cut(
    _ bytes: UnsafeRawBufferPointer, into count: Int
  ) -> [UnsafeRawBufferPointer] {
    var (pieces, start) = ([UnsafeRawBufferPointer](), 0)
    while start < bytes.count {
      let least = min(bytes.count, start + max(1, bytes.count / count))
      let end = bytes[(least - 1)...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      pieces.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      start = end
    }
    return pieces
  }

  private static func part(
    _ bytes: UnsafeRawBufferPointer, hasWord: Bool, dimension: Int
  ) -> Part {
    var part = Part()
    part.values.reserveCapacity(bytes.count / 8)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A)
      part.isTerminated = end != nil
      let line = UnsafeRawBufferPointer(rebasing: bytes[start..<(end ?? bytes.count)])
      part.lines.append(
        take(line, hasWord: hasWord, dimension: dimension, into: &part.values))
      start = (end ?? bytes.count) + 1
    }
    return part
  }

  /// Takes a line apart; its numbers are appended to `values` if it is a row.
  private static func take(
    _ line: UnsafeRawBufferPointer, hasWord: Bool, dimension: Int, into values: inout [Float]
  ) -> Line {
    guard !line.allSatisfy(isBlank) else { return .blank }
    let end = hasWord ? line.firstIndex(where: isBlank) ?? line.count : 0
    guard let word = String(validating: line[..<end], as: UTF8.self) else { return .notUTF8 }
    let before = values.count
    if let wrong = appendNumbers(of: line, from: end, to: &values) {
      values.removeLast(values.count - before)
      guard let text = String(validating: line[wrong], as: UTF8.self) else { return .notUTF8 }
      return .notNumber(text, word: word)
    }
    let found = values.count - before
    guard found == dimension else {
      values.removeLast(found)
      return .count(found)
    }
    return .row(word)
  }

  /// Appends the numbers of a line; returns where a field is that is no finite decimal number.
  private static func appendNumbers(
    of line: UnsafeRawBufferPointer, from start: Int, to values: inout [Float]
  ) -> Range<Int>? {
    var i = start
    while true {
      while i < line.count, isBlank(line[i]) { i += 1 }
      if i == line.count { return nil }
      let first = i
      while i < line.count, !isBlank(line[i]) { i += 1 }
      let field = UnsafeRawBufferPointer(rebasing: line[first..<i])
      guard let value = Float(decimal: field) else { return first..<i }
      values.append(value)
    }
  }

  /// The fields of a file's first line, as far as it is at hand; nil where it is not all there or not
  /// UTF-8.
  static func firstFields(_ beginning: UnsafeRawBufferPointer) -> [Substring]? {
    let start = beginning.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let line = beginning[start...].prefix { $0 != 0x0A }
    guard line.endIndex < beginning.count || beginning.count < 1 << 16 else { return nil }
    return String(validating: line, as: UTF8.self)?.split { $0 == " " || $0 == "\t" || $0 == "\r" }
  }
}

/// Whether a byte separates the fields of a line.
@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
