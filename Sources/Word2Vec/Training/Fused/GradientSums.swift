import CSIMD

/// Gradients by some vectors, as one half of a step leaves them to the other.
///
/// Each may be the sum of four, which as many parts of the work have added up for themselves; these
/// are added in a fixed order, so that the result does not depend on who did which part.
struct GradientSums: @unchecked Sendable {
  private let gradients: UnsafeMutablePointer<Lanes>
  private let parts: Int
  private let count: Int
  private let lanes: Int

  /// Gradients in some memory, all undefined.
  ///
  /// - Parameters:
  ///   - count: n, the number of vectors.
  ///   - lanes: The length of a vector in `Lanes`.
  ///   - parts: The parts that have sums of their own: 4 or 1.
  ///   - memory: The memory.
  init(count: Int, lanes: Int, parts: Int, in memory: GrowingBuffer<Lanes>) {
    memory.resize(to: parts * count * lanes)
    (gradients, self.count, self.lanes, self.parts) = (memory.pointer, count, lanes, parts)
  }

  /// The gradients where there is one part, from a vector on, shape (n − `first`, `lanes`).
  func from(_ first: Int) -> UnsafeMutablePointer<Lanes> { gradients + first * lanes }

  /// Sets a part's gradients to zero and returns them, shape (n, `lanes`).
  func clear(part: Int) -> UnsafeMutablePointer<Lanes> {
    let part = gradients + part * count * lanes
    part.update(repeating: .zero, count: count * lanes)
    return part
  }

  /// Prefetches the gradients by a vector.
  @inline(__always)
  func prefetch(_ vector: Int) {
    for part in 0..<parts {
      let gradient = gradients + (part &* count &+ vector) &* lanes
      for line in 0..<lanes { simd_prefetch(gradient + line) }
    }
  }

  /// Adds the gradient by a vector to `sum`, shape (`lanes`).
  @inline(__always)
  func add(_ vector: Int, to sum: UnsafeMutablePointer<Lanes>) {
    let (step, part) = (count &* lanes, gradients + vector &* lanes)
    if parts == 1 {
      for index in 0..<lanes { sum[index] += part[index] }
      return
    }
    for index in 0..<lanes {
      let even = part[index] + part[2 &* step &+ index]
      let odd = part[step &+ index] + part[3 &* step &+ index]
      sum[index] += even + odd
    }
  }
}
