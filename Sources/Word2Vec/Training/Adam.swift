import PortableMath

/// The Adam optimiser of one table, dense: every weight moves at every step.
///
/// With the gradient g at step t,
///
///     m ← m + (1 − β₁)(g − m)
///     v ← β₂ v + (1 − β₂) g²
///     w ← w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
///
/// The corrections 1 − βᵗ undo the bias towards the zeros at which m and v begin. Their powers are
/// taken in Double, and all else is in Float, which is the arithmetic of `torch.optim.Adam`.
///
/// Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015; ε and the order of
/// the operations are PyTorch's.
public struct Adam: Sendable {
  /// The step size η.
  public var learningRate: Double
  /// The decay of the gradient's running mean, β₁.
  public let beta1: Double
  /// The decay of the squared gradient's running mean, β₂.
  public let beta2: Double
  /// The term ε that keeps the denominator from zero.
  public let epsilon: Double
  /// The number of steps taken, t.
  public private(set) var stepCount = 0

  /// The gradient's running mean m, one number for each weight.
  public private(set) var firstMoment: [Float]
  /// The squared gradient's running mean v, one number for each weight.
  public private(set) var secondMoment: [Float]

  /// Creates the state of `count` weights, all moments zero.
  ///
  /// - Parameters:
  ///   - count: The number of weights.
  ///   - learningRate: η, finite and not negative.
  ///   - beta1: β₁ in 0 ..< 1.
  ///   - beta2: β₂ in 0 ..< 1.
  ///   - epsilon: ε, not negative.
  public init(
    count: Int, learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8
  ) {
    precondition(count >= 0, "an optimiser of \(count) weights")
    precondition(
      learningRate.isFinite && learningRate >= 0, "learning rate \(learningRate), expected >= 0")
    precondition(
      (0..<1).contains(beta1) && (0..<1).contains(beta2) && epsilon >= 0,
      "beta1 \(beta1), beta2 \(beta2), epsilon \(epsilon): expected 0 ..< 1, 0 ..< 1, >= 0")
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    firstMoment = [Float](repeating: 0, count: count)
    secondMoment = [Float](repeating: 0, count: count)
  }

  /// Moves the weights one step against their gradient.
  ///
  /// - Parameters:
  ///   - weights: The table to move, as many weights as the state has.
  ///   - gradient: The gradient of the loss, one number for each weight.
  /// - Complexity: O(weights).
  public mutating func step(_ weights: inout [Float], gradient: [Float]) {
    let count = firstMoment.count
    precondition(
      weights.count == count && gradient.count == count,
      "the state of \(count) weights met \(weights.count) weights, \(gradient.count) derivatives")
    stepCount += 1
    let rates = Rates(
      toMean: Float(1 - beta1), decay: Float(beta2), toSquare: Float(1 - beta2),
      correction: Float((1 - power(beta2, stepCount)).squareRoot()),
      epsilon: Float(epsilon),
      size: Float(learningRate / (1 - power(beta1, stepCount))))
    firstMoment.withUnsafeMutableBufferPointer { m in
      secondMoment.withUnsafeMutableBufferPointer { v in
        weights.withUnsafeMutableBufferPointer { w in
          gradient.withUnsafeBufferPointer { g in
            guard let m = m.baseAddress, let v = v.baseAddress, let w = w.baseAddress,
              let g = g.baseAddress
            else { return }
            rates.move(w, against: g, m, v, count)
          }
        }
      }
    }
  }
}

/// The numbers of one step that are the same for all weights.
private struct Rates {
  let toMean: Float  // 1 − β₁
  let decay: Float  // β₂
  let toSquare: Float  // 1 − β₂
  let correction: Float  // √(1 − β₂ᵗ)
  let epsilon: Float  // ε
  let size: Float  // η / (1 − β₁ᵗ)

  func move(
    _ w: UnsafeMutablePointer<Float>, against g: UnsafePointer<Float>,
    _ m: UnsafeMutablePointer<Float>, _ v: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    for i in 0..<count {
      m[i] += toMean * (g[i] - m[i])
      v[i] = decay * v[i] + toSquare * g[i] * g[i]
      w[i] -= size * m[i] / (v[i].squareRoot() / correction + epsilon)
    }
  }
}
