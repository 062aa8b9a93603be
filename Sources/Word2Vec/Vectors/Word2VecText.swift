import Files
import Foundation

/// word2vec's text, the file that gensim and others read.
///
/// The first line is "V d", then each line is a word and its d numbers, with spaces between. The
/// numbers are the shortest decimals that give the same `Float` again.
enum Word2VecText: WordVectorsCoder {
  static func recognises(_ beginning: UnsafeRawBufferPointer) -> Bool {
    Word2VecHeader.isBinary(beginning: beginning) == false
  }

  // MARK: Writing

  static func write(_ vectors: WordVectors, to output: inout OutputFile) throws(FileError) {
    try output.write(Array("\(vectors.words.count) \(vectors.dimension)\n".utf8))
    let step = rowsAtOnce * ProcessInfo.processInfo.activeProcessorCount
    for first in stride(from: 0, to: vectors.words.count, by: step) {
      let rows = first..<min(first + step, vectors.words.count)
      for text in texts(of: vectors, rows: rows) { try output.write(text) }
    }
  }

  /// How many rows one processor turns into text at a time.
  private static let rowsAtOnce = 512

  /// The lines of some rows, `rowsAtOnce` rows to a text, made on all processors.
  private static func texts(of vectors: WordVectors, rows: Range<Int>) -> [[UInt8]] {
    let count = (rows.count + rowsAtOnce - 1) / rowsAtOnce
    return Array(unsafeUninitializedCapacity: count) { texts, initialized in
      nonisolated(unsafe) let texts = texts  // each is set by one thread
      DispatchQueue.concurrentPerform(iterations: count) { i in
        let first = rows.lowerBound + i * rowsAtOnce
        let part = first..<min(first + rowsAtOnce, rows.upperBound)
        texts.initializeElement(at: i, to: text(of: vectors, rows: part))
      }
      initialized = count
    }
  }

  /// The lines of some rows.
  private static func text(of vectors: WordVectors, rows: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(rows.count * (16 + 12 * vectors.dimension))
    for row in rows {
      text.append(contentsOf: vectors.words[row].utf8)
      for value in vectors[row] {
        text.append(0x20)
        text.append(contentsOf: value.description.utf8)
      }
      text.append(0x0A)
    }
    return text
  }

  // MARK: Reading

  /// The longest number, in bytes: `Float` needs no more than a few dozen, however they are written.
  private static let numberLimit = 128

  /// Reads word2vec text; lines may end in a space and in `\r\n`.
  static func read(_ input: inout BufferedInput) throws(FileError) -> WordVectors {
    let header = try Word2VecHeader(&input)
    let path = input.path
    var words: [String] = []
    var values: [Float] = []
    var table = WordTable()
    values.reserveCapacity(header.expectedValues(size: input.size, bytes: 2))
    let limit = Word2VecHeader.wordLimit + min(header.dimension, 1 << 20) * numberLimit
    while words.count < header.rows {
      guard let line = try input.nextLine(limit: limit) else {
        throw header.cutShort(path, row: words.count + 1)
      }
      let place = FileError.Place.line(input.line)
      let end = line.firstIndex(where: isBlank) ?? line.count
      guard let word = String(validating: line[..<end], as: UTF8.self) else {
        throw .notUTF8(path, line: input.line, beginning: [])
      }
      let before = values.count
      if let wrong = appendNumbers(of: line, from: end, to: &values) {
        guard let text = String(validating: line[wrong], as: UTF8.self) else {
          throw .notUTF8(path, line: input.line, beginning: [])
        }
        throw FileError(
          path, at: place,
          .malformed("has \"\(text)\" for the word \"\(word)\", which is not a finite number"))
      }
      let found = values.count - before
      guard found == header.dimension else {
        if found < header.dimension, !input.isLineTerminated {
          throw header.cutShort(path, row: words.count + 1)
        }
        throw FileError(
          path, at: place,
          .malformed(
            "has \(found) values where the header says \(header.dimension); make the file again"))
      }
      guard Int(table.insert(word)) == words.count else {
        throw FileError(
          path, at: place, .malformed("has the word \"\(word)\" again; keep one of its two rows"))
      }
      words.append(word)
    }
    while let rest = try input.nextLine(limit: limit) {
      guard rest.allSatisfy(isBlank) else {
        throw FileError(
          path, at: .line(input.line),
          .malformed("comes after all \(header.rows) rows of the header; correct the header"))
      }
    }
    return WordVectors(
      table, words: words, vectors: Tensor(shape: [words.count, header.dimension], values: values))
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
}
