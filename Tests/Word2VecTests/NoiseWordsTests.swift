import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Noise words")
struct NoiseWordsTests {
  @Test("are the drawn words but the contexts, in order", arguments: [1, 2, 15, 16, 17, 40])
  func rejection(contexts: Int) {
    var random = Philox(key: UInt64(contexts))
    let perContext = 3
    for _ in 0..<20 {
      let context = (0..<contexts).map { _ in Int32(1 + random.below(60)) }
      var (stream, parallel) = (random, random)
      let slots = [Int32](count: contexts * (1 + perContext)) { slots in
        for (i, word) in context.enumerated() { slots[i] = word }
        slots.appendNoise(contexts: contexts, noiseWordsPerContext: perContext) {
          Int32(1 + stream.below(80))
        }
      }
      var expected = context
      while expected.count < slots.count {
        let word = Int32(1 + parallel.below(80))
        if !context.contains(word) { expected.append(word) }
      }
      #expect(slots == expected)
      random = stream
    }
  }
}
