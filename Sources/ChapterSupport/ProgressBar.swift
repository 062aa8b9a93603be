import Foundation
import Word2Vec

/// A line on a terminal's stderr that shows how far a run is; silent in a pipe.
public struct ProgressBar {
  private let epochs: Int
  private let batchesPerEpoch: Int
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant

  /// Creates a bar for a run of `epochs` epochs.
  ///
  /// - Parameters:
  ///   - epochs: The epochs of the run.
  ///   - batchesPerEpoch: The minibatches of an epoch.
  ///   - isQuiet: Whether to show nothing on a terminal either.
  public init(epochs: Int, batchesPerEpoch: Int, isQuiet: Bool = false) {
    self.epochs = epochs
    self.batchesPerEpoch = batchesPerEpoch
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    start = clock.now
    lastDrawn = start
  }

  /// Draws the bar anew, at most ten times a second.
  public mutating func update(_ history: TrainingHistory) {
    guard isShown, lastDrawn.duration(to: clock.now) > .milliseconds(100) else { return }
    lastDrawn = clock.now
    let seconds = start.duration(to: lastDrawn) / .seconds(1)
    let done = Double(history.batchCount) / Double(epochs * batchesPerEpoch)
    let cells = Int(done * 30)
    let bar = String(repeating: "█", count: cells) + String(repeating: "░", count: 30 - cells)
    let epoch = min(epochs, history.batchCount / batchesPerEpoch + 1)
    let line = String(
      format: "\r%@ epoch %d/%d  loss %.3f  %.0f examples/s  %.1f s left\u{1B}[K", bar as NSString,
      epoch, epochs, history.finalLoss, Double(history.exampleCount) / seconds,
      seconds / done * (1 - done))
    FileHandle.standardError.write(Data(line.utf8))
  }

  /// Clears the line.
  public func end() {
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
