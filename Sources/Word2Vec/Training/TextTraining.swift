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
  /// How weights are moved.
  public enum Method: String, Sendable, CaseIterable {
    /// Adam.
    case adam
    /// Plain gradient descent in which a slot counts fully, as in word2vec.c.
    case gradientDescent
  }

  /// What decides a run.
  ///
  /// The defaults are word2vec.c's, but for the method: Adam with a rate that falls comes to the same
  /// vectors in fewer passes.
  public struct Settings: Sendable, Equatable {
    /// d: the numbers of a vector.
    public var dimension = 100
    /// Passes over the text.
    public var epochs = 5
    /// The relative frequency from which words are thinned out, anew for each epoch; 0 keeps all.
    public var subsample = 1e-3
    /// The widest window; each centre word's is drawn from 1 to this.
    public var maxWindow = 5
    /// K: noise words for each context word.
    public var noiseWordsPerContext = 5
    /// How weights are moved.
    public var method = Method.adam
    /// The first step size; where none is given 0.002, or 0.025 with gradient descent.
    public var learningRate: Double?
    /// Whether the step size falls in a straight line to nothing.
    public var isFalling = true
    /// The examples of a step; where no number is given 512, or 64 with gradient descent, whose sum
    /// over a word's examples must stay small.
    public var batchSize: Int?
    /// The key of all that is drawn.
    public var seed: UInt64 = 1
    /// How many threads share the work; the result does not depend on it.
    public var threads = availableProcessorCount

    /// The defaults.
    public init() {}

    /// The first step size of a run.
    public var firstRate: Double { learningRate ?? (method == .adam ? 0.002 : 0.025) }
    /// The examples of a step of a run.
    public var stepSize: Int { batchSize ?? (method == .adam ? 512 : 64) }
  }

  /// How far a run is.
  public struct Progress: Sendable {
    /// How much is done, 0…1.
    public let fraction: Double
    /// The epoch, counted from 1.
    public let epoch: Int
    /// The words of the text that were gone through, those that were thinned out among them.
    public let words: Int
    /// The mean loss of the last step's examples.
    public let loss: Double
    /// The seconds since the run began.
    public let seconds: Double
  }

  /// The settings.
  public let settings: Settings
  /// How many words begin with a vector that was given.
  public let initializedWords: Int
  private let text: any TextBlocks
  private let start: Embedding

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
    self.init(on: CorpusBlocks(corpus), settings, initial: initial, file: file, line: line)
  }

  /// Prepares a run on a text that is gone through by blocks, such as one that stays on disk; the same
  /// text gives the same vectors.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - settings: What decides the run.
  ///   - initial: Vectors to begin with, for the words that have one; others begin at random.
  ///   - file: The caller's file, for settings that cannot be.
  ///   - line: The caller's line.
  public init(
    on text: some TextBlocks, _ settings: Settings = Settings(), initial: WordVectors? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      settings.dimension >= 1 && settings.epochs >= 1 && settings.subsample >= 0,
      "dimension \(settings.dimension), epochs \(settings.epochs), subsample "
        + "\(settings.subsample): expected 1 or more, 1 or more, 0 or more", file: file, line: line)
    require(
      initial?.dimension ?? settings.dimension == settings.dimension,
      "vectors of \(initial?.dimension ?? 0) numbers for a run of dimension \(settings.dimension)",
      file: file, line: line)
    (self.text, self.settings) = (text, settings)
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
  }

  /// The bytes that a run needs beside the text: the tables with what the method keeps of them, copies
  /// of one at the beginning and at the end, a few blocks of the text.
  ///
  /// - Parameters:
  ///   - vocabularySize: V, the number of words.
  ///   - settings: What decides the run.
  /// - Returns: The bytes, about.
  public static func expectedBytes(vocabularySize: Int, _ settings: Settings) -> Double {
    let table = 4.0 * Double(vocabularySize) * Double(settings.dimension)
    let kept = settings.method == .adam ? 3.0 : 1
    return table * (2 * kept + 3) + 200 * Double(vocabularySize) + 6e7
  }

  /// Trains.
  ///
  /// - Parameter progress: Called after each step; returns whether to go on. The vectors of a run that
  ///   is stopped are those so far.
  /// - Returns: The vectors of all words but `<unk>`, which stands for no word and is never trained.
  /// - Throws: `SamplingError` where the text gives no examples, `TrainingError` where a loss is not a
  ///   finite number, `FileError` where a text on disk cannot be read again.
  public func run(progress: (Progress) -> Bool = { _ in true }) throws -> WordVectors {
    try run(on: text, progress)
  }

  private func run(
    on text: some TextBlocks, _ progress: (Progress) -> Bool
  ) throws -> WordVectors {
    var source = try BlockBatches(
      of: text,
      BlockSettings(
        threshold: settings.subsample, maxWindow: settings.maxWindow,
        noiseWordsPerContext: settings.noiseWordsPerContext, epochs: settings.epochs,
        batchSize: settings.stepSize, seed: settings.seed))
    let zero = Embedding(weight: Tensor(repeating: 0, shape: start.weight.shape))
    let engine =
      switch settings.method {
      case .adam: FusedEngine(embedV: start, embedU: zero, threads: settings.threads)
      case .gradientDescent:
        FusedEngine(
          embedV: start, embedU: zero, optimizer: GradientDescent(), slotWeight: .full,
          threads: settings.threads)
      }
    let rate = settings.firstRate
    let trainer = Trainer(
      engine: engine, schedule: settings.isFalling ? .linear(from: rate) : .constant(rate))
    let words = Double(source.wordCount)
    // The trainer takes the source to the next minibatch before it steps on one.
    let batches = source
    let clock = ContinuousClock()
    let begin = clock.now
    try trainer.train(on: &source) { step in
      let fraction = batches.fraction
      return progress(
        Progress(
          fraction: fraction,
          epoch: min(settings.epochs, Int(fraction * Double(settings.epochs)) + 1),
          words: Int((words * fraction).rounded()), loss: step.loss / Double(step.count),
          seconds: begin.duration(to: clock.now) / .seconds(1)))
    }
    if let failure = source.failure { throw failure }
    let table = engine.embedV.weight
    return WordVectors(
      words: Array(text.vocabulary.tokens.dropFirst()),
      vectors: Tensor(
        shape: [text.vocabulary.count - 1, settings.dimension],
        values: Array(table.values[settings.dimension...])))
  }
}
