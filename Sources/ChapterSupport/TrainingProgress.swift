import D2L
import Foundation
import ProgramSupport

/// A progress bar for a training run: epoch, loss, examples a second, time left.
public struct TrainingProgress {
  private let epochs: Int
  private let batchesPerEpoch: Int
  private let examplesBefore: Int
  private let isQuiet: Bool
  private var bar: ProgressBar
  private let clock = Stopwatch()
  private var isForecast = false
  private let before: Double

  /// Creates a bar for a run that begins now.
  ///
  /// - Parameters:
  ///   - epochs: The epochs of the run.
  ///   - batchesPerEpoch: The minibatches of an epoch.
  ///   - isQuiet: Whether to show nothing on a terminal either.
  ///   - history: What another program has done of the run.
  public init(
    epochs: Int, batchesPerEpoch: Int, isQuiet: Bool = false, after history: TrainingHistory? = nil
  ) {
    self.epochs = epochs
    self.batchesPerEpoch = batchesPerEpoch
    examplesBefore = history?.exampleCount ?? 0
    let done = Double(history?.batchCount ?? 0) / Double(epochs * batchesPerEpoch)
    (self.isQuiet, before) = (isQuiet, done)
    bar = ProgressBar(isQuiet: isQuiet, before: done)
  }

  /// Draws the bar anew, at most ten times a second; says once how long a run of minutes will take.
  public mutating func update(_ history: TrainingHistory) {
    if !isForecast, clock.seconds > 1 {
      isForecast = true
      let rest = clock.seconds * (1 - before) / (fraction(of: history) - before)
      if rest > 120, !isQuiet { note(String(format: "time: about %.0f minutes", rest / 60)) }
    }
    let run = self
    bar.update(fraction(of: history)) { run.text(history, seconds: $0) }
  }

  /// Clears the line.
  public func end() { bar.end() }

  /// How much of the run is done.
  package func fraction(of history: TrainingHistory) -> Double {
    Double(history.batchCount) / Double(epochs * batchesPerEpoch)
  }

  /// What stands beside the bar.
  package func text(_ history: TrainingHistory, seconds: Double) -> String {
    String(
      format: "epoch %d/%d  loss %.3f  %.0f examples/s",
      min(epochs, history.batchCount / batchesPerEpoch + 1), epochs, history.finalLoss,
      Double(history.exampleCount - examplesBefore) / seconds)
  }
}
