import Word2Vec

/// What decides a training run, with the document's values.
public struct TrainingSettings: Sendable, Equatable {
  /// What the context words' vectors are before the first step.
  public enum ContextStart: String, Sendable, CaseIterable {
    /// Xavier's draws, as in the document.
    case xavier
    /// Zero, as in word2vec.c and gensim.
    case zero
  }

  /// Which engine makes the steps.
  public enum Engine: String, Sendable, CaseIterable {
    /// The fast one, the default.
    case fused
    /// The definition, to read and to compare with.
    case reference
  }

  /// How the learning rate goes over a run.
  public enum Decay: String, Sendable, CaseIterable {
    /// It stays, as in the document.
    case none
    /// It falls in a straight line to nothing after the last step.
    case linear
  }

  /// When examples are drawn.
  public enum Sampling: Sendable {
    /// Before the first epoch, as in the document.
    case once
    /// Windows and noise words at each use.
    case anew
    /// Windows and noise words at each use, from a text subsampled for each epoch.
    case anewWithText
  }

  /// The seed behind the document's published arrays.
  public static let publishedSeed: UInt64 = 2_465_463_373

  /// Whose program is run.
  public var tab = Tab.pytorch
  /// Whose initial weights it begins with; nil for the tab's own.
  public var weights: Tab?
  /// Whose generator draws the orders of its epochs; nil for the tab's own.
  public var orders: Tab?
  /// What moves its weights; nil for the tab's Adam.
  public var optimizer: Adam?
  /// The number of passes over the examples.
  public var epochs = 5
  /// Adam's step size.
  public var learningRate = 0.002
  /// How the step size goes over the run.
  public var decay = Decay.none
  /// The number of examples in a minibatch.
  public var batchSize = 512
  /// d: the length of a word vector.
  public var dimension = 100
  /// The widest window; each centre word's is drawn from 1 to this.
  public var maxWindow = 5
  /// K: noise words for each context word.
  public var noiseWordsPerContext = 5
  /// What the context words' vectors are before the first step.
  public var contextStart = ContextStart.xavier
  /// When examples are drawn.
  public var sampling = Sampling.once
  /// Seeds Python's stream and PyTorch's, or NumPy's in the MXNet tab.
  public var seed = TrainingSettings.publishedSeed
  /// Seeds the stream of MXNet's weights, in its tab; 0 is what MXNet takes where nobody seeds it.
  public var weightsSeed: UInt32 = 0
  /// The engine.
  public var engine = Engine.fused
  /// How many threads share the work; the result does not depend on it.
  public var threads = availableProcessorCount

  /// The document's settings.
  public init() {}

  /// Whether a run with these settings is one of the document's, in either tab and with any seed.
  public var areTheDocuments: Bool {
    var other = TrainingSettings()
    (other.tab, other.seed, other.weightsSeed) = (tab, seed, weightsSeed)
    (other.engine, other.threads) = (engine, threads)
    return self == other
  }
}
