import Foundation

extension WordVectors {
  /// Writes the vectors as word2vec text, the file that gensim and others read.
  ///
  /// The first line is "V d", then each line is a word and its d numbers, with spaces between. The
  /// numbers are the shortest decimals that give the same `Float` again. `<unk>` is a word like
  /// the others. The file is written beside its place and moved there when it is whole.
  ///
  /// - Throws: `WordVectorsError.unwritable`.
  /// - Precondition: No word is empty or has white space in it.
  /// - Complexity: O(V·d).
  public func save(to path: String) throws(WordVectorsError) {
    var file = try OutputFile(path: path)
    try file.write(Array("\(words.count) \(width)\n".utf8))
    let step = Self.rowsAtOnce * ProcessInfo.processInfo.activeProcessorCount
    for first in stride(from: 0, to: words.count, by: step) {
      for text in texts(ofRows: first..<min(first + step, words.count)) { try file.write(text) }
    }
    try file.finish()
  }

  /// How many rows one processor turns into text at a time.
  private static let rowsAtOnce = 512

  /// The lines of some rows, `rowsAtOnce` rows to a text, made on all processors.
  private func texts(ofRows rows: Range<Int>) -> [[UInt8]] {
    let count = (rows.count + Self.rowsAtOnce - 1) / Self.rowsAtOnce
    return Array(unsafeUninitializedCapacity: count) { texts, initialized in
      nonisolated(unsafe) let texts = texts  // each is set by one thread
      DispatchQueue.concurrentPerform(iterations: count) { i in
        let first = rows.lowerBound + i * Self.rowsAtOnce
        texts.initializeElement(
          at: i, to: text(ofRows: first..<min(first + Self.rowsAtOnce, rows.upperBound)))
      }
      initialized = count
    }
  }

  /// The lines of some rows.
  private func text(ofRows rows: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(rows.count * (16 + 12 * width))
    for row in rows {
      let word = words[row]
      precondition(
        !word.isEmpty && !word.utf8.contains { $0 == 0x20 || 0x09...0x0D ~= $0 },
        "the word \"\(word)\" does not fit into word2vec text")
      text.append(contentsOf: word.utf8)
      for value in vectors.values[row * width..<(row + 1) * width] {
        text.append(0x20)
        text.append(contentsOf: value.description.utf8)
      }
      text.append(0x0A)
    }
    return text
  }

  /// Reads word2vec text: a line "V d", then V lines of a word and d numbers.
  ///
  /// Lines may end in a space and in `\r\n`. Memory is taken for what the file holds, whatever its
  /// first line says.
  ///
  /// - Throws: `WordVectorsError` if there is no such file, or it is not whole and well-formed.
  /// - Complexity: O(bytes).
  public init(contentsOf path: String) throws(WordVectorsError) {
    let bytes = try Self.bytes(ofFile: path)
    var parser = Word2VecParser(path: path, bytes: bytes)
    let (words, values, width) = try parser.parse()
    self.init(words: words, vectors: Tensor(shape: [words.count, width], values: values))
  }

  private static func bytes(ofFile path: String) throws(WordVectorsError) -> [UInt8] {
    do throws(CorpusError) {
      let file = try InputFile(path: path)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(file.size + 1)
      var chunk = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        let count = try chunk.withUnsafeMutableBufferPointer { chunk throws(CorpusError) in
          try file.read(into: UnsafeMutableRawBufferPointer(chunk))
        }
        if count == 0 { return bytes }
        bytes.append(contentsOf: chunk[..<count])
      }
    } catch {
      switch error {
      case .noSuchFile: throw .noSuchFile(path: path)
      case .isDirectory: throw .isDirectory(path: path)
      case .unreadable(_, let reason): throw .unreadable(path: path, reason: reason)
      default: throw .unreadable(path: path, reason: "\(error)")
      }
    }
  }
}

