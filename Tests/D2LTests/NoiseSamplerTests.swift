import RandomStreams
import TestSupport
import Testing

@testable import D2L
@testable import Word2Vec

@Suite("Noise sampler")
struct NoiseSamplerTests {
  @Test("draws words by count^0.75, never <unk>", arguments: [1, 2, 50, 333])
  func distribution(words: Int) {
    let vocabulary = NoiseFixtures.vocabulary(words: words)
    let sampler = NoiseSampler(vocabulary: vocabulary, from: PythonRandom(seed: 12))
    var counts = [Int](repeating: 0, count: words + 1)
    for _ in 0..<300_000 { counts[Int(sampler.draw())] += 1 }
    NoiseFixtures.expectNoise(counts, of: vocabulary)
  }

  @Test("gives the words of one stream, one after the other, however far ahead it draws")
  func sequence() {
    let vocabulary = NoiseFixtures.vocabulary(words: 50)
    let choice = WeightedChoice(weights: vocabulary.noiseWeights)
    let sampler = NoiseSampler(vocabulary: vocabulary, from: PythonRandom(seed: 3))
    var parallel = PythonRandom(seed: 3)
    let apart = (0..<130_000).first { _ in
      sampler.draw() != Int32(choice.draw(using: &parallel)) + 1
    }
    #expect(apart == nil)
  }

  @Test("takes 10,000 numbers from the stream at a time")
  func blocks() {
    let random = PythonRandom(seed: 3)
    let sampler = NoiseSampler(vocabulary: NoiseFixtures.vocabulary(words: 5), from: random)
    var (parallel, blocks, drawn) = (random, 0, 0)
    for draws in [0, 1, 9_999, 1, 29_999, 1, 9_999, 1, 80_000] {
      for _ in 0..<draws { _ = sampler.draw() }
      drawn += draws
      while blocks * 10_000 < drawn {
        for _ in 0..<10_000 { _ = parallel.random() }
        blocks += 1
      }
      var (after, expected) = (sampler.stream, parallel)
      #expect(after.random() == expected.random(), "after \(drawn) draws")
    }
  }
}

extension NoiseSampler {
  /// The next word.
  func draw() -> Int32 {
    let slots = [Int32](count: 2) { slots in
      slots[0] = -1  // a context word that is never drawn
      slots.appendNoise(contexts: 1, noiseWordsPerContext: 1, from: stock)
    }
    return slots[1]
  }
}
