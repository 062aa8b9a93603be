import RandomStreams
import TestSupport
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
