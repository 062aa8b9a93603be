/// The first half of reading: every token as the number of its word by first appearance.
struct TokenNumbering {
  /// The tokens, as the numbers of their words.
  private(set) var tokens: [Int32] = []
  /// Where the sentences begin among the tokens, and at the end the number of tokens.
  var sentenceOffsets = [0]
  private var words = WordTable()

  /// Makes room for `count` tokens in all.
  mutating func reserveCapacity(_ count: Int) { tokens.reserveCapacity(count) }

  /// Appends the next words of the text.
  mutating func append(_ next: [WordTable.Probe]) {
    words.insert(next, appendingNumbersTo: &tokens)
  }

  /// The count of the most frequent word, `<unk>` left out.
  var greatestCount: Int {
    var counts = self.counts
    if let unknown = words.number(of: Vocabulary.unknownToken) { counts[Int(unknown)] = 0 }
    return counts.max() ?? 0
  }

  /// How often each word occurs, by its number.
  private var counts: [Int] {
    var counts = [Int](repeating: 0, count: words.count)
    for token in tokens { counts[Int(token)] += 1 }
    return counts
  }

  /// The vocabulary of the words that occur `minimumFrequency` times or more, and the vocabulary's
  /// index of each word number.
  func vocabulary(minimumFrequency: Int) -> (vocabulary: Vocabulary, indices: [Int32]) {
    let counts = self.counts
    let unknown = words.number(of: Vocabulary.unknownToken).map(Int.init)
    let kept = counts.indices
      .filter { counts[$0] >= minimumFrequency && $0 != unknown }
      .sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    var indices = [Int32](repeating: Int32(Vocabulary.unknownIndex), count: words.count)
    for (index, number) in kept.enumerated() { indices[number] = Int32(index + 1) }
    let keptCounts = kept.map { counts[$0] }
    let vocabulary = Vocabulary(
      tokens: [Vocabulary.unknownToken] + kept.map { words[$0] },
      counts: [tokens.count - keptCounts.reduce(0, +)] + keptCounts)
    return (vocabulary, indices)
  }
}
