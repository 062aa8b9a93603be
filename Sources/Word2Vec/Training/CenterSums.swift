import CSIMD

/// What the parts of a `WordPass` leave to the `CenterPass`: each part's own sums of the gradients by
/// the examples' centre vectors, and of the losses.
///
/// They are added in a fixed order: the result does not depend on who did which part.
struct CenterSums: @unchecked Sendable {
  /// The number of parts.
  ///
  /// More would let more threads than four share a `WordPass`, and each part
  /// costs writing and reading B vectors a step.
  static let parts = 4

  private let gradients: UnsafeMutablePointer<Octet>
  private let losses: UnsafeMutablePointer<Double>
  private let examples: Int
  private let octets: Int

  /// Sums of `examples` examples and vectors of `octets` × 8 Floats, all undefined.
  ///
  /// - Parameters:
  ///   - gradients: Memory for the gradients.
  ///   - losses: Memory for the losses.
  init(
    examples: Int, octets: Int, gradients: GrowingBuffer<Octet>, losses: GrowingBuffer<Double>
  ) {
    gradients.resize(to: Self.parts * examples * octets)
    losses.resize(to: Self.parts)
    (self.gradients, self.losses) = (gradients.pointer, losses.pointer)
    (self.examples, self.octets) = (examples, octets)
  }

  /// Sets a part's gradients to zero and returns them by example, shape (B, `octets`).
  func clear(part: Int) -> UnsafeMutablePointer<Octet> {
    let count = examples * octets
    let part = gradients + part * count
    part.update(repeating: .zero, count: count)
    return part
  }

  /// Takes a part's sum of the losses.
  func setLoss(_ loss: Double, part: Int) { losses[part] = loss }

  /// The sum of the losses.
  var loss: Double { (0..<Self.parts).reduce(0) { $0 + losses[$1] } }

  /// Asks for the memory of the gradients by an example's centre vector.
  @inline(__always)
  func prefetch(example: Int) {
    for part in 0..<Self.parts {
      let gradient = gradients + (part &* examples &+ example) &* octets
      for line in 0...octets / 2 { simd_prefetch(gradient + 2 &* line) }
    }
  }

  /// Adds the gradient by an example's centre vector to `sum`, shape (`octets`).
  @inline(__always)
  func add(example: Int, to sum: UnsafeMutablePointer<Octet>) {
    let count = examples &* octets
    let part = gradients + example &* octets
    for octet in 0..<octets {
      let even = part[octet] + part[2 &* count &+ octet]
      let odd = part[count &+ octet] + part[3 &* count &+ octet]
      sum[octet] += even + odd
    }
  }
}
