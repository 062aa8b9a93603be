/// Why a run cannot go on.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The loss is no longer a number after this step, the first being 1.
  case notFinite(step: Int)
  /// So many steps were made that one more could not be numbered.
  case tooManySteps(Int)

  /// There are no minibatches, or they ended before the run did.
  case examples(SamplingError)
  /// There is no checkpoint of this run to go on from.
  case checkpoint(FileError)

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .examples(let error):
      error.description
    case .checkpoint(let error):
      error.description
    case .notFinite(let step):
      "The loss is not a finite number after step \(step); give a smaller learning rate."
    case .tooManySteps(let count):
      "\(count) steps are as many as a run can have; save the vectors and begin a run from them."
    }
  }
}
