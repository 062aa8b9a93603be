import Files
import PortableMath

/// What a row of dense Adam does while its gradient is zero, in closed form.
///
/// Adam's moments are (1 − β₁)·m and (1 − β₂)·q², where m = Σₖ β₁ᵏ·g and q² = Σₖ β₂ᵏ·g² sum the
/// gradients g of k steps ago. Dense Adam moves every row on every step. A row whose last gradient
/// came at step s moves at step s + j by
///
///     −η·(1 − β₁)β₁ʲm / (1 − β₁ˢ⁺ʲ) / (√((1 − β₂)β₂ʲ)·q / √(1 − β₂ˢ⁺ʲ) + ε)  =  −m · wⱼ / (q + eⱼ),
///     wⱼ = c·(β₁/√β₂)ʲ·η·√(1 − β₂ˢ⁺ʲ) / (1 − β₁ˢ⁺ʲ),    c = (1 − β₁) / √(1 − β₂),
///     eⱼ = √(1 − β₂ˢ⁺ʲ) / √β₂ʲ · ε / √(1 − β₂).
///
/// A gradient factor f divides ε, as m and q are of the gradients without it; where ε is added to
/// the uncorrected root, eⱼ is without the factor √(1 − β₂ˢ⁺ʲ).
///
/// The sum over j does not depend on the row but through m and q. The eⱼ lie close together about
/// their mean ē (weighted by wⱼ, whose sum is W and about which their variance is σ²), so
///
///     Σⱼ wⱼ / (q + eⱼ)  =  W/(q + ē) · (1 + σ²/(q + ē)² + O(third moment / (q + ē)³)),
///
/// which is exact to Float where (q + ē)³ is at least 2²³ times the third moment and σ³
/// (`skewLimit`); below it the terms are added one by one. A term counts for about 200 steps
/// ((β₁/√β₂)²²⁰ < 10⁻¹⁰ for the usual values), so one step costs that many additions, however many
/// rows there are.
///
/// What is known of a step is kept for `memory` steps. Rows that have sat out half of them are moved
/// to where they stay (`RowTable.settle`) before it is forgotten.
///
/// - Source: Kingma and Ba 2014, algorithm 1 and the end of section 2, for the places of ε.
final class AdamClock: RowClock, @unchecked Sendable {
  /// For how many steps a step is remembered; a power of two.
  static let memory = 1 << 14

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

