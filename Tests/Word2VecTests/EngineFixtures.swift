import Files
import RandomStreams

@testable import Word2Vec

/// Examples that are written down.
struct ListedExamples: ExampleSource {
  struct Example: Sendable, Equatable {
    var center: Int32
    var contexts: [Int32]
    var noise: [Int32]
  }

  var examples: [Example]
  let noiseWords = 1

  var count: Int { examples.count }

  func gather(_ examples: ArraySlice<Int32>, into batch: inout FlatBatch) {
    batch.removeAll()
    for example in examples.map({ self.examples[Int($0)] }) {
      batch.slots += example.contexts + example.noise
      batch.close(center: example.center, contexts: example.contexts.count)
    }
  }

  /// Examples of random words, with `contexts` context words and K noise words for each of them.
  static func random(
    count: Int, vocabulary: Int, contexts: ClosedRange<Int>, noiseWords: Int, seed: UInt64
  ) -> ListedExamples {
    var random = Philox(key: seed)
    func words(_ count: Int) -> [Int32] { (0..<count).map { _ in Int32(random.below(vocabulary)) } }
    return ListedExamples(
      examples: (0..<count).map { _ in
        let n = contexts.lowerBound + random.below(contexts.count)
        return Example(center: words(1)[0], contexts: words(n), noise: words(n * noiseWords))
      })
  }

  /// Minibatches in the order of the list.
  func batches(of size: Int) -> MiniBatches {
    MiniBatches(of: self, order: (0..<Int32(count)).map { $0 }, batchSize: size)
  }
}

/// Two tables of Xavier's weights.
func initialTables(_ count: Int, _ dimension: Int, seed: UInt64 = 1) -> (v: Embedding, u: Embedding)
{
  var torch = TorchGenerator(seed: seed)
  torch.skipNormal(count: count * dimension)
  torch.skipNormal(count: count * dimension)
  return (
    v: .xavierUniform(count, dimension, using: &torch),
    u: .xavierUniform(count, dimension, using: &torch)
  )
}

extension TrainingEngine {
  /// The SHA-256 of both tables' bytes.
  var digest: String { SHA256.hexDigest(of: embedV.weight.values + embedU.weight.values) }
}

/// The largest difference between two tables, element by element.
func largestDifference(_ a: Embedding, _ b: Embedding) -> Float {
  zip(a.weight.values, b.weight.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

extension Corpus {
  /// A corpus of sentences of word numbers; counts are those given, or all 1.
  static func ofNumbers(
    _ sentences: [[Int32]], vocabulary: Int, counts: [Int]? = nil
  ) -> Corpus {
    let words = ["<unk>"] + (1..<vocabulary).map { "w\($0)" }
    return Corpus(
      name: "numbers",
      vocabulary: Vocabulary(
        tokens: words, counts: counts ?? [Int](repeating: 1, count: vocabulary)),
      tokens: sentences.flatMap { $0 },
      sentenceOffsets: sentences.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
  }
}
