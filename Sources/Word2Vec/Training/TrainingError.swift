/// Why a run cannot go on.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The loss is no longer a number after this step, the first being 1.
  case notFinite(step: Int)
  /// So many steps were made that one more could not be numbered.
  case tooManySteps(Int)

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .notFinite(let step):
      "The loss is not a finite number after step \(step); give a smaller learning rate."
    case .tooManySteps(let count):
      "\(count) steps are as many as a run can have; save the vectors and begin a run from them."
    }
  }
}
