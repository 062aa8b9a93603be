import Foundation

/// A line on a terminal's stderr that shows how far a run is; silent in a pipe.
public struct ProgressBar {
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant

  /// How much was done when the bar was made.
  private let before: Double

  /// Creates a bar for a run that begins now.
  ///
  /// - Parameters:
  ///   - isQuiet: Whether to show nothing on a terminal either.
  ///   - before: How much of the run was done by another program.
  public init(isQuiet: Bool = false, before: Double = 0) {
    self.before = before
    let canMoveBack = ProcessInfo.processInfo.environment["TERM"].map { $0 != "dumb" } ?? false
    isShown = !isQuiet && canMoveBack && isatty(STDERR_FILENO) == 1
    start = clock.now
    lastDrawn = start
  }

  /// Draws the bar anew, at most ten times a second.
  ///
  /// - Parameters:
  ///   - fraction: How much of the run is done, 0…1.
  ///   - text: What to say beside the bar, by the seconds since the run began.
  public mutating func update(_ fraction: Double, _ text: (_ seconds: Double) -> String) {
    guard isShown, lastDrawn.duration(to: clock.now) > .milliseconds(100) else { return }
    lastDrawn = clock.now
    let seconds = start.duration(to: lastDrawn) / .seconds(1)
    let line = Self.line(
      fraction, text(seconds), seconds: seconds, before: before, columns: Self.columns)
    _ = writeAll("\r\(line)\u{1B}[K", to: STDERR_FILENO)
  }

  /// Clears the line.
  public func end() {
    if isShown { _ = writeAll("\r\u{1B}[K", to: STDERR_FILENO) }
  }

  /// The bar, the text and the time left, in at most `columns` − 1 characters: a line that wraps
  /// could not be drawn over.
  package static func line(
    _ fraction: Double, _ text: String, seconds: Double, before: Double = 0, columns: Int
  ) -> String {
    let done = min(1, max(0, fraction))
    let left = (seconds / (done - before) * (1 - done)).rounded(.up)
    let text = done > before ? text + String(format: "  %.0f s left", left) : text
    let cells = min(30, columns - 2 - text.count)
    guard cells >= 5 else { return String(text.prefix(max(0, columns - 1))) }
    let filled = Int(done * Double(cells))
    return String(repeating: "█", count: filled)
      + String(repeating: "░", count: cells - filled) + " " + text
  }

  /// The width of the terminal (`ioctl`), 80 where it does not say.
  private static var columns: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }
}
