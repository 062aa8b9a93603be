import Files
import PortableMath

/// The Adam optimiser, dense: every weight moves at every step.
///
/// With the gradient g times the gradient factor f at step t,
///
///     m ← m + (1 − β₁)(f·g − m)
///     v ← β₂ v + (1 − β₂) (f·g)²
///     w ← w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)       `EpsilonPlace.corrected`
///     w ← w − η / (1 − β₁ᵗ) · m / ((√v + ε) / √(1 − β₂ᵗ))     `EpsilonPlace.uncorrected`
///
/// The corrections 1 − βᵗ undo the bias towards the zeros at which m and v begin. Their powers are
/// taken in Double, and all else is in Float.
///
/// - Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015; ε is added to the
///   corrected root in its algorithm 1, to the uncorrected one at the end of its section 2.
public struct Adam: Optimizer, Equatable {
  /// What ε is added to.
  ///
  /// - Source: `torch.optim.Adam` for the corrected root, MXNet's `adam_update` for the other.
  public enum EpsilonPlace: String, Sendable, CaseIterable {
    /// The bias-corrected root.
    case corrected
    /// The root as it is.
    case uncorrected
  }

  /// The decay of the gradient's running mean, β₁.
  public let beta1: Double
  /// The decay of the squared gradient's running mean, β₂.
  public let beta2: Double
  /// The term ε that keeps the denominator from zero.
  public let epsilon: Double
  /// What ε is added to.
  public let epsilonPlace: EpsilonPlace
  /// The factor f on the gradient, which matters only beside ε.
  public let gradientFactor: Double

  /// Describes the optimiser; the learning rate is the engine's.
  ///
  /// - Parameters:
  ///   - beta1: β₁ in 0 ..< 1, less than √β₂.
  ///   - beta2: β₂ in 0 ..< 1.
  ///   - epsilon: ε, above 0.
  ///   - epsilonPlace: What ε is added to.
  ///   - gradientFactor: f, above 0.
  ///   - file: The caller's file, for the sentence where a number is outside its range.
  ///   - line: The caller's line.
  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    epsilonPlace: EpsilonPlace = .corrected, gradientFactor: Double = 1,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      (0..<1).contains(beta2) && beta1 >= 0 && beta1 < beta2.squareRoot() && epsilon > 0
        && gradientFactor > 0,
      "beta1 \(beta1), beta2 \(beta2), epsilon \(epsilon), gradientFactor \(gradientFactor): "
        + "expected 0 ..< √beta2, 0 ..< 1, > 0, > 0", file: file, line: line)
    (self.beta1, self.beta2) = (beta1, beta2)
    (self.epsilon, self.epsilonPlace) = (epsilon, epsilonPlace)
    self.gradientFactor = gradientFactor
  }

  /// Creates the state of a table, all moments zero.
  public func makeState(count: Int) -> any OptimizerState { State(adam: self, count: count) }

  /// The moments of a table.
  private struct State: OptimizerState {
    let adam: Adam
    var stepCount = 0
    var firstMoment: [Float]
    var secondMoment: [Float]

    init(adam: Adam, count: Int) {
      self.adam = adam
      firstMoment = [Float](repeating: 0, count: count)
      secondMoment = [Float](repeating: 0, count: count)
    }

    mutating func step(_ weights: inout [Float], gradient: [Float], learningRate: Double) {
      let count = firstMoment.count
      require(
        weights.count == count && gradient.count == count,
        "the state of \(count) weights met \(weights.count) weights, \(gradient.count) derivatives")
      stepCount += 1
      let rates = Rates(adam, step: stepCount, learningRate: learningRate)
      firstMoment.withUnsafeMutableBufferPointer { m in
        secondMoment.withUnsafeMutableBufferPointer { v in
          weights.withUnsafeMutableBufferPointer { w in
            gradient.withUnsafeBufferPointer { g in
              for i in 0..<count { rates.move(&w[i], against: g[i], &m[i], &v[i]) }
            }
          }
        }
      }
    }
  }

  /// The numbers of one step that are the same for all weights.
  private struct Rates {
    let factor, toMean, decay, toSquare, correction, epsilon, size: Float

    init(_ adam: Adam, step: Int, learningRate: Double) {
      let root = (1 - power(adam.beta2, step)).squareRoot()
      let size = learningRate / (1 - power(adam.beta1, step))
      (factor, epsilon) = (Float(adam.gradientFactor), Float(adam.epsilon))
      (toMean, decay, toSquare) = (
        Float(1 - adam.beta1), Float(adam.beta2), Float(1 - adam.beta2)
      )
      switch adam.epsilonPlace {
      case .corrected: (correction, self.size) = (Float(root), Float(size))
      case .uncorrected: (correction, self.size) = (1, Float(size * root))
      }
    }

    @inline(__always)
    func move(_ w: inout Float, against gradient: Float, _ m: inout Float, _ v: inout Float) {
      let g = factor * gradient
      m += toMean * (g - m)
      v = decay * v + toSquare * g * g
      w -= size * m / (v.squareRoot() / correction + epsilon)
    }
  }
}

extension Adam: RowOptimizer {
  /// Rows of weights and moments that are brought up to date when they are needed.
  var rowUpdate: RowUpdate { RowUpdate { AdamClock(self) } }
}
