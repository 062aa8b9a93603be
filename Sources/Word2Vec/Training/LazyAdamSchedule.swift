import PortableMath

/// What a row of dense Adam does while its gradient is zero, in closed form.
///
/// Adam's moments are (1 − β₁)·m and (1 − β₂)·q², where m = Σₖ β₁ᵏ·g and q² = Σₖ β₂ᵏ·g² sum the
/// gradients g of k steps ago. PyTorch's Adam moves every row on every step. A row whose last
/// gradient came at step s moves at step s + j by
///
///     −η·(1 − β₁)β₁ʲm / (1 − β₁ˢ⁺ʲ) / (√((1 − β₂)β₂ʲ)·q / √(1 − β₂ˢ⁺ʲ) + ε)  =  −m · wⱼ / (q + eⱼ),
///     wⱼ = c·(β₁/√β₂)ʲ·η·√(1 − β₂ˢ⁺ʲ) / (1 − β₁ˢ⁺ʲ),    c = (1 − β₁) / √(1 − β₂),
///     eⱼ = √(1 − β₂ˢ⁺ʲ) / √β₂ʲ · ε / √(1 − β₂).
///
/// The sum over j does not depend on the row but through m and q. The eⱼ lie close together about
/// their mean ē (weighted by wⱼ, whose sum is W and about which their variance is σ²), so
///
///     Σⱼ wⱼ / (q + eⱼ)  =  W/(q + ē) · (1 + σ²/(q + ē)² + O(third moment / (q + ē)³)),
///
/// which is exact to Float where (q + ē)³ is at least 2²³ times the third moment and σ³
/// (`skewLimit`); below it the terms are added one by one. A term counts for about 200 steps
/// (0.9²²⁰ < 10⁻¹⁰), so one step costs that many additions, however many rows there are.
///
/// - Source: Kingma and Ba 2014, algorithm 1; `torch.optim.Adam` for the place of ε.
final class LazyAdamSchedule: @unchecked Sendable {
  static let beta1 = 0.9
  static let beta2 = 0.999
  static let epsilon = 1e-8
  /// How many steps a zero gradient's move is followed.
  static let horizon = 220

  /// The sums for rows whose last gradient came at one step.
  struct Sums {
    /// W, ē, σ², and the (q + ē)³ from which the closed form is exact to Float.
    var total: Float = 0
    var shift: Float = 1
    var spread: Float = 0
    var skewLimit: Float = 0
  }

  /// β₁ᵏ and β₂ᵏ for one k, the latter above 0: an infinite q stays so.
  struct Decay {
    var first: Float
    var second: Float
  }

  /// A step's factors: c·η·√(1 − β₂ⁱ)/(1 − β₁ⁱ) and √(1 − β₂ⁱ)·ε/√(1 − β₂).
  struct Rate {
    var weight: Double
    var epsilon: Double
  }

  /// The number of steps made.
  private(set) var step = 0
  /// The sums up to an even step and up to an odd one: those of the step before stay readable.
  private let sums = [GrowingBuffer<Sums>(), GrowingBuffer<Sums>()]
  private let decays = GrowingBuffer<Decay>()
  private let rates = GrowingBuffer<Rate>()
  /// (β₁/√β₂)ʲ and 1/√β₂ʲ by j.
  private let ratios = GrowingBuffer<Rate>()
  /// Moments 0 to 3 of eⱼ under the weights wⱼ, by the step of the last gradient.
  private let moments = GrowingBuffer<SIMD4<Double>>()

  init() {
    let (first, second) = (Self.beta1, Self.beta2.squareRoot())
    for j in 0...Self.horizon {
      ratios.append(Rate(weight: power(first / second, j), epsilon: power(1 / second, j)))
    }
    begin(Rate(weight: 0, epsilon: 0))
  }

  /// Begins the next step, made with learning rate η.
  func advance(learningRate: Double) {
    step += 1
    let root = ((1 - power(Self.beta2, step)) / (1 - Self.beta2)).squareRoot()
    let share = (1 - Self.beta1) / (1 - power(Self.beta1, step))
    begin(Rate(weight: learningRate * share * root, epsilon: Self.epsilon * root))
  }

  private func begin(_ rate: Rate) {
    rates.append(rate)
    decays.append(
      Decay(
        first: Float(power(Self.beta1, step)),
        second: max(Float(power(Self.beta2, step)), .leastNormalMagnitude)))
    for sums in sums { sums.append(Sums()) }
    moments.append(.zero)
  }

  /// Adds this step's terms to the sums of all rows that may sit it out.
  func close() {
    let sums = sums[step % 2].pointer
    for start in max(0, step - Self.horizon)..<step {
      let ratio = ratios.pointer[step - start]
      let weight = rates.pointer[step].weight * ratio.weight
      let e = rates.pointer[step].epsilon * ratio.epsilon
      moments.pointer[start] += weight * SIMD4(1, e, e * e, e * e * e)
      sums[start] = Sums(moments.pointer[start])
    }
    // The last of the terms went to the other buffer.
    let settled = step - Self.horizon - 1
    if settled >= 0 { sums[settled] = Sums(moments.pointer[settled]) }
  }

  /// What the rows need to know of the step begun last; its sums are there when it is closed.
  ///
  /// By plain pointers, which are valid until the next `advance`.
  var present: Present { present(at: step) }

  /// What the rows need to know of the step before the one begun last; valid until the next
  /// `advance`.
  var previous: Present { present(at: step - 1) }

  private func present(at step: Int) -> Present {
    let rate = rates.pointer[step]
    return Present(
      step: step, weight: Float(rate.weight), epsilon: Float(rate.epsilon),
      sums: sums[step % 2].pointer, decays: decays.pointer, rates: rates.pointer,
      ratios: ratios.pointer)
  }
}

extension LazyAdamSchedule {
  /// The schedule at one step.
  struct Present: @unchecked Sendable {
    /// The number of steps made.
    let step: Int
    /// c·η·√(1 − β₂ⁱ)/(1 − β₁ⁱ).
    let weight: Float
    /// √(1 − β₂ⁱ)·ε/√(1 − β₂).
    let epsilon: Float
    /// The sums by the step of a row's last gradient.
    let sums: UnsafePointer<Sums>
    /// The decays by the number of steps.
    let decays: UnsafePointer<Decay>
    fileprivate let rates: UnsafePointer<Rate>
    fileprivate let ratios: UnsafePointer<Rate>

    /// How far a weight has moved since step `start`, term by term, for any m and q.
    func move(since start: Int, gradients m: Float, root q: Float) -> Float {
      var sum = 0.0
      for j in stride(from: min(step - start, horizon), through: 1, by: -1) {
        let rate = rates[start + j]
        sum += rate.weight * ratios[j].weight / (Double(q) + rate.epsilon * ratios[j].epsilon)
      }
      return Float(Double(m) * sum)
    }
  }
}

extension LazyAdamSchedule.Sums {
  /// The sums from the moments 0 to 3 of eⱼ under the weights wⱼ.
  init(_ moments: SIMD4<Double>) {
    guard moments[0] > 0 else {
      self.init()
      return
    }
    let mean = moments[1] / moments[0]
    let variance = max(0, moments[2] / moments[0] - mean * mean)
    let third = abs(moments[3] / moments[0] - 3 * mean * variance - mean * mean * mean)
    // Where the third moment is zero by chance, σ³ stands for the fourth.
    let skew = max(third, variance * variance.squareRoot())
    self.init(
      total: Float(moments[0]), shift: Float(mean), spread: Float(variance),
      skewLimit: Float(skew * 0x1p23))
  }
}
