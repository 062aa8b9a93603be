import Files
import RandomStreams

/// A text to vectors in one go, with settings that suit most texts.
///
/// ```swift
/// let corpus = try Corpus(contentsOf: "text.txt", minimumCount: 5)
/// let vectors = try TextTraining(on: corpus).run { progress in progress.seconds < 60 }
/// ```
///
/// The same text and settings give the same vectors, on any number of threads and any processor. Who
/// wants other parts puts them together: a `BatchSource`, a `TrainingEngine` and a `Trainer`.
public struct TextTraining: Sendable {
  /// What is kept of a run that may end before its time: a checkpoint to go on from, its vectors.
  public struct Keeping {
    /// The file that is written, at intervals and where the run is stopped; nil for none.
    public var file: String?
    /// The file that the run goes on from; nil for a run from the beginning.
    public var from: String?
    /// How often the file is written.
    public var interval = CheckpointKeeper.Interval.seconds(600)
    /// Is told after which step the file was written, or which one is gone on from.
    public var success: (Int) -> Void = { _ in }
    /// Is told where the file cannot be written; the one before stays, and the run goes on.
    public var failure: (FileError) -> Void = { _ in }
    /// Is told the vectors so far, and after which step, where the text cannot be read on, before the
    /// error is thrown.
    public var rescue: (WordVectors, Int) -> Void = { _, _ in }

    /// No checkpoint.
    public init() {}
  }

  /// How far a run is.
  public struct Progress: Sendable {
    /// The number of steps made.
    public let step: Int
    /// How much is done, 0…1.
    public let fraction: Double
    /// The epoch, counted from 1.
    public let epoch: Int
    /// The words of the text that were gone through, those that were thinned out among them.
    public let words: Int
    /// Of these, those that another program had gone through, from whose checkpoint this goes on.
    public let wordsBefore: Int
    /// The mean loss of the last step's examples.
    public let loss: Double
    /// The seconds since the run began, or was gone on with.
    public let seconds: Double
  }

  /// The settings.
  public let settings: Settings
  /// The text.
  public let text: any TextBlocks
  /// How many words begin with a vector that was given.
  public let initializedWords: Int
  private let start: Embedding
  /// What the settings leave open.
  public let choices: Choices
  /// What decides the examples.
  private var examples: BlockSettings {
    BlockSettings(
      threshold: choices.subsample, maxWindow: settings.maxWindow,
      noiseWordsPerContext: settings.noiseWordsPerContext, noiseSharing: choices.noiseSharing,
      epochs: choices.epochs, batchSize: choices.batchSize, seed: settings.seed)
  }

