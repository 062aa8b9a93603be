import Files

/// The first line of word2vec's files, "V d".
struct Word2VecHeader {
  /// V, the number of words.
  let rows: Int
  /// d, the dimension of a vector.
  let dimension: Int

  /// Takes the first line apart; nil if it is anything else than two positive whole numbers.
  init?(_ line: UnsafeRawBufferPointer) {
    let numbers = line.split(whereSeparator: isBlank)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0, !line.contains(0x09) else {
      return nil  // two numbers with a tab between them are a vector
    }
    (rows, dimension) = (numbers[0], numbers[1])
  }

  /// Whether a file that begins so has its numbers in binary; nil where the first line is not "V d".
  ///
  /// Where the first row of text has its numbers, a binary one has 4d bytes: of these, text has
  /// nothing but printable ASCII to the end of the line, and no control characters behind it.
  static func isBinary(beginning: UnsafeRawBufferPointer) -> Bool? {
    let start = beginning.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let end = beginning[start...].prefix(256).firstIndex(of: 0x0A),
      let header = Word2VecHeader(UnsafeRawBufferPointer(rebasing: beginning[start..<end]))
    else { return nil }
    let rows = beginning[(end + 1)...].drop { $0 == 0x0A }
    guard let word = rows.firstIndex(where: { $0 == 0x20 || $0 == 0x0A }), rows[word] == 0x20
    else { return false }
    let numbers = rows[(word + 1)...].prefix(4 * min(header.dimension, 1 << 12))
    let line = numbers.prefix { $0 != 0x0A }
    return !line.allSatisfy { 0x20...0x7E ~= $0 || isBlank($0) }
      || numbers.dropFirst(line.count).contains { $0 < 0x20 && $0 != 0x0A && !isBlank($0) }
  }

  /// Reads the first line; a byte order mark before it is skipped.
  init(_ input: inout BufferedInput) throws(FileError) {
    if try input.peek(3).elementsEqual([0xEF, 0xBB, 0xBF]) { _ = try input.take(3) }
    guard try input.peek(256).contains(where: { $0 == 0x0A }),
      let line = try input.nextLine(limit: 256), let header = Word2VecHeader(line)
    else { throw Self.fault(input.path) }
    self = header
  }

  /// The error for a first line that is anything else.
  static func fault(_ path: String) -> FileError {
    FileError(
      path, at: .line(1),
      .malformed(
        "is neither the number of words and their dimension nor a word and its numbers; give "
          + "word vectors: word2vec text or binary, GloVe text, .npy or .tsv"))
  }
}
