import ArgumentParser
import D2L
import Foundation
import ProgramSupport
import Word2Vec

/// The options of a training run, for every chapter that trains.
public struct TrainingOptions: ParsableArguments {
  /// Passes over the examples.
  @Option(parsing: .unconditional, help: "Passes over the examples.")
  public var epochs = 5

  /// Adam's step size.
  @Option(name: .customLong("lr"), parsing: .unconditional, help: "Adam's step size.")
  public var learningRate = 0.002

  /// How the step size goes over the run.
  @Option(name: .customLong("lr-decay"), help: "The step size stays (none) or falls (linear).")
  public var decay = TrainingSettings.Decay.none

  /// Examples in a minibatch.
  @Option(parsing: .unconditional, help: "Examples in a minibatch.")
  public var batchSize = 512

  /// The length of a word vector.
  @Option(parsing: .unconditional, help: "The length of a word vector.")
  public var embedSize = 100

  /// The widest window.
  @Option(
    parsing: .unconditional,
    help: "The widest window; each centre word's is drawn from 1 to this.")
  public var maxWindow = 5

  /// Noise words for each context word.
  @Option(parsing: .unconditional, help: "Noise words for each context word.")
  public var noiseWords = 5

  /// What the context words' vectors begin as.
  @Option(help: "The context words' vectors begin as Xavier's draws (xavier) or as zero.")
  public var contextStart = TrainingSettings.ContextStart.xavier

  /// Whether windows and noise words are drawn anew at each use.
  @Flag(help: "Draw windows and noise words anew at each use.")
  public var resample = false

  /// Whether the text is subsampled anew for each epoch.
  @Flag(help: "With --resample: subsample the text anew for each epoch, too.")
  public var resubsample = false

  /// Whose program is run.
  @Option(help: "The document's tab: pytorch, mxnet, or both, one after the other.")
  public var tab = TabChoice.pytorch

  /// The seed of MXNet's own stream.
  @Option(
    parsing: .unconditional,
    help: "With --tab mxnet: the seed of MXNet's weights; 0 is MXNet's own default.")
  public var weightsSeed: UInt32 = 0

  /// The seed of both random streams.
  @Option(parsing: .unconditional, help: "The seed of both random streams, 0 or more.")
  public var seed = TrainingSettings.publishedSeed

  /// Threads; the result does not depend on their number.
  @Option(
    parsing: .unconditional, help: "Threads; the result does not depend on their number.")
  public var threads = availableProcessorCount

  /// The engine.
  @Option(help: "fused (fast) or reference (the definition).")
  public var engine = TrainingSettings.Engine.fused

  /// Creates the document's options.
  public init() {}

  /// Refuses values that no run can have.
  public func validate() throws {
    for (name, value, greatest) in [
      ("epochs", epochs, 1_000_000), ("batch-size", batchSize, 1_000_000_000),
      ("embed-size", embedSize, 1_000_000_000), ("max-window", maxWindow, 1_000_000),
      ("noise-words", noiseWords, 1_000_000), ("threads", threads, 1024),
    ] where !(1...greatest ~= value) {
      throw ValidationError("--\(name) is \(value); give a whole number from 1 to \(greatest).")
    }
    guard learningRate.isFinite, 1e-30...1e30 ~= learningRate else {
      throw ValidationError("--lr is \(learningRate); give a finite number above 0, such as 0.002.")
    }
    let greatestSeed = tabs.map(\.greatestSeed).min() ?? .max
    guard seed <= greatestSeed else {
      throw ValidationError(
        "--seed is \(seed); NumPy, which shuffles with --tab \(tab), takes 0 to \(greatestSeed).")
    }
    guard resample || !resubsample else {
      throw ValidationError("--resubsample goes with --resample; give both.")
    }
  }

  /// Checks that a run on this corpus fits into the memory that the process may take.
  ///
  /// - Parameters:
  ///   - corpus: The text.
  ///   - minFreq: The minimum count that it was read with.
  /// - Throws: `ChapterError.tooLarge`.
  public func checkMemory(_ corpus: Corpus, minFreq: Int = 10) throws {
    let (forecast, available) = (
      MemoryForecast(corpus, settings, runs: tabs.count), AvailableMemory.now
    )
    let needed = available.needed(forecast.bytes, threads: threads)
    guard needed < Double(available.bytes) else {
      throw ChapterError.tooLarge(
        needed: UInt64(min(needed, 1e18)), available: available,
        advice: forecast.advice(self, minFreq: minFreq))
    }
  }

  /// The tabs whose programs are run, in their order.
  public var tabs: [Tab] { tab.tabs }

  /// The settings that the options stand for, of the first tab.
  public var settings: TrainingSettings { settings(of: tabs[0]) }

  /// The settings that the options stand for in a tab.
  public func settings(of tab: Tab) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.epochs = epochs
    settings.learningRate = learningRate
    settings.decay = decay
    settings.batchSize = batchSize
    settings.dimension = embedSize
    settings.maxWindow = maxWindow
    settings.noiseWordsPerContext = noiseWords
    settings.contextStart = contextStart
    settings.sampling = resubsample ? .anewWithText : resample ? .anew : .once
    settings.tab = tab
    settings.seed = seed
    settings.weightsSeed = weightsSeed
    settings.engine = engine
    settings.threads = threads
    return settings
  }
}

/// One of the document's tabs, or both.
public enum TabChoice: String, Sendable, CaseIterable, ExpressibleByArgument {
  /// The PyTorch program.
  case pytorch
  /// The MXNet program.
  case mxnet
  /// One after the other.
  case both

  /// The tabs, in their order.
  public var tabs: [Tab] {
    switch self {
    case .pytorch: [.pytorch]
    case .mxnet: [.mxnet]
    case .both: [.pytorch, .mxnet]
    }
  }
}

extension Tab: ExpressibleByArgument {}
extension TrainingSettings.Engine: ExpressibleByArgument {}
extension TrainingSettings.Decay: ExpressibleByArgument {}
extension TrainingSettings.ContextStart: ExpressibleByArgument {}
