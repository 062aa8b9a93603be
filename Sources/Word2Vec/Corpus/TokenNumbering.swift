/// The first half of reading: every token as the number of its word by first appearance.
struct TokenNumbering {
  /// Whether tokens and sentences are kept, or words only counted.
  private let keepsTokens: Bool
  /// The number of tokens so far.
  private(set) var tokenCount = 0
  /// How often a word may have occurred that was forgotten while counting; 0 if none was.
  private(set) var forgottenCount = 0
  /// The tokens, as the numbers of their words.
  private(set) var tokens: [Int32] = []
  /// Where the sentences begin among the tokens, and at the end the number of tokens.
  private(set) var sentenceOffsets = [0]
  /// The passages, where words are only counted.
  var passages: [Passage<TextPlace>] = []
  /// The words by number.
  var words = WordTable()

  /// Begins a numbering.
  ///
  /// - Parameter keepsTokens: Whether tokens and sentences are kept, or words only counted.
  init(keepsTokens: Bool = true) { self.keepsTokens = keepsTokens }

  /// Makes room for `count` tokens in all.
  mutating func reserveCapacity(_ count: Int) {
    if keepsTokens { tokens.reserveCapacity(count) }
  }

  /// Appends the numbers of the next words of the text.
  mutating func append(_ numbers: [Int32]) {
    if keepsTokens { tokens.append(contentsOf: numbers) }
    tokenCount += numbers.count
  }

  /// Ends a sentence before token `end`.
  mutating func endSentence(before end: Int) {
    if keepsTokens { sentenceOffsets.append(end) }
  }

  /// Forgets the rarest words of a table of those that were counted, down to two thirds of `limit`.
  ///
  /// One that occurs again later is counted from 0: its count is too low by `forgottenCount` at most.
  ///
  /// - Parameters:
  ///   - table: The words by number.
  ///   - limit: How many different words there may be.
  /// - Returns: The table of the others.
  /// - Source: word2vec.c's `ReduceVocab`, which raises its threshold by one at each call.
  mutating func forgetRarest(of table: WordTable, limit: Int) -> WordTable {
    let counts = table.counts
    let ascending = counts.sorted()
    forgottenCount = max(forgottenCount + 1, ascending[counts.count - max(1, 2 * limit / 3)])
    return table.keeping(counts.indices.filter { counts[$0] > forgottenCount })
  }

  /// The count of the most frequent word, `<unk>` left out.
  var greatestCount: Int {
    var counts = words.counts
    if let unknown = words.number(of: Vocabulary.unknownToken) { counts[Int(unknown)] = 0 }
    return counts.max() ?? 0
  }

  /// The vocabulary of the words that occur `minimumCount` times or more, of which the most frequent
  /// `maximumSize` are kept, and the vocabulary's index of each word number.
  func vocabulary(
    minimumCount: Int, maximumSize: Int = .max
  ) -> (vocabulary: Vocabulary, indices: [Int32]) {
    let unknown = words.number(of: Vocabulary.unknownToken).map(Int.init)
    let counts = words.counts
    let kept = counts.indices
      .filter { counts[$0] >= minimumCount && $0 != unknown }
      .sorted { (-counts[$0], $0) < (-counts[$1], $1) }
      .prefix(maximumSize)
    var indices = [Int32](repeating: Int32(Vocabulary.unknownIndex), count: words.count)
    for (index, number) in kept.enumerated() { indices[number] = Int32(index + 1) }
    let keptCounts = kept.map { counts[$0] }
    let vocabulary = Vocabulary(
      tokens: [Vocabulary.unknownToken] + kept.map { words[$0] },
      counts: [tokenCount - keptCounts.reduce(0, +)] + keptCounts)
    return (vocabulary, indices)
  }
}
