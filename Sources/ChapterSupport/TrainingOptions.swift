import ArgumentParser
import Foundation
import Word2Vec

/// The options of a training run, for every chapter that trains.
public struct TrainingOptions: ParsableArguments {
  /// Passes over the examples.
  @Option(help: "Passes over the examples.")
  public var epochs = 5

  /// Adam's step size.
  @Option(name: .customLong("lr"), help: "Adam's step size.")
  public var learningRate = 0.002

  /// How the step size goes over the run.
  @Option(name: .customLong("lr-decay"), help: "The step size stays (none) or falls (linear).")
  public var decay = TrainingSettings.Decay.none

  /// Examples in a minibatch.
  @Option(help: "Examples in a minibatch.")
  public var batchSize = 512

  /// The length of a word vector.
  @Option(help: "The length of a word vector.")
  public var embedSize = 100

  /// The widest window.
  @Option(help: "The widest window; each centre word's is drawn from 1 to this.")
  public var maxWindow = 5

  /// Noise words for each context word.
  @Option(help: "Noise words for each context word.")
  public var noiseWords = 5

  /// Whether windows and noise words are drawn anew at each use.
  @Flag(help: "Draw windows and noise words anew at each use.")
  public var resample = false

  /// The seed of both random streams.
  @Option(help: "The seed of both random streams.")
  public var seed: UInt64 = 2_465_463_373

  /// Threads; the result does not depend on their number.
  @Option(help: "Threads; the result does not depend on them. (default: the processors)")
  public var threads = ProcessInfo.processInfo.activeProcessorCount

  /// The engine.
  @Option(help: "fused (fast) or reference (the definition).")
  public var engine = TrainingSettings.Engine.fused

  /// Creates the document's options.
  public init() {}

  /// Refuses values that no run can have.
  public func validate() throws {
    for (name, value) in [
      ("epochs", epochs), ("batch-size", batchSize), ("embed-size", embedSize),
      ("max-window", maxWindow), ("noise-words", noiseWords), ("threads", threads),
    ] where value < 1 {
      throw ValidationError("--\(name) is \(value); give 1 or more.")
    }
    guard learningRate.isFinite, learningRate > 0 else {
      throw ValidationError("--lr is \(learningRate); give a finite number above 0.")
    }
  }

  /// The settings that the options stand for.
  public var settings: TrainingSettings {
    var settings = TrainingSettings()
    settings.epochs = epochs
    settings.learningRate = learningRate
    settings.decay = decay
    settings.batchSize = batchSize
    settings.embedSize = embedSize
    settings.maxWindow = maxWindow
    settings.noiseWords = noiseWords
    settings.resample = resample
    settings.seed = seed
    settings.engine = engine
    settings.threads = threads
    return settings
  }
}

extension TrainingSettings.Engine: ExpressibleByArgument {}
extension TrainingSettings.Decay: ExpressibleByArgument {}
