import CSIMD

extension UnsafeMutablePointer<Int32> {
  /// Writes noise words behind the context words of an example, none of them among those.
  ///
  /// - Parameters:
  ///   - contexts: n, how many context words there are.
  ///   - noiseWords: K, how many noise words go with each.
  ///   - draw: Draws a word, above 0.
  @inline(__always)
  func appendNoise(contexts: Int, noiseWords: Int, _ draw: () -> Int32) {
    var firstContexts = SIMD16<Int32>(repeating: 0)  // which is no noise word
    for context in 0..<min(16, contexts) { firstContexts[context] = self[context] }
    let end = contexts &* (1 &+ noiseWords)
    var slot = contexts
    while slot < end {
      let word = draw()
      var isContext = simd_any_equal(firstContexts, word)
      for context in stride(from: 16, to: contexts, by: 1) where self[context] == word {
        isContext = true
      }
      self[slot] = word  // overwritten by the next one if it is a context word
      slot &+= isContext ? 0 : 1
    }
  }
}
