/// The memory that a `FusedEngine` takes, in bytes: a few more than it does.
package struct EngineMemory: Sendable {
  /// The weights, with what the optimiser keeps of them.
  package let tables: Double
  /// The minibatch of a step and the next one, laid out, and what is summed over them.
  package let minibatches: Double

  /// Counts them.
  ///
  /// - Parameters:
  ///   - vocabularySize: V, the number of words.
  ///   - dimension: d, the numbers of a vector.
  ///   - kept: The numbers kept for each weight, itself among them: 3 by Adam, 1 by plain descent.
  ///   - batchSize: The examples of a step.
  ///   - contexts: Context words of an example, on average.
  ///   - noiseWordsPerContext: K, the noise words of each.
  ///   - noiseSharing: How many examples share their noise words.
  package init(
    vocabularySize: Int, dimension: Int, kept: Int, batchSize: Int, contexts: Double,
    noiseWordsPerContext: Int, noiseSharing: Int = 1
  ) {
    let padded = 16 * (Double(dimension) / 16).rounded(.up)
    let rows = 64 * (Double(vocabularySize) / 64).rounded(.up)
    tables = 2 * rows * (4 * Double(kept) * padded + 8)
    // Two plans of 36 bytes a slot, 12 bytes more where they are grouped, all in memory that grows
    // by doubling; vectors and their gradients in four parts.
    let slots = contexts * (1 + Double(noiseWordsPerContext))
    let plain = slots * 2 * (2 * 36 + 12)
    // Where noise words are shared a plan has 4 bytes a slot; a group's rows are listed in 32 parts,
    // and each has a gradient. A group has as many draws as its widest window, and no more rows of
    // context words than slots.
    let rowsOfGroups = contexts + 2 * contexts * Double(noiseWordsPerContext) / Double(noiseSharing)
    let shared = 2 * (2 * (4 * slots + rowsOfGroups * (8 * 32 + 40)) + rowsOfGroups * 4 * padded)
    minibatches =
      Double(batchSize)
      * ((noiseSharing > 1 ? shared : plain) + 4 * padded * 6 + 2 * 2 * 16 * 8)
  }

  /// Context words of an example on average; as many as there can be where a step has few examples.
  ///
  /// - Parameters:
  ///   - maxWindow: The widest window; each example's is drawn from 1 to this.
  ///   - longest: The words of the longest sentence.
  ///   - batchSize: The examples of a step.
  /// - Returns: The number.
  package static func contexts(maxWindow: Int, longest: Int, batchSize: Int) -> Double {
    let count = batchSize <= 16 ? 2 * maxWindow : maxWindow + 1
    return Double(min(count, longest))
  }
}
