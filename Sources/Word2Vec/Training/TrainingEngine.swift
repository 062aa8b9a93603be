/// What takes training steps: it owns the two tables and moves them, one minibatch at a time.
public protocol TrainingEngine: AnyObject {
  /// Takes one step and returns the sum of the examples' losses before it.
  func step(_ batch: MiniBatch) -> Double

  /// Adam's step size from the next step on.
  var learningRate: Double { get set }

  /// The vectors of words as centres, weight (V, d).
  var embedV: Embedding { get }

  /// The vectors of words as contexts, weight (V, d).
  var embedU: Embedding { get }
}
