import Files
import Word2Vec

/// What a run made and lost on its way: enough to hold another program's run of the same seed
/// against it.
///
/// Arrays that are large stand in it as SHA-256 digests: integers as little-endian `Int32`, weights
/// row by row as little-endian `Float`. The fields and their names in the file are those of
/// `Benchmarks/peers/d2l_trace.py`, which writes traces of the original program.
public struct Trace: Sendable, Equatable, Codable {
  /// The release of D2L whose program ran or is followed.
  public var d2l: String
  /// Where Python's random numbers come from.
  public var python: String
  /// What was run, in which order.
  public var procedure: String
  /// The seed of both random streams.
  public var seed: UInt64
  /// Where PyTorch's random numbers and the steps come from, in a trace of its tab.
  public var torch: String?
  /// Where MXNet's random numbers and the steps, and NumPy's orders come from, in a trace of its tab.
  public var mxnet: String?, numpy: String?
  /// The examples.
  public var data: Examples
  /// The weights of the demonstration `nn.Embedding(20, 4)`, shape (20, 4).
  public var demoEmbedding: [[Float]]
  /// The weights before the first step.
  public var weights: Weights
  /// The order of the examples, epoch by epoch.
  public var order: Order
  /// The losses.
  public var training: Training
  /// The ten words nearest to each query word that the vocabulary has.
  public var similar: [String: [Hit]]

  /// The words that a trace asks for neighbours, in this order.
  public static let queries = [
    "chip", "stock", "president", "oil", "bank", "monday", "japan", "court",
  ]

  /// Sizes, digests and first values of the examples.
  public struct Examples: Sendable, Equatable, Codable {
    /// The number of words, `<unk>` included, and the first twenty.
    public var vocabSize: Int, tokensHead: [String]
    /// The numbers of examples, of context words and of noise words.
    public var examples: Int, contextPairs: Int, negatives: Int
    /// The digests of the centre words and of the numbers of their context words.
    public var centersSha256: String, contextLengthsSha256: String
    /// The digests of the context words and of the noise words.
    public var contextsSha256: String, negativesSha256: String
    /// The first ten centre words.
    public var centersHead: [Int32]
    /// The context words of the first five examples and the noise words of the first three.
    public var contextsHead: [[Int32]], negativesHead: [[Int32]]
    /// The digest of the words in UTF-8, joined by line feeds.
    public var vocabularySha256: String
  }

  /// Digests of the two tables (v: centre words, u: context words) and some of their values.
  public struct Weights: Sendable, Equatable, Codable {
    /// The digests.
    public var vSha256: String, uSha256: String
    /// The first five values of each, and the last three of v.
    public var vHead: [Float], uHead: [Float], vTail: [Float]
  }

  /// The order of the examples.
  public struct Order: Sendable, Equatable, Codable {
    /// The digest of each epoch's order.
    public var epochSha256: [String]
    /// The first eight examples of the first and of the second epoch.
    public var epoch0Head: [Int32], epoch1Head: [Int32]?
  }

  /// Mean losses of an example.
  public struct Training: Sendable, Equatable, Codable {
    /// The first twenty minibatches, and every hundredth one from the first on.
    public var firstBatches: [Double], batchEvery100: [Double]
    /// Each epoch's own mean.
    public var epochLoss: [Double]
    /// The document's curve: pairs of an epoch and the mean since the run began.
    public var curve: [[Double]]
    /// The mean of the whole run, which the document prints, and the number of minibatches.
    public var finalLoss: Double, batches: Int
  }

  /// The tab whose program ran.
  public var tab: Tab { mxnet == nil ? .pytorch : .mxnet }

  private enum CodingKeys: String, CodingKey {
    case d2l, python, seed, torch, mxnet, numpy, data, demoEmbedding, order, training, similar
    case procedure = "protocol"
    case weights = "init"
  }

  /// A neighbour and its cosine.
  public struct Hit: Sendable, Equatable {
    /// The cosine, to four decimals.
    public var cosine: Double
    /// The word.
    public var word: String
  }
}

extension Trace.Examples {
  /// The first values and the digests of a run's examples.
  init(_ examples: SkipGramExamples, vocabulary: Vocabulary) {
    let all = 0..<examples.count
    var negatives: [Int32] = []
    var contexts: [Int32] = []
    for example in all {
      contexts += examples.contexts(of: example)
      negatives += examples.noiseWords(of: example)
    }
    vocabSize = vocabulary.count
    tokensHead = Array(vocabulary.tokens.prefix(20))
    self.examples = examples.count
    contextPairs = contexts.count
    self.negatives = negatives.count
    centersSha256 = SHA256.hexDigest(of: examples.centers)
    contextLengthsSha256 = SHA256.hexDigest(of: all.map { Int32(examples.contexts(of: $0).count) })
    contextsSha256 = SHA256.hexDigest(of: contexts)
    negativesSha256 = SHA256.hexDigest(of: negatives)
    centersHead = Array(examples.centers.prefix(10))
    contextsHead = all.prefix(5).map { Array(examples.contexts(of: $0)) }
    negativesHead = all.prefix(3).map { Array(examples.noiseWords(of: $0)) }
    vocabularySha256 = SHA256.hexDigest(of: vocabulary.tokens.joined(separator: "\n").utf8)
  }
}

extension Trace.Weights {
  /// The digests and some values of the tables `v` and `u`.
  init(v: Tensor, u: Tensor) {
    vSha256 = SHA256.hexDigest(of: v.values)
    uSha256 = SHA256.hexDigest(of: u.values)
    vHead = Array(v.values.prefix(5))
    uHead = Array(u.values.prefix(5))
    vTail = Array(v.values.suffix(3))
  }
}
