import Files

/// The words that a model knows, by falling count, with `<unk>` for all others at index 0.
///
/// V is the number of words, `<unk>` included. A word is as frequent as the minimum or more; the
/// most frequent comes first, ties by first appearance. Two words are the same when their UTF-8
/// bytes are.
///
/// - Source: "Dive into Deep Learning" 0.17.5, section 8.2, `d2l.Vocab`, for the order and the cut.
public struct Vocabulary: Sendable, Equatable {
  /// The words by index, shape (V); `tokens[0]` is `<unk>`.
  public let tokens: [String]
  /// How often each word occurs, shape (V); `counts[0]` counts all tokens that map to `<unk>`.
  public let counts: [Int]
  /// The words again, for looking them up; numbers are indices.
  let table: WordTable

  /// The index of `<unk>`, which stands for every word that is not in the vocabulary.
  public static let unknownIndex = 0
  /// The spelling of the unknown word, in the vocabulary and in texts that are already cut.
  static let unknownToken = "<unk>"

  /// Makes a vocabulary of given words.
  ///
  /// - Parameters:
  ///   - tokens: Different words, shape (V), `<unk>` first.
  ///   - counts: How often each occurs, shape (V).
  ///   - file: The caller's file, for words that are no vocabulary.
  ///   - line: The caller's line.
  public init(
    tokens: [String], counts: [Int], file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      tokens.first == Self.unknownToken,
      "a vocabulary begins with \(Self.unknownToken), not with \(tokens.first ?? "nothing")",
      file: file, line: line)
    require(
      tokens.count == counts.count,
      "a vocabulary of \(tokens.count) words and \(counts.count) counts",
      file: file, line: line)
    require(
      counts.allSatisfy { $0 >= 0 }, "a word occurs \(counts.min() ?? 0) times", file: file,
      line: line)
    var table = WordTable()
    for token in tokens { _ = table.insert(token) }
    require(
      table.count == tokens.count,
      "\(tokens.count - table.count) words stand twice in a vocabulary", file: file, line: line)
    self.tokens = tokens
    self.counts = counts
    self.table = table
  }

  /// The number of words, `<unk>` included.
  public var count: Int { tokens.count }

  /// The index of a word, `unknownIndex` if it is not in the vocabulary, in O(length).
  public subscript(token: String) -> Int { index(of: token) ?? Self.unknownIndex }

  /// The index of a word, nil if it is not in the vocabulary, in O(length).
  public func index(of token: String) -> Int? { table.number(of: token).map(Int.init) }

  /// Whether the text has words that were left out for being rare; a lower minimum would keep them.
  package var lacksWords: Bool { counts[0] > 0 && counts.dropFirst().min() ?? 0 > 1 }

  /// Whether both have the same words, byte for byte, with the same counts.
  public static func == (a: Vocabulary, b: Vocabulary) -> Bool {
    a.counts == b.counts && a.table == b.table
  }
}
