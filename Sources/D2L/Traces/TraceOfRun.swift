import Files
import Word2Vec

extension Program {
  /// Trains all epochs from the initial weights and traces them.
  ///
  /// - Returns: The trace.
  /// - Throws: `TrainingError` if a loss is not finite, `WordVectorsError` if the vocabulary has
  ///   ten words or fewer.
  public func trace() throws -> Trace {
    let (history, engine) = try train()
    return try trace(
      history, WordVectors(vocabulary: subsampled.vocabulary, embedding: engine.embedV))
  }

  /// The trace of a run of all epochs, whoever made its steps.
  ///
  /// - Parameters:
  ///   - history: The losses of all minibatches.
  ///   - vectors: The centre words' vectors after the last step.
  ///   - file: The caller's file, for the sentence where examples were drawn anew at each use.
  ///   - line: The caller's line.
  /// - Returns: The trace.
  /// - Throws: `WordVectorsError` if the vocabulary has ten words or fewer.
  public func trace(
    _ history: TrainingHistory, _ vectors: WordVectors, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(WordVectorsError) -> Trace {
    guard case .fixed(let examples) = examples else {
      requirementFailure(
        "examples that are drawn anew at each use have no trace", file: file, line: line)
    }
    var similar: [String: [Trace.Hit]] = [:]
    for query in Trace.queries where vectors.index(of: query) != nil {
      similar[query] = try vectors.similarTokens(to: query, k: 10).map {
        Trace.Hit(cosine: (Double($0.cosine) * 1e4).rounded(.toNearestOrEven) / 1e4, word: $0.word)
      }
    }
    let values = demonstration.weight.values
    return Trace(
      d2l: "0.17.5", python: "none: Swift, with CPython's random numbers",
      procedure: procedure, seed: settings.seed,
      torch: settings.tab == .pytorch
        ? "none: Swift, with PyTorch's random numbers; \(settings.engine) engine" : nil,
      mxnet: settings.tab == .mxnet
        ? "none: Swift, with MXNet's random numbers; \(settings.engine) engine" : nil,
      numpy: settings.tab == .mxnet ? "none: Swift, with NumPy's shuffle" : nil,
      data: Trace.Examples(examples, vocabulary: subsampled.vocabulary),
      demoEmbedding: stride(from: 0, to: values.count, by: demonstration.dimension).map {
        Array(values[$0..<$0 + demonstration.dimension])
      },
      weights: Trace.Weights(v: initialV.weight, u: initialU.weight),
      order: Trace.Order(orders()), training: Trace.Training(history), similar: similar)
  }

  /// The order of each epoch.
  private func orders() -> [[Int32]] {
    var source = source
    var orders: [[Int32]] = []
    while source.advance() != nil {
      if source.epoch == orders.count { orders.append(source.order) }
    }
    return orders
  }

  /// What was run, in the words of the original's traces.
  private var procedure: String {
    let (batch, window, noise) = (
      settings.batchSize, settings.maxWindow, settings.noiseWordsPerContext
    )
    let decay = settings.decay == .none ? "" : ", \(settings.decay) decay"
    let size = settings.dimension
    return switch settings.tab {
    case .pytorch:
      "random.seed(s); torch.manual_seed(s); load_data_ptb(\(batch),\(window),\(noise)); "
        + "nn.Embedding(20,4); two nn.Embedding(len(vocab),\(size)); "
        + "xavier_uniform_ on each; Adam(lr=\(settings.learningRate)\(decay)); "
        + "\(settings.epochs) epochs; int32/float32 little-endian hashes"
    case .mxnet:
      "random.seed(s); numpy.random.seed(s); mx.random.seed(\(settings.weightsSeed)); "
        + "load_data_ptb(\(batch),\(window),\(noise)); nn.Embedding(20,4); "
        + "two nn.Embedding(len(vocab),\(size)) of Uniform(0.07); "
        + "Trainer('adam', lr \(settings.learningRate)\(decay)), step(\(batch)); "
        + "\(settings.epochs) epochs; int32/float32 little-endian hashes"
    }
  }
}

extension Trace.Order {
  /// The digests and first values of some epochs' orders.
  init(_ orders: [[Int32]]) {
    epochSha256 = orders.map { SHA256.hexDigest(of: $0) }
    epoch0Head = Array(orders.first?.prefix(8) ?? [])
    epoch1Head = orders.count > 1 ? Array(orders[1].prefix(8)) : nil
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
