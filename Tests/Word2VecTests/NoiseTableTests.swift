import Foundation
import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Noise table")
struct NoiseTableTests {
  @Test("draws words by count^0.75, never <unk>", arguments: [1, 2, 3, 50, 333])
  func distribution(words: Int) {
    let vocabulary = NoiseFixtures.vocabulary(words: words)
    let table = NoiseTable(vocabulary: vocabulary)
    var random = Philox(key: 11)
    var counts = [Int](repeating: 0, count: words + 1)
    for _ in 0..<300_000 { counts[Int(table.word(for: random.next()))] += 1 }
    NoiseFixtures.expectNoise(counts, of: vocabulary)
  }

  @Test("gives each word the share of all bits that its weight asks for")
  func exactShares() {
    let vocabulary = NoiseFixtures.vocabulary(words: 7)
    let table = NoiseTable(vocabulary: vocabulary)
    // Each place 4,096 times, at evenly spaced chances.
    var counts = [Int](repeating: 0, count: 8)
    for place in 0..<7 as Range<UInt64> {
      let high = (place << 32) / 7 + 1
      for chance in 0..<4096 as Range<UInt64> {
        counts[Int(table.word(for: high << 32 | (chance << 20 + 0x80000)))] += 1
      }
    }
    let shares = NoiseFixtures.shares(of: vocabulary)
    for word in 1..<8 {
      #expect(abs(Double(counts[word]) / (7 * 4096) - shares[word]) < 7 / Double(7 * 4096))
    }
  }
}

enum NoiseFixtures {
  /// Words of frequencies 1000, 500, 333, …, and many unknown ones.
  static func vocabulary(words: Int) -> Vocabulary {
    Vocabulary(
      tokens: ["<unk>"] + (1...words).map { "w\($0)" },
      counts: [1_000_000] + (1...words).map { max(1, 1000 / $0) })
  }

  /// The probability of each word as noise.
  static func shares(of vocabulary: Vocabulary) -> [Double] {
    let weights = [0] + vocabulary.counts.dropFirst().map { pow(Double($0), 0.75) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// Expects χ² within five deviations of its mean.
  static func expectNoise(
    _ counts: [Int], of vocabulary: Vocabulary, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(counts[0] == 0, "<unk> is no noise word", sourceLocation: sourceLocation)
    let draws = Double(counts.reduce(0, +))
    let chiSquare = zip(counts, shares(of: vocabulary)).dropFirst().reduce(0) { sum, pair in
      let expected = draws * pair.1
      return sum + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
    }
    let freedom = Double(vocabulary.count - 2)
    let deviation = (chiSquare - freedom) / max(1, (2 * freedom).squareRoot())
    #expect(abs(deviation) < 5, "χ² is \(chiSquare)", sourceLocation: sourceLocation)
  }
}
