import PortableMath
import RandomStreams

/// Draws noise words by count^0.75, in blocks of 10,000, as the original caches them.
///
/// Blocks are drawn on another thread, some ahead of their use. That does not show: a block counts as
/// taken from the stream when its first word is used, and then whole.
///
/// - Source: `RandomGenerator` and `get_negatives` of the document; Mikolov et al. 2013,
///   section 2.2.
public struct NoiseSampler {
  /// How many draws are made at a time.
  public static let blockSize = 10_000

  private let drawing: Relay<PythonRandom, Batch>
  private var batch: Batch
  /// The number of words of the batch that are used.
  private var position = 0

  /// Creates a sampler of a vocabulary's words but `<unk>`.
  ///
  /// - Parameters:
  ///   - vocabulary: The words and their counts.
  ///   - random: Python's stream; `stream` says where the sampler leaves it.
  /// - Precondition: The vocabulary has a word beside `<unk>`.
  public init(vocabulary: Vocabulary, from random: PythonRandom) {
    let choice = WeightedChoice(weights: Self.weights(of: vocabulary))
    batch = Batch(start: random)
    drawing = Relay(random, batch) { random, batch in batch.fill(with: choice, using: &random) }
    drawing.exchange(&batch)
  }

  /// The sampling weight of each word but `<unk>`: count^0.75.
  public static func weights(of vocabulary: Vocabulary) -> [Double] {
    vocabulary.counts.dropFirst().map { threeQuarterPower($0) }
  }

  /// Python's stream behind the last block of which a word is used.
  public var stream: PythonRandom {
    batch.streams[(position + Self.blockSize - 1) / Self.blockSize]
  }

  /// The next noise word: an index from 1 to the vocabulary's size − 1.
  @inline(__always)
  mutating func draw() -> Int32 {
    if position == batch.words.count { nextBatch() }
    defer { position &+= 1 }
    return batch.words[position] &+ 1
  }

  @inline(never)
  private mutating func nextBatch() {
    drawing.exchange(&batch)
    position = 0
  }

  /// Some blocks, and the stream before the first and behind each.
  private struct Batch {
    static let blocks = 16

    var words: [Int32] = []
    var streams: [PythonRandom]

    /// A batch without blocks.
    init(start: PythonRandom) { streams = [start] }

    /// Draws all blocks anew.
    mutating func fill(with choice: WeightedChoice, using random: inout PythonRandom) {
      let size = NoiseSampler.blockSize
      if words.isEmpty { words = [Int32](repeating: 0, count: Self.blocks * size) }
      streams = [random]
      for block in 0..<Self.blocks {
        words.withUnsafeMutableBufferPointer {
          choice.fill(.init(rebasing: $0[block * size..<(block + 1) * size]), using: &random)
        }
        streams.append(random)
      }
    }
  }
}
