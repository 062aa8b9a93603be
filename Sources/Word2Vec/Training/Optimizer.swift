/// How weights are moved against their gradients: a value that both engines take.
///
/// Adam and plain gradient descent are here. Another one needs `makeState` and runs in
/// `ReferenceEngine`; `FusedEngine`, whose rows are laid out for their optimiser, takes these two.
public protocol Optimizer: Sendable {
  /// Creates the state of a table, before its first step.
  ///
  /// - Parameter count: The number of weights.
  /// - Returns: The state.
  func makeState(count: Int) -> any OptimizerState
}

/// What an optimiser keeps of a table from step to step.
public protocol OptimizerState: Sendable {
  /// Moves all weights one step against their gradient.
  ///
  /// - Parameters:
  ///   - weights: The table, as many weights as the state was made for.
  ///   - gradient: The gradient of the loss, one number for each weight.
  ///   - learningRate: The step size η.
  mutating func step(_ weights: inout [Float], gradient: [Float], learningRate: Double)
}

/// How much a slot of an example counts in the gradient.
public enum SlotWeight: String, Sendable, CaseIterable {
  /// One by the number of the example's slots: its gradient is that of their mean loss.
  case mean
  /// Fully: the example's gradient is that of the sum of their losses, as in word2vec.c.
  case full
}
