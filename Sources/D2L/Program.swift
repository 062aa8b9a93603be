import RandomStreams
import Word2Vec

/// The document's program: its data, its weights, its minibatches and what trains on them.
///
/// Everything is drawn in the original's order, so that a seed gives the original's data, weights and
/// epochs: Python's stream for subsampling, windows and noise words; the tab's streams for the
/// demonstration embedding, the initial weights and the order of each epoch.
///
/// A value: whatever is made from it begins at the first step.
public struct Program: Sendable {
  /// The settings of the run.
  public let settings: TrainingSettings
  /// The subsampled corpus.
  public let subsampled: Corpus
  /// The weights of the demonstration `nn.Embedding(20, 4)`, drawn before the run's own.
  public let demonstration: Embedding
  /// The centre words' vectors before the first step.
  public let initialV: Embedding
  /// The context words' vectors before the first step.
  public let initialU: Embedding
  /// The minibatches of all epochs.
  public let source: Source

  /// The kind of a run's minibatches.
  public typealias Source = EpochBatches<ChapterExamples, TabOrders>

  /// Draws the data and the initial weights.
  ///
  /// - Parameters:
  ///   - corpus: The text.
  ///   - settings: What decides the run.
  /// - Throws: `SamplingError` where the corpus gives no examples, `ProgramError` where it gives
  ///   fewer than five minibatches, or the tab does not take the seed.
  public init(_ corpus: Corpus, _ settings: TrainingSettings) throws {
    let (weights, orders) = (settings.weights ?? settings.tab, settings.orders ?? settings.tab)
    guard settings.seed <= orders.greatestSeed else {
      throw ProgramError.seedTooGreat(settings.seed, greatest: orders.greatestSeed)
    }
    var python = PythonRandom(seed: settings.seed)
    subsampled = corpus.subsampled(using: &python)
    let examples = try Program.examples(of: subsampled, corpus, settings, using: &python)
    func draw(_ tab: Tab) -> Tab.Drawn {
      tab.draw(
        vocabularySize: corpus.vocabulary.count, dimension: settings.dimension,
        seed: settings.seed, weightsSeed: settings.weightsSeed)
    }
    let drawn = draw(weights)
    (demonstration, initialV) = (drawn.demonstration, drawn.v)
    initialU =
      settings.contextStart == .zero
      ? Embedding(weight: Tensor(repeating: 0, shape: drawn.u.weight.shape)) : drawn.u
    source = EpochBatches(
      of: examples, in: orders == weights ? drawn.orders : draw(orders).orders,
      epochs: settings.epochs, batchSize: settings.batchSize)
    self.settings = settings
    guard source.batchesPerEpoch >= TrainingHistory.leastBatches else {
      throw ProgramError.tooFewMinibatches(
        corpus: corpus.name, examples: examples.count, batchSize: settings.batchSize)
    }
  }

  private static func examples(
    of subsampled: Corpus, _ corpus: Corpus, _ settings: TrainingSettings,
    using python: inout PythonRandom
  ) throws(SamplingError) -> ChapterExamples {
    let (window, noise) = (settings.maxWindow, settings.noiseWordsPerContext)
    guard settings.sampling != .once else {
      return .fixed(
        try SkipGramExamples(
          of: subsampled, maxWindow: window, noiseWordsPerContext: noise, using: &python))
    }
    let anew = try ResampledExamples(
      of: subsampled, maxWindow: window, noiseWordsPerContext: noise, seed: settings.seed)
    guard settings.sampling == .anewWithText else { return .resampled(anew) }
    return .resubsampled(
      ResubsampledExamples(
        of: corpus, first: anew, maxWindow: window, seed: settings.seed, from: python))
  }

  /// The examples.
  public var examples: ChapterExamples { source.examples }

  /// The number of minibatches of an epoch.
  public var batchesPerEpoch: Int { source.batchesPerEpoch }

  /// The learning rate over the run.
  public var schedule: LearningRate {
    switch settings.decay {
    case .none: .constant(settings.learningRate)
    case .linear: .linear(from: settings.learningRate)
    }
  }

  /// An engine at the initial weights.
  public func makeEngine() -> any TrainingEngine {
    let optimizer = settings.optimizer ?? settings.tab.optimizer(batchSize: settings.batchSize)
    switch settings.engine {
    case .fused:
      return FusedEngine(
        embedV: initialV, embedU: initialU, optimizer: optimizer, threads: settings.threads)
    case .reference:
      return ReferenceEngine(embedV: initialV, embedU: initialU, optimizer: optimizer)
    }
  }

  /// Trains all epochs from the initial weights.
  ///
  /// - Parameter progress: Called after each step with the losses so far and the engine; returns
  ///   whether to go on.
  /// - Returns: The losses, and the engine with the trained tables.
  /// - Throws: `TrainingError.notFinite` if a loss is not a finite number.
  public func train(
    progress: (TrainingHistory, any TrainingEngine) -> Bool = { _, _ in true }
  ) throws -> (history: TrainingHistory, engine: any TrainingEngine) {
    try train(begin: { _, _, _ in }, progress: progress)
  }

  /// Trains all epochs from the initial weights, or from where another program stood.
  ///
  /// - Parameters:
  ///   - begin: May take engine, minibatches and losses to a step of the same run that was made
  ///     before.
  ///   - progress: Called after each step with the losses so far and the engine; returns whether to
  ///     go on.
  /// - Returns: The losses, and the engine with the trained tables.
  /// - Throws: `TrainingError.notFinite` if a loss is not a finite number, and what `begin` throws.
  public func train(
    begin: (any TrainingEngine, inout Source, inout TrainingHistory) throws -> Void,
    progress: (TrainingHistory, any TrainingEngine) -> Bool
  ) throws -> (history: TrainingHistory, engine: any TrainingEngine) {
    var history = TrainingHistory(batchesPerEpoch: batchesPerEpoch)
    let engine = makeEngine()
    var source = source
    try begin(engine, &source, &history)
    let trainer = Trainer(engine: engine, schedule: schedule, stepCount: history.batchCount)
    try trainer.train(on: &source) { step in
      history.add(loss: step.loss, count: step.count)
      return progress(history, engine)
    }
    return (history, engine)
  }
}

/// Why the document's program cannot be run.
public enum ProgramError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An epoch has fewer than five minibatches; the document's curve has five points an epoch.
  case tooFewMinibatches(corpus: String, examples: Int, batchSize: Int)

  /// The tab's generators take no seed as great as this.
  case seedTooGreat(UInt64, greatest: UInt64)

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .seedTooGreat(let seed, let greatest):
      "NumPy takes no seed as great as \(seed); give one from 0 to \(greatest)."
    case .tooFewMinibatches(let corpus, let examples, let batchSize):
      "\(corpus): \(examples) examples make fewer than five minibatches of \(batchSize); give a "
        + "longer text"
        + (examples >= 5 ? " or a batch size of at most \(examples / 5)." : ".")
    }
  }
}
