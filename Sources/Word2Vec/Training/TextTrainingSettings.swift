extension TextTraining {
  /// How weights are moved.
  public enum OptimizerName: String, Sendable, CaseIterable {
    /// Adam.
    case adam
    /// Plain gradient descent in which a slot counts fully, as in word2vec.c.
    case gradientDescent = "sgd"
  }

  /// What decides a run.
  ///
  /// The defaults are those with which vectors soon are good (Benchmarks/settings.md): Adam with a rate that
  /// falls needs fewer passes than word2vec.c's descent.
  public struct Settings: Sendable, Equatable {
    /// d: the numbers of a vector.
    public var dimension = 100
    /// Passes over the text; open by default.
    public var epochs: Int?
    /// The relative frequency from which words are thinned out, anew for each epoch; 0 keeps all; open
    /// by default.
    public var subsample: Double?
    /// The widest window; each centre word's is drawn from 1 to this.
    public var maxWindow = 5
    /// K: noise words for each context word.
    public var noiseWordsPerContext = 5
    /// How many examples of a step, neighbours in the text, share their noise words: one of
    /// `BatchOutline.noiseSharings`; open by default.
    ///
    /// The more, the less time a pass takes; 1 leaves out noise words that are among an example's
    /// context words, and takes the examples in an order of their own.
    public var noiseSharing: Int?
    /// How weights are moved.
    public var optimizer = OptimizerName.adam
    /// The first step size; open by default.
    public var learningRate: Double?
    /// Whether the step size falls in a straight line to nothing.
    public var isFalling = true
    /// The examples of a step; open by default.
    public var batchSize: Int?
    /// The key of all that is drawn.
    public var seed: UInt64 = 1
    /// How many threads share the work; the result does not depend on it.
    public var threads = availableProcessorCount

    /// The defaults.
    public init() {}
  }

  /// What settings leave open, chosen for a text (Benchmarks/settings.md).
  public struct Choices: Sendable, Equatable {
    /// As many passes as go through 60 million words, but 2 or more, and 20 at most.
    public let epochs: Int
    /// 10⁻⁴; 10⁻³ for a text of less than 10 million words, of which too little would be left.
    public let subsample: Double
    /// 64; 1 with gradient descent, and where there are so few different words (1,000) that a noise
    /// word would often be a context word.
    public let noiseSharing: Int
    /// 1,024, or 512 where noise words are not shared; 64 with gradient descent, whose sum over a
    /// word's examples must stay small.
    public let batchSize: Int
    /// 0.005, or 0.004 where noise words are not shared; 0.025 with gradient descent.
    public let learningRate: Double

    /// Chooses.
    ///
    /// - Parameters:
    ///   - settings: What is not open there stays as it is.
    ///   - words: The words of the text.
    ///   - differentWords: How many of them are different.
    public init(_ settings: Settings, words: Int, differentWords: Int) {
      let (words, isAdam) = (max(1, words), settings.optimizer == .adam)
      epochs = settings.epochs ?? max(2, min(20, (60_000_000 + words - 1) / words))
      subsample = settings.subsample ?? (words < 10_000_000 ? 1e-3 : 1e-4)
      noiseSharing = settings.noiseSharing ?? (isAdam && differentWords >= 1000 ? 64 : 1)
      batchSize = settings.batchSize ?? (!isAdam ? 64 : noiseSharing > 1 ? 1024 : 512)
      learningRate = settings.learningRate ?? (!isAdam ? 0.025 : noiseSharing > 1 ? 0.005 : 0.004)
    }

    /// Chooses for a text.
    init(_ settings: Settings, _ text: any TextBlocks) {
      self.init(settings, words: text.tokenCount, differentWords: text.vocabulary.count)
    }
  }
}
