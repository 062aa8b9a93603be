import RandomStreams
import Word2Vec

/// Draws noise words by count^0.75, in blocks of 10,000, as the original caches them.
///
/// Blocks are drawn on another thread, some ahead of their use. That does not show: a block counts as
/// taken from the stream when its first word is used, and then whole.
///
/// - Source: `RandomGenerator` and `get_negatives` of the document.
final class NoiseSampler {
  /// How many draws are made at a time.
  static let blockSize = 10_000

  /// The words, indices from 1 to the vocabulary's size − 1.
  let stock: NoiseStock
  private let batches: Batches

  /// Creates a sampler of a vocabulary's words but `<unk>`, of which there must be one.
  ///
  /// - Parameters:
  ///   - vocabulary: The words and their counts.
  ///   - random: Python's stream; `stream` says where the sampler leaves it.
  init(vocabulary: Vocabulary, from random: PythonRandom) {
    let batches = Batches(WeightedChoice(weights: vocabulary.noiseWeights), random)
    stock = NoiseStock { batches.exchange(&$0) }
    self.batches = batches
  }

  /// Python's stream behind the last block of which a word is used.
  var stream: PythonRandom {
    batches.streams[(stock.position + Self.blockSize - 1) / Self.blockSize]
  }

  /// What another thread draws ahead.
  private final class Batches {
    private static let blocks = 16

    /// Some blocks of words, and the stream before the first and behind each.
    private struct Batch {
      var words: [Int32] = []
      var streams: [PythonRandom]
    }

    private let drawing: Relay<PythonRandom, Batch>
    private var batch: Batch

    init(_ choice: WeightedChoice, _ random: PythonRandom) {
      batch = Batch(streams: [random])
      drawing = Relay(random, batch) { random, batch in
        Self.fill(&batch, with: choice, using: &random)
      }
      drawing.exchange(&batch)
    }

    /// The streams of the words that were given last.
    var streams: [PythonRandom] { batch.streams }

    /// Gives drawn words for used ones.
    func exchange(_ words: inout [Int32]) {
      swap(&batch.words, &words)
      drawing.exchange(&batch)
      swap(&batch.words, &words)
    }

    private static func fill(
      _ batch: inout Batch, with choice: WeightedChoice, using random: inout PythonRandom
    ) {
      let size = NoiseSampler.blockSize
      if batch.words.isEmpty { batch.words = [Int32](repeating: 0, count: blocks * size) }
      batch.streams = [random]
      for block in 0..<blocks {
        batch.words.withUnsafeMutableBufferPointer {
          let words = UnsafeMutableBufferPointer(
            rebasing: $0[block * size..<(block + 1) * size])
          choice.fill(words, using: &random)
          for i in words.indices { words[i] &+= 1 }  // the first weight is that of word 1
        }
        batch.streams.append(random)
      }
    }
  }
}
