import CSIMD

extension UnsafeMutablePointer<Int32> {
  /// Writes noise words behind the context words of an example, none of them among those.
  ///
  /// - Parameters:
  ///   - contexts: n, how many context words there are.
  ///   - noiseWordsPerContext: K, how many noise words go with each.
  ///   - draw: Draws a word, above 0.
  @inline(__always)
  func appendNoise(contexts: Int, noiseWordsPerContext: Int, _ draw: () -> Int32) {
    var firstContexts = SIMD16<Int32>(repeating: 0)  // which is no noise word
    for context in 0..<min(16, contexts) { firstContexts[context] = self[context] }
    let end = contexts &* (1 &+ noiseWordsPerContext)
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

  /// Writes noise words behind the context words of an example, taken from a stock.
  ///
  /// - Parameters:
  ///   - contexts: n, how many context words there are.
  ///   - noiseWordsPerContext: K, how many noise words go with each.
  ///   - stock: The words that are drawn.
  package func appendNoise(contexts: Int, noiseWordsPerContext: Int, from stock: NoiseStock) {
    appendNoise(contexts: contexts, noiseWordsPerContext: noiseWordsPerContext) { stock.take() }
  }
}

/// Noise words that were drawn ahead, to be taken one by one.
package final class NoiseStock {
  // Unchecked: a check of exclusive access would cost more than the access.
  @exclusivity(unchecked) private var words: [Int32] = []
  /// How many of the words at hand are taken.
  @exclusivity(unchecked) package private(set) var position = 0
  private let refill: (inout [Int32]) -> Void

  /// Creates an empty stock.
  ///
  /// - Parameter refill: Puts new words, above 0, in the place of those that are taken.
  package init(refill: @escaping (inout [Int32]) -> Void) { self.refill = refill }

  /// The next word.
  @inline(__always)
  fileprivate func take() -> Int32 {
    if position == words.count { refillNow() }
    defer { position &+= 1 }
    return words[position]
  }

  @inline(never)
  private func refillNow() {
    refill(&words)
    position = 0
  }
}
