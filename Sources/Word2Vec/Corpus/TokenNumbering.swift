/// The first half of reading: every token as the number of its word by first appearance.
struct TokenNumbering: WordSink {
  private(set) var tokens: [Int32] = []
  private(set) var sentenceOffsets = [0]
  private var words = WordTable()
  /// Words to be looked up together, their bytes still in the reader's buffer.
  private var pending: [WordTable.Probe] = []
  private static let batch = 64
  /// Bytes of the whole text, as far as known.
  private let expectedBytes: Int
  private var hasReserved = false

  init(expectedBytes: Int) {
    self.expectedBytes = expectedBytes
    pending.reserveCapacity(Self.batch)
  }

  mutating func takeWord(_ bytes: UnsafeRawBufferPointer) {
    pending.append(words.probe(bytes))
    if pending.count == Self.batch { numberPending() }
  }

  mutating func takeLineEnd() {
    let end = tokens.count + pending.count
    if end > sentenceOffsets[sentenceOffsets.count - 1] { sentenceOffsets.append(end) }
  }

  mutating func takeChunkEnd(bytesRead: Int) {
    numberPending()
    if !hasReserved, 0 < bytesRead, bytesRead < expectedBytes {
      hasReserved = true
      // One allocation instead of many that double: 5% more than the first chunk suggests.
      let chunks = Double(expectedBytes) / Double(bytesRead)
      tokens.reserveCapacity(Int(1.05 * chunks * Double(tokens.count)))
    }
  }

  private mutating func numberPending() {
    for probe in pending { tokens.append(words.insert(probe)) }
    pending.removeAll(keepingCapacity: true)
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
