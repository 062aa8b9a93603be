import D2L
import Files
import RandomStreams
import Word2Vec

/// Examples that are written down.
public struct ListedExamples: ExampleSet {
  /// An example.
  public struct Example: Sendable, Equatable {
    /// The centre word.
    public var center: Int32
    /// Its context words.
    public var contexts: [Int32]
    /// Its noise words.
    public var noise: [Int32]

    /// Creates an example.
    public init(center: Int32, contexts: [Int32], noise: [Int32]) {
      (self.center, self.contexts, self.noise) = (center, contexts, noise)
    }
  }

  /// The examples, in the order of the list.
  public var examples: [Example]

  /// Creates a list.
  public init(examples: [Example]) { self.examples = examples }

  /// The number of examples.
  public var count: Int { examples.count }

  /// Appends some examples to a minibatch.
  public func append(_ examples: ArraySlice<Int32>, to batch: inout MiniBatch) {
    for example in examples.map({ self.examples[Int($0)] }) {
      batch.append(center: example.center, contexts: example.contexts, noiseWords: example.noise)
    }
  }

  /// Examples of random words, with `contexts` context words and K noise words for each of them.
  public static func random(
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

  /// The minibatches of some epochs in the order of the list.
  public func source(of size: Int, epochs: Int = 1) -> EpochBatches<ListedExamples, ListOrder> {
    EpochBatches(of: self, in: ListOrder(), epochs: epochs, batchSize: size)
  }

  /// The minibatches of an epoch in the order of the list.
  public func batches(of size: Int) -> [MiniBatch] { source(of: size).all() }
}

/// The order of a list.
public struct ListOrder: EpochOrder {
  /// Creates the order.
  public init() {}

  /// The order 0, 1, 2, ….
  public func order(ofEpoch epoch: Int, count: Int) -> [Int32] { (0..<Int32(count)).map { $0 } }
}

extension BatchSource {
  /// All minibatches that are left, or the first of them.
  public func all(first limit: Int = .max) -> [MiniBatch] {
    var (source, batches, batch) = (self, [MiniBatch](), MiniBatch())
    while batches.count < limit, source.next(into: &batch) != nil { batches.append(batch) }
    return batches
  }
}

/// Two tables of Xavier's weights.
public func initialTables(
  _ count: Int, _ dimension: Int, seed: UInt64 = 1
) -> (v: Embedding, u: Embedding) {
  var torch = TorchGenerator(seed: seed)
  torch.skipNormal(count: count * dimension)
  torch.skipNormal(count: count * dimension)
  return (
    v: .xavierUniform(count, dimension, using: &torch),
    u: .xavierUniform(count, dimension, using: &torch)
  )
}

/// Both engines on the same tables, at the rate 0.002.
public func bothEngines(
  _ tables: (v: Embedding, u: Embedding), threads: Int, optimizer: some Optimizer = Adam(),
  slotWeight: SlotWeight = .mean
) -> (fused: FusedEngine, reference: ReferenceEngine) {
  let fused = FusedEngine(
    embedV: tables.v, embedU: tables.u, optimizer: optimizer, slotWeight: slotWeight,
    threads: threads)
  let reference = ReferenceEngine(
    embedV: tables.v, embedU: tables.u, optimizer: optimizer, slotWeight: slotWeight)
  (fused.learningRate, reference.learningRate) = (0.002, 0.002)
  return (fused, reference)
}

extension TrainingEngine {
  /// The SHA-256 of both tables' bytes.
  public var digest: String { SHA256.hexDigest(of: embedV.weight.values + embedU.weight.values) }
}

/// The largest difference between two tables, element by element.
public func largestDifference(_ a: Embedding, _ b: Embedding) -> Float {
  zip(a.weight.values, b.weight.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

extension Corpus {
  /// A corpus of sentences of word numbers; counts are those given, or all 1.
  public static func ofNumbers(
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

  /// 100,000 words of ten, of which the first stands in half of the places and the last once in a
  /// thousand words.
  public static let tenWords: Corpus = {
    var random = Philox(key: 1)
    let sentences = (0..<4000).map { _ in
      (0..<25).map { _ in
        let u = random.random()
        return u < 0.1 ? Int32(0) : u < 0.5 ? 1 : u < 0.999 ? Int32(2 + random.below(7)) : 9
      }
    }
    let tokens = sentences.flatMap { $0 }
    let counts = (0..<10).map { word in tokens.count { $0 == word } }
    return .ofNumbers(sentences, vocabulary: 10, counts: counts)
  }()
}
