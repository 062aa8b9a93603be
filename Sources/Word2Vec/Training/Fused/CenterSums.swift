import CSIMD

/// What the parts of a `WordPass` leave to the `CenterPass`: each part's own sums of the gradients by
/// the examples' centre vectors, and of the losses.
///
/// They are added in a fixed order: the result does not depend on who did which part.
struct CenterSums: @unchecked Sendable {
  /// The number of parts of a `WordPass`; an `ExamplePass` has its sums for itself.
  ///
  /// More would let more threads than four share a `WordPass`, and each part
  /// costs writing and reading B vectors a step.
  static let parts = 4

  private let gradients: UnsafeMutablePointer<Lanes>
  private let losses: UnsafeMutablePointer<Double>
  private let lossCount: Int
  private let parts: Int
  private let examples: Int
  private let lanes: Int

  /// Sums of `examples` examples and vectors of `lanes` × 16 Floats, all undefined.
  ///
  /// - Parameters:
  ///   - examples: B, the number of examples.
  ///   - lanes: The length of a vector.
  ///   - parts: The parts that have sums of their own: 4 or 1.
  ///   - lossCount: How many sums of losses there are.
  ///   - gradients: Memory for the gradients.
  ///   - losses: Memory for the losses.
  init(
    examples: Int, lanes: Int, parts: Int, lossCount: Int, gradients: GrowingBuffer<Lanes>,
    losses: GrowingBuffer<Double>
  ) {
    gradients.resize(to: parts * examples * lanes)
    losses.resize(to: lossCount)
    (self.parts, self.lossCount) = (parts, lossCount)
    (self.gradients, self.losses) = (gradients.pointer, losses.pointer)
    (self.examples, self.lanes) = (examples, lanes)
  }

  /// The gradients where there is one part, by example, shape (B, `lanes`).
  var all: UnsafeMutablePointer<Lanes> { gradients }

  /// Sets a part's gradients to zero and returns them by example, shape (B, `lanes`).
  func clear(part: Int) -> UnsafeMutablePointer<Lanes> {
    let count = examples * lanes
    let part = gradients + part * count
    part.update(repeating: .zero, count: count)
    return part
  }

  /// Takes a part's sum of the losses.
  func setLoss(_ loss: Double, part: Int) { losses[part] = loss }

  /// The sum of the losses.
  var loss: Double { (0..<lossCount).reduce(0) { $0 + losses[$1] } }

  /// Prefetches the gradients by an example's centre vector.
  @inline(__always)
  func prefetch(example: Int) {
    for part in 0..<parts {
      let gradient = gradients + (part &* examples &+ example) &* lanes
      for line in 0..<lanes { simd_prefetch(gradient + line) }
    }
  }

  /// Adds the gradient by an example's centre vector to `sum`, shape (`lanes`).
  @inline(__always)
  func add(example: Int, to sum: UnsafeMutablePointer<Lanes>) {
    let count = examples &* lanes
    let part = gradients + example &* lanes
    if parts == 1 {
      for index in 0..<lanes { sum[index] += part[index] }
      return
    }
    for index in 0..<lanes {
      let even = part[index] + part[2 &* count &+ index]
      let odd = part[count &+ index] + part[3 &* count &+ index]
      sum[index] += even + odd
    }
  }
}
