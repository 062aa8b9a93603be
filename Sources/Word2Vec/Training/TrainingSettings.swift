import Foundation

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

  /// The number of passes over the examples.
  public var epochs = 5
  /// Adam's step size.
  public var learningRate = 0.002
  /// How the step size goes over the run.
  public var decay = Decay.none
  /// The number of examples in a minibatch.
  public var batchSize = 512
  /// d: the length of a word vector.
  public var embedSize = 100
  /// The widest window; each centre word's is drawn from 1 to this.
  public var maxWindow = 5
  /// K: noise words for each context word.
  public var noiseWords = 5
  /// What the context words' vectors are before the first step.
  public var contextStart = ContextStart.xavier
  /// Whether windows and noise words are drawn anew at each use.
  public var resample = false
  /// Whether the text is subsampled anew for each epoch; for examples that are drawn anew.
  public var resubsample = false
  /// Seeds Python's and PyTorch's streams; the default is the seed behind the document's arrays.
  public var seed: UInt64 = 2_465_463_373
  /// The engine.
  public var engine = Engine.fused
  /// How many threads share the work; the result does not depend on it.
  public var threads = ProcessInfo.processInfo.activeProcessorCount

  /// The document's settings.
  public init() {}
}
