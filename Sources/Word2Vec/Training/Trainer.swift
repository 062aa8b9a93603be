import RandomStreams

/// A run of the chapter's program: its data, its weights and its two random streams.
///
/// The streams are used in the original's order, so that a seed gives the original's data, weights
/// and epochs: Python's for subsampling, windows and noise words; PyTorch's for the demonstration
/// embedding, two normal tables, Xavier's weights over them, then the order of each epoch.
public struct Trainer {
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
  /// What makes the steps.
  public let engine: any TrainingEngine
  /// The number of epochs begun.
  public private(set) var epoch = 0

  private let fixedExamples: SkipGramExamples?
  private var resampling: ResampledExamples?
  private let corpus: Corpus
  private var python: PythonRandom
  private var torch: TorchGenerator

  /// Draws the data and the initial weights.
  ///
  /// - Throws: `SamplingError` where the corpus gives no examples, `TrainingError` where it gives
  ///   fewer than five minibatches.
  public init(_ corpus: Corpus, _ settings: TrainingSettings) throws {
    precondition(
      settings.resample || !settings.resubsample, "resubsample without resample")
    var python = PythonRandom(seed: settings.seed)
    var torch = TorchGenerator(seed: settings.seed)
    subsampled = corpus.subsampled(using: &python)
    if settings.resample {
      fixedExamples = nil
      resampling = try ResampledExamples(
        of: subsampled, maxWindow: settings.maxWindow, noiseWords: settings.noiseWords,
        seed: settings.seed)
    } else {
      fixedExamples = try SkipGramExamples(
        of: subsampled, maxWindow: settings.maxWindow, noiseWords: settings.noiseWords,
        using: &python)
      resampling = nil
    }
    let (count, size) = (corpus.vocabulary.count, settings.embedSize)
    demonstration = .normal(20, 4, using: &torch)
    torch.skipNormal(count: count * size)  // what `nn.Embedding` draws for each table,
    torch.skipNormal(count: count * size)  // before Xavier's draws overwrite it
    let embedV = Embedding.xavierUniform(count, size, using: &torch)
    var embedU = Embedding.xavierUniform(count, size, using: &torch)
    if settings.contextStart == .zero {
      embedU.weight = Tensor(repeating: 0, shape: embedU.weight.shape)
    }
    (initialV, initialU) = (embedV, embedU)
    switch settings.engine {
    case .fused:
      engine = FusedEngine(
        embedV: embedV, embedU: embedU, learningRate: settings.learningRate,
        threads: settings.threads)
    case .reference:
      engine = ReferenceEngine(
        embedV: embedV, embedU: embedU, learningRate: settings.learningRate)
    }
    self.corpus = corpus
    self.python = python
    self.torch = torch
    self.settings = settings
    guard batchesPerEpoch >= 5 else {
      throw TrainingError.tooFewMinibatches(
        corpus: corpus.name, examples: exampleCount, batchSize: settings.batchSize)
    }
  }

  /// The examples, if they were drawn once for the whole run.
  public var examples: SkipGramExamples? { fixedExamples }

  /// The bytes that hold the examples, or what they are drawn from.
  public var exampleBytes: Int { fixedExamples?.byteCount ?? resampling?.byteCount ?? 0 }

  /// The number of examples of an epoch.
  public var exampleCount: Int { fixedExamples?.count ?? resampling?.count ?? 0 }

  /// The number of minibatches of an epoch.
  public var batchesPerEpoch: Int {
    (exampleCount + settings.batchSize - 1) / settings.batchSize
  }

  /// Draws the order of the next epoch and cuts it into minibatches.
  public mutating func nextEpoch() -> MiniBatches {
    defer { epoch += 1 }
    let order = torch.epochOrder(of: exampleCount)
    if settings.resubsample, epoch > 0 { drawTextAnew() }
    if let resampling {
      return MiniBatches(
        of: resampling.epoch(epoch), order: order, batchSize: settings.batchSize)
    }
    guard let fixedExamples else { preconditionFailure("a trainer has one kind of examples") }
    return MiniBatches(of: fixedExamples, order: order, batchSize: settings.batchSize)
  }

  /// Subsamples the text anew; an epoch keeps its number of examples.
  ///
  /// Where the new draw leaves no examples, the old one stays.
  private mutating func drawTextAnew() {
    let text = corpus.subsampled(using: &python)
    let anew = try? ResampledExamples(
      of: text, maxWindow: settings.maxWindow, noiseWords: settings.noiseWords,
      seed: settings.seed, count: exampleCount)
    resampling = anew ?? resampling
  }

  /// Makes one step: predicts, takes the loss and its gradients, moves the weights.
  ///
  /// - Returns: The sum of the examples' losses before the step.
  /// - Throws: `TrainingError.notFinite` if that is not a finite number.
  public func step(_ batch: MiniBatch) throws(TrainingError) -> Double {
    if settings.decay == .linear {
      let done = (epoch - 1) * batchesPerEpoch + batch.index
      let left = 1 - Double(done) / Double(settings.epochs * batchesPerEpoch)
      engine.learningRate = settings.learningRate * left
    }
    let loss = engine.step(batch)
    guard loss.isFinite else {
      throw .notFinite(step: (epoch - 1) * batchesPerEpoch + batch.index + 1)
    }
    return loss
  }

  /// Runs all epochs.
  ///
  /// - Parameter progress: Called after each step; returns whether to go on.
  /// - Returns: The losses.
  public mutating func train(
    progress: (TrainingHistory) -> Bool = { _ in true }
  ) throws(TrainingError) -> TrainingHistory {
    var history = TrainingHistory(batchesPerEpoch: batchesPerEpoch)
    for _ in 0..<settings.epochs {
      for batch in nextEpoch() {
        history.add(loss: try step(batch), count: batch.count)
        guard progress(history) else { return history }
      }
    }
    return history
  }
}
