/// The first half of reading: every token as the number of its word by first appearance.
struct TokenNumbering {
  /// The tokens, as the numbers of their words.
  private(set) var tokens: [Int32] = []
  /// The most words of a sentence: a longer line is cut into pieces.
  ///
  /// - Source: gensim's `MAX_WORDS_IN_BATCH`.
  static let sentenceLimit = 10_000
  /// Where the sentences begin among the tokens, and at the end the number of tokens.
  private(set) var sentenceOffsets = [0]
  /// The words by number.
  var words = WordTable()
  /// How often each word occurs, by its number.
  private var counts: [Int] = []

  /// Makes room for `count` tokens in all.
  mutating func reserveCapacity(_ count: Int) { tokens.reserveCapacity(count) }

  /// Appends the numbers of the next words of the text: a word that is new has the next number.
  mutating func append(_ numbers: [Int32]) {
    tokens.append(contentsOf: numbers)
    guard let last = numbers.max() else { return }
    counts.append(contentsOf: repeatElement(0, count: max(0, Int(last) + 1 - counts.count)))
    counts.withUnsafeMutableBufferPointer { counts in
      for number in numbers { counts[Int(number)] += 1 }
    }
  }

  /// Ends a sentence before token `end`, unless it has no token.
  mutating func endSentence(at end: Int) {
    var start = sentenceOffsets[sentenceOffsets.count - 1]
    while end > start {
      start = min(end, start + Self.sentenceLimit)
      sentenceOffsets.append(start)
    }
  }

  /// The count of the most frequent word, `<unk>` left out.
  var greatestCount: Int {
    var counts = self.counts
    if let unknown = words.number(of: Vocabulary.unknownToken) { counts[Int(unknown)] = 0 }
    return counts.max() ?? 0
  }

  /// The vocabulary of the words that occur `minimumCount` times or more, of which the most frequent
  /// `maximumSize` are kept, and the vocabulary's index of each word number.
  func vocabulary(
    minimumCount: Int, maximumSize: Int = .max
  ) -> (vocabulary: Vocabulary, indices: [Int32]) {
    let unknown = words.number(of: Vocabulary.unknownToken).map(Int.init)
    let kept = counts.indices
      .filter { counts[$0] >= minimumCount && $0 != unknown }
      .sorted { (-counts[$0], $0) < (-counts[$1], $1) }
      .prefix(maximumSize)
    var indices = [Int32](repeating: Int32(Vocabulary.unknownIndex), count: words.count)
    for (index, number) in kept.enumerated() { indices[number] = Int32(index + 1) }
    let keptCounts = kept.map { counts[$0] }
    let vocabulary = Vocabulary(
      tokens: [Vocabulary.unknownToken] + kept.map { words[$0] },
      counts: [tokens.count - keptCounts.reduce(0, +)] + keptCounts)
    return (vocabulary, indices)
  }
}