/// Takes word2vec text apart, line by line.
private struct Word2VecParser {
  let path: String
  let bytes: [UInt8]
  /// The line at hand, the first being 1, and where the next one begins.
  var line = 0
  var position = 0
  /// Whether the line at hand ends in a line feed.
  var isTerminated = true

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes + [0]  // `strtof` must find an end
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func parse() throws(WordVectorsError) -> (words: [String], values: [Float], width: Int) {
    guard let header = nextLine(), let (rows, width) = sizes(in: header) else {
      throw .wrongHeader(path: path)
    }
    var words: [String] = []
    var values: [Float] = []
    var table = WordTable()
    // A value takes two bytes at least, so this is never more than the file can fill.
    let (count, overflow) = rows.multipliedReportingOverflow(by: width)
    values.reserveCapacity(overflow ? bytes.count / 2 : min(count, bytes.count / 2))
    while words.count < rows {
      guard let fields = nextLine() else {
        throw .cutShort(path: path, row: words.count + 1, rows: rows)
      }
      let word = try self.word(in: fields)
      let before = values.count
      try appendValues(of: word.text, in: word.rest, to: &values)
      let found = values.count - before
      if found != width {
        if found < width, !isTerminated {
          throw .cutShort(path: path, row: words.count + 1, rows: rows)
        }
        throw .wrongWidth(path: path, line: line, found: found, expected: width)
      }
      if Int(table.insert(word.text)) < words.count {
        throw .duplicateWord(path: path, line: line, word: word.text)
      }
      words.append(word.text)
    }
    while let rest = nextLine() {
      if !rest.isEmpty { throw .tooManyRows(path: path, line: line, rows: rows) }
    }
    return (words, values, width)
  }

  /// The range of the next line without its end, spaces there included; nil at the end of the file.
  private mutating func nextLine() -> Range<Int>? {
    let end = bytes.count - 1
    guard position < end else { return nil }
    let start = position
    let feed = bytes[start..<end].firstIndex(of: 0x0A)
    isTerminated = feed != nil
    position = feed.map { $0 + 1 } ?? end
    line += 1
    var last = feed ?? end
    while last > start, Self.isBlank(bytes[last - 1]) { last -= 1 }
    return start..<last
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  /// The two positive numbers of the first line, nil if it is anything else.
  private func sizes(in header: Range<Int>) -> (rows: Int, width: Int)? {
    let numbers = bytes[header].split(whereSeparator: Self.isBlank)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { return nil }
    return (numbers[0], numbers[1])
  }

  /// The word that begins a line, and the range of its numbers.
  private func word(in fields: Range<Int>) throws(WordVectorsError) -> (
    text: String, rest: Range<Int>
  ) {
    let end = bytes[fields].firstIndex(where: Self.isBlank) ?? fields.upperBound
    guard let text = String(validating: bytes[fields.lowerBound..<end], as: UTF8.self) else {
      throw .notUTF8(path: path, line: line)
    }
    return (text, end..<fields.upperBound)
  }

  /// Appends the numbers of a line (`strtof`).
  private func appendValues(
    of word: String, in fields: Range<Int>, to values: inout [Float]
  ) throws(WordVectorsError) {
    try bytes.withUnsafeBufferPointer { raw throws(WordVectorsError) in
      guard let base = UnsafeRawPointer(raw.baseAddress) else { return }
      var position = fields.lowerBound
      while true {
        while position < fields.upperBound, Self.isBlank(raw[position]) { position += 1 }
        if position == fields.upperBound { return }
        var end = position
        var isDecimal = true  // `strtof` would also take "nan", "inf" and "0x1p3"
        while end < fields.upperBound, !Self.isBlank(raw[end]) {
          isDecimal = isDecimal && Self.isDecimal(raw[end])
          end += 1
        }
        var stop: UnsafeMutablePointer<CChar>?
        let text = (base + position).assumingMemoryBound(to: CChar.self)
        let value = isDecimal ? strtof(text, &stop) : .nan
        guard value.isFinite, stop.map({ UnsafeRawPointer($0) }) == base + end else {
          guard let text = String(validating: raw[position..<end], as: UTF8.self) else {
            throw .notUTF8(path: path, line: line)
          }
          throw .notANumber(path: path, line: line, word: word, value: text)
        }
        values.append(value)
        position = end
      }
    }
  }

  private static func isDecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true  // digits + - . E e
    default: false
    }
  }
}