    /// Whether further steps change nothing.
    var isOver: Bool { first == 0 && second == .leastNormalMagnitude }
  }

  /// A step's factors: c·η·√(1 − β₂ⁱ)/(1 − β₁ⁱ) and the ε/√(1 − β₂) of its place.
  struct Rate {
    var weight: Double
    var epsilon: Double
  }

  /// The number of steps begun.
  private(set) var step = 0
  private let adam: Adam
  /// How many steps a zero gradient's move is followed.
  let horizon: Int
  /// The sums up to an even step and up to an odd one: those of the step before stay readable.
  private let sums = [GrowingBuffer<Sums>(), GrowingBuffer<Sums>()]
  /// By the number of steps, up to where they no longer change.
  private let decays = GrowingBuffer<Decay>()
  private let rates = GrowingBuffer<Rate>()
  /// (β₁/√β₂)ʲ and 1/√β₂ʲ by j.
  private let ratios = GrowingBuffer<Rate>()
  /// Moments 0 to 3 of eⱼ under the weights wⱼ, by the step of the last gradient.
  private let moments = GrowingBuffer<SIMD4<Double>>()

  init(_ adam: Adam) {
    self.adam = adam
    let (first, second) = (adam.beta1, adam.beta2.squareRoot())
    var horizon = 1
    while power(first / second, horizon) >= 1e-10 { horizon += 1 }
    self.horizon = horizon
    require(
      4 * horizon <= Self.memory, "beta1 \(adam.beta1) is too near to √beta2 for FusedEngine")
    for j in 0...horizon {
      ratios.append(Rate(weight: power(first / second, j), epsilon: power(1 / second, j)))
    }
    for buffer in sums { buffer.resize(to: Self.memory) }
    rates.resize(to: Self.memory)
    moments.resize(to: Self.memory)
    begin(Rate(weight: 0, epsilon: 0))
  }

  func makeRows(_ embedding: Embedding) -> AdamRows { AdamRows(embedding) }

  func advance(learningRate: Double) {
    step += 1
    let root = ((1 - power(adam.beta2, step)) / (1 - adam.beta2)).squareRoot()
    let share = (1 - adam.beta1) / (1 - power(adam.beta1, step))
    let epsilon = adam.epsilon / adam.gradientFactor
    let corrected = adam.epsilonPlace == .corrected
    begin(
      Rate(
        weight: learningRate * share * root,
        epsilon: corrected ? epsilon * root : epsilon / (1 - adam.beta2).squareRoot()))
  }

  private func begin(_ rate: Rate) {
    let place = Self.place(step)
    rates.pointer[place] = rate
    moments.pointer[place] = .zero
    for sums in sums { sums.pointer[place] = Sums() }
    while decays.count <= step, decays.elements.last?.isOver != true {
      let count = decays.count
      decays.append(
        Decay(
          first: Float(power(adam.beta1, count)),
          second: max(Float(power(adam.beta2, count)), .leastNormalMagnitude)))
    }
  }

  var optimizer: String {
    "Adam, beta1 \(adam.beta1), beta2 \(adam.beta2), epsilon \(adam.epsilon) "
      + "\(adam.epsilonPlace), gradient factor \(adam.gradientFactor)"
  }

  /// The factors of the steps that are remembered, the oldest first, two numbers a step.
  var memory: [Double] {
    (max(0, step - Self.memory + 1)...step).flatMap { step in
      let rate = rates.pointer[Self.place(step)]
      return [rate.weight, rate.epsilon]
    }
  }

  /// Makes the steps again that are remembered: what they add to the sums is in the same order.
  func restore(step: Int, memory: [Double]) -> Bool {
    let count = min(step + 1, Self.memory)
    guard step >= 0, memory.count == 2 * count else { return false }
    for index in 0..<count {
      self.step = step - count + 1 + index
      begin(Rate(weight: memory[2 * index], epsilon: memory[2 * index + 1]))
      close()
    }
    return true
  }

  /// Where a step is remembered.
  @inline(__always)
  fileprivate static func place(_ step: Int) -> Int { step & (memory - 1) }

  /// Adds this step's terms to the sums of all rows that may sit it out.
  func close() {
    let (sums, moments) = (sums[step % 2].pointer, moments.pointer)
    let rate = rates.pointer[Self.place(step)]
    for start in max(0, step - horizon)..<step {
      let (place, ratio) = (Self.place(start), ratios.pointer[step - start])
      let weight = rate.weight * ratio.weight
      let e = rate.epsilon * ratio.epsilon
      moments[place] += weight * SIMD4(1, e, e * e, e * e * e)
      sums[place] = Sums(moments[place])
    }
    // The last of the terms went to the other buffer.
    let settled = step - horizon - 1
    if settled >= 0 { sums[Self.place(settled)] = Sums(moments[Self.place(settled)]) }
  }

  /// What the rows need to know of the step begun last; its sums are there when it is closed.
  ///
  /// By plain pointers, which are valid until the next `advance`.
  var present: AdamRows.Present { present(at: step) }

  /// What the rows need to know of the step before the one begun last; valid until the next
  /// `advance`.
  var previous: AdamRows.Present { present(at: step - 1) }

  var needsSweep: Bool { step % (Self.memory / 2) == 0 }

  private func present(at step: Int) -> AdamRows.Present {
    let rate = rates.pointer[Self.place(step)]
    return AdamRows.Present(
      step: step, horizon: horizon, weight: Float(rate.weight), epsilon: Float(rate.epsilon),
      sums: sums[step % 2].pointer, decays: decays.elements, rates: rates.pointer,
      ratios: ratios.pointer)
  }
}

extension AdamRows {
  /// The schedule at one step.
  struct Present: @unchecked Sendable {
    /// The number of steps made.
    let step: Int
    /// How many steps a zero gradient's move is followed.
    let horizon: Int
    /// c·η·√(1 − β₂ⁱ)/(1 − β₁ⁱ).
    let weight: Float
    /// The ε/√(1 − β₂) of its place.
    let epsilon: Float
    fileprivate let sums: UnsafePointer<AdamClock.Sums>
    fileprivate let decays: UnsafeBufferPointer<AdamClock.Decay>
    fileprivate let rates: UnsafePointer<AdamClock.Rate>
    fileprivate let ratios: UnsafePointer<AdamClock.Rate>

    /// The sums of rows whose last gradient came at step `start`, within the clock's memory.
    @inline(__always)
    func sums(since start: Int) -> AdamClock.Sums { sums[AdamClock.place(start)] }

    /// The decay over some steps.
    @inline(__always)
    func decay(over steps: Int) -> AdamClock.Decay { decays[min(steps, decays.count &- 1)] }

    /// How far a weight has moved since step `start`, term by term, for any m and q.
    func move(since start: Int, gradients m: Float, root q: Float) -> Float {
      var sum = 0.0
      for j in stride(from: min(step - start, horizon), through: 1, by: -1) {
        let rate = rates[AdamClock.place(start + j)]
        sum += rate.weight * ratios[j].weight / (Double(q) + rate.epsilon * ratios[j].epsilon)
      }
      return Float(Double(m) * sum)
    }
  }
}

extension AdamClock.Sums {
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