  /// Prepares a run on a text in memory.
  ///
  /// - Parameters:
  ///   - corpus: The text.
  ///   - settings: What decides the run.
  ///   - initial: Vectors to begin with, for the words that have one; others begin at random.
  ///   - file: The caller's file, for settings that cannot be.
  ///   - line: The caller's line.
  public init(
    on corpus: Corpus, _ settings: Settings = Settings(), initial: WordVectors? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      on: CorpusBlocks(corpus), settings, initial: initial, file: file, line: line)
  }

  /// Prepares a run on a text that is gone through by blocks, such as a `StreamedText`.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - settings: What decides the run.
  ///   - initial: Vectors to begin with, for the words that have one; others begin at random.
  ///   - file: The caller's file, for settings that cannot be.
  ///   - line: The caller's line.
  public init(
    on text: any TextBlocks, _ settings: Settings = Settings(), initial: WordVectors? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      settings.dimension >= 1 && settings.epochs ?? 1 >= 1 && settings.subsample ?? 0 >= 0,
      "dimension \(settings.dimension), epochs \(settings.epochs ?? 1), subsample "
        + "\(settings.subsample ?? 0): expected 1 or more, 1 or more, 0 or more", file: file,
      line: line)
    require(
      initial?.dimension ?? settings.dimension == settings.dimension,
      "vectors of \(initial?.dimension ?? 0) numbers for a run of dimension \(settings.dimension)",
      file: file, line: line)
    (self.text, self.settings, choices) = (text, settings, Choices(settings, text))
    var draws = Philox(key: settings.seed)
    let d = settings.dimension
    var table = Embedding.uniform(
      text.vocabulary.count, d, bound: 0.5 / Float(d), using: &draws
    ).weight.values
    var count = 0
    for (row, word) in text.vocabulary.tokens.enumerated() {
      guard let vector = initial?[word] else { continue }
      table.replaceSubrange(row * d..<(row + 1) * d, with: vector)
      count += 1
    }
    initializedWords = count
    start = Embedding(weight: Tensor(shape: [text.vocabulary.count, d], values: table))
    examples.check(file, line)
  }

  /// The bytes that a run needs: the text where it is in memory, two blocks of it drawn and in order,
  /// what the engine takes, and copies of a table at the beginning and at the end.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - settings: What decides the run.
  /// - Returns: The bytes, about.
  public static func expectedBytes(_ text: any TextBlocks, _ settings: Settings) -> Double {
    let choices = Choices(settings, text)
    let table = 4.0 * Double(text.vocabulary.count) * Double(settings.dimension)
    let engine = EngineMemory(
      vocabularySize: text.vocabulary.count, dimension: settings.dimension,
      kept: settings.optimizer == .adam ? 3 : 1, batchSize: min(choices.batchSize, text.tokenCount),
      contexts: EngineMemory.contexts(
        maxWindow: settings.maxWindow, longest: text.tokenCount, batchSize: choices.batchSize),
      noiseWordsPerContext: settings.noiseWordsPerContext, noiseSharing: choices.noiseSharing)
    let held = Double((text as? CorpusBlocks)?.byteCount ?? 0)
    let block = Double(min(text.tokenCount, CorpusBlocks.blockSize))
    return held + 40 * block + engine.tables + engine.minibatches + 4 * table
      + 200 * Double(text.vocabulary.count)
  }

  /// What decides the run; the number of threads does not.
  private var identity: Checkpoint.Run {
    get throws(TrainingError) {
      let settings = settings
      let digest: String
      do throws(FileError) { digest = try text.digest } catch { throw .examples(.file(error)) }
      return Checkpoint.Run(
        text: digest,
        settings: [
          "dimension": "\(settings.dimension)", "epochs": "\(choices.epochs)",
          "subsample": "\(choices.subsample)", "window": "\(settings.maxWindow)",
          "negative": "\(settings.noiseWordsPerContext)",
          "sharing": "\(choices.noiseSharing)", "optimizer": "\(settings.optimizer)",
          "rate": "\(choices.learningRate)", "falling": "\(settings.isFalling)",
          "batch": "\(choices.batchSize)", "seed": "\(settings.seed)",
          "start": SHA256.hexDigest(of: start.weight.values),
        ])
    }
  }

  /// Trains.
  ///
  /// - Parameters:
  ///   - keeping: The run's checkpoint, if one is wanted.
  ///   - progress: Called after each step; returns whether to go on. The vectors of a run that is
  ///     stopped are those so far.
  /// - Returns: The vectors of all words but `<unk>`, which stands for no word and is never trained.
  /// - Throws: `TrainingError` where the text gives no examples or cannot be read on, a loss is not a
  ///   finite number, or there is no checkpoint of this run to go on from.
  public func run(
    keeping: Keeping = Keeping(), progress: (Progress) -> Bool = { _ in true }
  ) throws(TrainingError) -> WordVectors {
    var source: BlockBatches
    do throws(SamplingError) {
      source = try BlockBatches(of: text, examples)
    } catch {
      throw .examples(error)
    }
    let zero = Embedding(weight: Tensor(repeating: 0, shape: start.weight.shape))
    let engine =
      switch settings.optimizer {
      case .adam: FusedEngine(embedV: start, embedU: zero, threads: settings.threads)
      case .gradientDescent:
        FusedEngine(
          embedV: start, embedU: zero, optimizer: GradientDescent(), slotWeight: .full,
          threads: settings.threads)
      }
    var keeper: CheckpointKeeper?
    if keeping.file ?? keeping.from != nil {
      keeper = CheckpointKeeper(of: try identity, every: keeping.interval)
    }
    var last = Trainer.Step(loss: 0, count: 1, fraction: 0)
    if let from = keeping.from {
      do throws(FileError) {
        try keeper?.resume(engine, on: &source, from: from) { last = $0 }
      } catch {
        throw source.failure.map { .examples($0) } ?? .checkpoint(error)
      }
      keeping.success(keeper?.resumedSteps ?? 0)
    }
    let before = keeper?.resumedSteps ?? 0
    func write() {
      guard let file = keeping.file else { return }
      do throws(FileError) {
        try keeper?.write(engine, to: file)
        keeping.success(keeper?.losses.count ?? 0)
      } catch {
        keeping.failure(error)
      }
    }
    let rate = choices.learningRate
    let trainer = Trainer(
      engine: engine, schedule: settings.isFalling ? .linear(from: rate) : .constant(rate),
      stepCount: before)
    let (epochs, words) = (Double(choices.epochs), Double(source.wordCount))
    let clock = ContinuousClock()
    let begin = clock.now
    let fractionBefore = last.fraction
    func tell(_ step: Trainer.Step) -> Bool {
      func gone(_ fraction: Double) -> Int { Int((words * fraction).rounded()) }
      defer { last = step }
      return progress(
        Progress(
          step: trainer.stepCount, fraction: step.fraction, epoch: Int(last.fraction * epochs) + 1,
          words: gone(step.fraction), wordsBefore: gone(fractionBefore),
          loss: step.loss / Double(step.count), seconds: begin.duration(to: clock.now) / .seconds(1)
        ))
    }
    try trainer.train(on: &source) { step in
      keeper?.add(loss: step.loss)
      let goesOn = tell(step)
      if !goesOn || keeper?.isDue == true { write() }
      return goesOn
    }
    if let failure = source.failure {
      if trainer.stepCount > before {
        write()
        keeping.rescue(vectors(engine), trainer.stepCount)
      }
      throw .examples(failure)
    }
    if trainer.stepCount == before {  // the checkpoint was of a finished run
      _ = tell(Trainer.Step(loss: last.loss, count: last.count, fraction: 1))
    }
    return vectors(engine)
  }

  /// The vectors of all words but `<unk>`, as an engine has them.
  private func vectors(_ engine: FusedEngine) -> WordVectors {
    let table = engine.embedV.weight
    return WordVectors(
      words: Array(text.vocabulary.tokens.dropFirst()),
      vectors: Tensor(
        shape: [text.vocabulary.count - 1, settings.dimension],
        values: Array(table.values[settings.dimension...])))
  }
}
