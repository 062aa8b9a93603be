/// The seconds since it was made.
public struct Stopwatch: Sendable {
  private let start = ContinuousClock().now

  /// Starts a watch.
  public init() {}

  /// The seconds since then.
  public var seconds: Double { start.duration(to: ContinuousClock().now) / .seconds(1) }
}
