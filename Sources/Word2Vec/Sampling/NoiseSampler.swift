import Foundation
import RandomStreams

/// Draws noise words by count^0.75, in blocks of 10,000, as the original caches them.
///
/// A block is drawn when the one before is used up, so that what is left of the last block has been
/// taken from the stream too.
///
/// - Source: `RandomGenerator` and `get_negatives` of the document; Mikolov et al. 2013,
///   section 2.2.
public struct NoiseSampler {
  /// How many draws are made at a time.
  public static let blockSize = 10_000

  private let choice: WeightedChoice
  private var block = [Int32](repeating: 0, count: NoiseSampler.blockSize)
  private var position = NoiseSampler.blockSize

  /// Creates a sampler of a vocabulary's words but `<unk>`.
  ///
  /// - Precondition: The vocabulary has a word beside `<unk>`.
  public init(vocabulary: Vocabulary) {
    choice = WeightedChoice(weights: Self.weights(of: vocabulary))
  }

  /// The sampling weight of each word but `<unk>`: count^0.75.
  public static func weights(of vocabulary: Vocabulary) -> [Double] {
    vocabulary.counts.dropFirst().map { pow(Double($0), 0.75) }
  }

  /// The next noise word: an index from 1 to the vocabulary's size − 1.
  @inline(__always)
  mutating func draw(using random: inout PythonRandom) -> Int32 {
    if position == Self.blockSize { refill(using: &random) }
    defer { position += 1 }
    return block[position] + 1
  }

  private mutating func refill(using random: inout PythonRandom) {
    for i in block.indices { block[i] = Int32(truncatingIfNeeded: choice.draw(using: &random)) }
    position = 0
  }
}
