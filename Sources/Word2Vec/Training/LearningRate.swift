/// How the learning rate goes over a run.
public enum LearningRate: Sendable, Equatable {
  /// It stays.
  case constant(Double)
  /// It falls in a straight line from its first value to nothing at the end of the run.
  case linear(from: Double)

  /// The rate of a step.
  ///
  /// - Parameter fraction: How much of the run is done before the step, 0…1.
  /// - Returns: The step size η.
  public func rate(at fraction: Double) -> Double {
    switch self {
    case .constant(let rate): rate
    case .linear(let first): first * (1 - fraction)
    }
  }
}
