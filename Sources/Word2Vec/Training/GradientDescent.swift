import Files

/// Plain gradient descent: w ← w − η·g.
///
/// - Source: word2vec.c and gensim, there with `SlotWeight.full` and a learning rate that falls.
public struct GradientDescent: Optimizer, Equatable {
  /// Creates the optimiser; the learning rate is the engine's.
  public init() {}

  /// Creates the state of a table: there is nothing to keep but the number of weights.
  public func makeState(count: Int) -> any OptimizerState { State(count: count) }

  private struct State: OptimizerState {
    let count: Int

    mutating func step(_ weights: inout [Float], gradient: [Float], learningRate: Double) {
      require(
        weights.count == count && gradient.count == count,
        "the state of \(count) weights met \(weights.count) weights, \(gradient.count) derivatives")
      let rate = Float(learningRate)
      for i in weights.indices { weights[i] -= rate * gradient[i] }
    }
  }
}

extension GradientDescent: RowOptimizer {
  /// Rows of weights alone.
  var rowUpdate: RowUpdate { RowUpdate { DescentClock() } }
}
