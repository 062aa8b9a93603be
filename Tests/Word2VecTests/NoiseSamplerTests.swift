import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Noise sampler")
struct NoiseSamplerTests {
  @Test("draws words by count^0.75, never <unk>", arguments: [1, 2, 50, 333])
  func distribution(words: Int) {
    let vocabulary = NoiseFixtures.vocabulary(words: words)
    var sampler = NoiseSampler(vocabulary: vocabulary)
    var random = PythonRandom(seed: 12)
    var counts = [Int](repeating: 0, count: words + 1)
    for _ in 0..<300_000 { counts[Int(sampler.draw(using: &random))] += 1 }
    NoiseFixtures.expectNoise(counts, of: vocabulary)
  }

  @Test("takes 10,000 numbers from the stream at a time")
  func blocks() {
    var sampler = NoiseSampler(vocabulary: NoiseFixtures.vocabulary(words: 5))
    var (random, twin) = (PythonRandom(seed: 3), PythonRandom(seed: 3))
    for draws in [1, 9_999, 1] {
      for _ in 0..<draws { _ = sampler.draw(using: &random) }
      if draws < 9_999 { for _ in 0..<10_000 { _ = twin.random() } }
      var (after, expected) = (random, twin)
      #expect(after.random() == expected.random(), "after \(draws) draws more")
    }
  }
}
