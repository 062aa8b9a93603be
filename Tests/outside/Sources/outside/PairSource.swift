import Word2Vec

/// Minibatches of (centre, context) pairs, each with noise words that the source draws itself.
struct PairSource: BatchSource {
  let pairs: [(center: Int32, context: Int32)]
  let epochs: Int
  let seed: UInt64
  private var batch = -1

  init(pairs: [(center: Int32, context: Int32)], epochs: Int, seed: UInt64) {
    (self.pairs, self.epochs, self.seed) = (pairs, epochs, seed)
  }

  static let vocabularySize = 40
  private static let size = 50
  private static let noiseWords = 4

  var batchesPerEpoch: Int { pairs.count / Self.size }

  mutating func advance() -> BatchOutline? {
    let all = epochs * batchesPerEpoch
    guard batch + 1 < all else { return nil }
    batch += 1
    return BatchOutline(count: Self.size, fraction: Double(batch) / Double(all))
  }

  func append(_ examples: Range<Int>, to batch: inout MiniBatch) {
    let first = self.batch % batchesPerEpoch * Self.size
    for example in examples {
      let pair = pairs[first + example]
      // A generator for each example, as pieces of a minibatch are made in any order.
      var noise = SplitMix(state: seed ^ UInt64(self.batch * Self.size + example) << 20)
      let words = (0..<Self.noiseWords).map { _ in
        Int32(noise.next() % UInt64(Self.vocabularySize))
      }
      batch.append(
        center: pair.center, contexts: CollectionOfOne(pair.context), noiseWords: words)
    }
  }
}

/// Pairs of words that stand next to each other on a circle of words.
func pairs(of vocabularySize: Int, seed: UInt64) -> [(center: Int32, context: Int32)] {
  var generator = SplitMix(state: seed)
  return (0..<1000).map { _ in
    let center = Int(generator.next() >> 32) % vocabularySize
    let step = Int(generator.next() >> 32) % 2 == 0 ? 1 : vocabularySize - 1
    return (Int32(center), Int32((center + step) % vocabularySize))
  }
}

/// A plain generator with a seed.
///
/// - Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word >> 31
  }
}
