import Files
import Foundation

/// Gathers the trace of a run while it goes on.
///
/// It is shown each minibatch before or after its step and makes the trace at the end.
public struct TraceRecorder {
  private let settings: TrainingSettings
  private let data: Trace.Examples
  private let demonstration: Tensor
  private let weights: Trace.Weights
  private var orderDigests: [String] = []
  private var orderHeads: [[Int32]] = []

  /// Takes note of a run's data and initial weights.
  ///
  /// - Precondition: The run's examples were drawn once, not anew at each use.
  /// - Complexity: O(slots + weights).
  public init(_ trainer: Trainer) {
    guard let examples = trainer.examples else {
      preconditionFailure("examples that are drawn anew at each use have no trace")
    }
    settings = trainer.settings
    data = Trace.Examples(examples, vocabulary: trainer.subsampled.vocabulary)
    demonstration = trainer.demonstration.weight
    weights = Trace.Weights(v: trainer.initialV.weight, u: trainer.initialU.weight)
  }

  /// Takes note of a minibatch: of the order of its epoch, if it is the first one.
  public mutating func add(_ batch: MiniBatch) {
    guard batch.index == 0 else { return }
    orderDigests.append(SHA256.hexDigest(of: batch.epoch.order))
    orderHeads.append(Array(batch.epoch.order.prefix(8)))
  }

  /// The trace of the run, at its end.
  ///
  /// - Parameters:
  ///   - history: The losses of all the minibatches that were added.
  ///   - vectors: The centre words' vectors after the last step.
  /// - Throws: `WordVectorsError` if the vocabulary has ten words or fewer.
  public func trace(
    _ history: TrainingHistory, _ vectors: WordVectors
  ) throws(WordVectorsError) -> Trace {
    precondition(!orderHeads.isEmpty, "a trace of a run without a minibatch")
    var similar: [String: [Trace.Hit]] = [:]
    for query in Trace.queries where vectors.index(of: query) != nil {
      similar[query] = try vectors.similarTokens(to: query, k: 10).map {
        Trace.Hit(cosine: (Double($0.cosine) * 1e4).rounded(.toNearestOrEven) / 1e4, word: $0.word)
      }
    }
    let width = demonstration.shape[1]
    let values = demonstration.values
    return Trace(
      d2l: "0.17.5", python: "none: Swift, with CPython's random numbers",
      procedure: procedure, seed: settings.seed,
      torch: "none: Swift, with PyTorch's random numbers; \(settings.engine) engine",
      data: data,
      demoEmbedding: stride(from: 0, to: values.count, by: width).map {
        Array(values[$0..<$0 + width])
      },
      weights: weights,
      order: Trace.Order(
        epochSha256: orderDigests, epoch0Head: orderHeads[0],
        epoch1Head: orderHeads.count > 1 ? orderHeads[1] : nil),
      training: Trace.Training(history), similar: similar)
  }

  /// What was run, in the words of the original's traces.
  private var procedure: String {
    let (batch, window, noise) = (settings.batchSize, settings.maxWindow, settings.noiseWords)
    let decay = settings.decay == .none ? "" : ", \(settings.decay) decay"
    return "random.seed(s); torch.manual_seed(s); load_data_ptb(\(batch),\(window),\(noise)); "
      + "nn.Embedding(20,4); two nn.Embedding(len(vocab),\(settings.embedSize)); "
      + "xavier_uniform_ on each; Adam(lr=\(settings.learningRate)\(decay)); "
      + "\(settings.epochs) epochs; int32/float32 little-endian hashes"
  }
}

extension Trace.Training {
  /// The losses that a trace keeps of a history.
  init(_ history: TrainingHistory) {
    let means = history.batchMeans
    firstBatches = Array(means.prefix(20))
    batchEvery100 = stride(from: 0, to: means.count, by: 100).map { means[$0] }
    epochLoss = history.epochMeans
    curve = history.points.map { [$0.epoch, $0.runningMean] }
    finalLoss = history.finalLoss
    batches = means.count
  }
}

extension Trainer {
  /// Runs all epochs and traces them.
  ///
  /// - Throws: `TrainingError` if a loss is not finite, `WordVectorsError` if the vocabulary has
  ///   ten words or fewer.
  public mutating func trace() throws -> Trace {
    var recorder = TraceRecorder(self)
    var history = TrainingHistory(batchesPerEpoch: batchesPerEpoch)
    for _ in 0..<settings.epochs {
      for batch in nextEpoch() {
        recorder.add(batch)
        history.add(loss: try step(batch), count: batch.count)
      }
    }
    let vectors = WordVectors(vocabulary: subsampled.vocabulary, embedding: engine.embedV)
    return try recorder.trace(history, vectors)
  }
}
