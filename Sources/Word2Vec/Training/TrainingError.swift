/// Why a run cannot begin or go on.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// An epoch has fewer than five minibatches; the document's curve has five points an epoch.
  case tooFewMinibatches(corpus: String, examples: Int, batchSize: Int)
  /// The loss is no longer a number.
  case notFinite(step: Int)

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .tooFewMinibatches(let corpus, let examples, let batchSize):
      "\(corpus): \(examples) examples make fewer than five minibatches of \(batchSize); give a "
        + "longer text or a --batch-size of at most \(max(1, examples / 5))."
    case .notFinite(let step):
      "The loss is not a finite number after step \(step); give a smaller --lr."
    }
  }
}
