import D2L
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
    let canMoveBack = ProcessInfo.processInfo.environment["TERM"].map { $0 != "dumb" } ?? false
    isShown = !isQuiet && canMoveBack && isatty(STDERR_FILENO) == 1
    start = clock.now
    lastDrawn = start
  }

  /// Draws the bar anew, at most ten times a second.
  public mutating func update(_ history: TrainingHistory) {
    guard isShown, lastDrawn.duration(to: clock.now) > .milliseconds(100) else { return }
    lastDrawn = clock.now
    let seconds = start.duration(to: lastDrawn) / .seconds(1)
    let line = Self.line(
      history, epochs: epochs, batchesPerEpoch: batchesPerEpoch, seconds: seconds,
      columns: Self.columns)
    FileHandle.standardError.write(Data("\r\(line)\u{1B}[K".utf8))
  }

  /// Clears the line.
  public func end() {
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }

  /// The bar, in at most `columns` − 1 characters: a line that wraps could not be drawn over.
  package static func line(
    _ history: TrainingHistory, epochs: Int, batchesPerEpoch: Int, seconds: Double, columns: Int
  ) -> String {
    let done = Double(history.batchCount) / Double(epochs * batchesPerEpoch)
    let epoch = min(epochs, history.batchCount / batchesPerEpoch + 1)
    let numbers = String(
      format: "epoch %d/%d  loss %.3f  %.0f examples/s  %.0f s left", epoch, epochs,
      history.finalLoss, Double(history.exampleCount) / seconds,
      (seconds / done * (1 - done)).rounded(.up))
    let cells = min(30, columns - 2 - numbers.count)
    guard cells >= 5 else { return String(numbers.prefix(max(0, columns - 1))) }
    let filled = Int(done * Double(cells))
    return String(repeating: "█", count: filled)
      + String(repeating: "░", count: cells - filled) + " " + numbers
  }

  /// The width of the terminal (`ioctl`), 80 where it does not say.
  private static var columns: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }
}
