import CSIMD
import Foundation

/// An embedding table with Adam's state, whose rows are brought up to date when they are needed.
///
/// Weights, first moments m and roots q = √v of the second moments lie in rows of `blocks` × 16
/// Floats, padded with zeros. Rows may be worked on by several threads at once, each row by one.
/// The functions on rows are given `blocks` by the caller, who may know it as a constant.
struct LazyAdamTable: @unchecked Sendable {
  /// V: the number of rows.
  let rowCount: Int
  /// d: the length of a row without its padding.
  let width: Int
  /// The length of a padded row in units of 16.
  let blocks: Int

  /// The weights, shape (V, `blocks`).
  let weights: UnsafeMutablePointer<Lanes>
  /// m and q of each row, shape (V, 2, `blocks`).
  let moments: UnsafeMutablePointer<Lanes>
  /// The step of each row's last gradient, 0 for none.
  private let lastStep: UnsafeMutablePointer<Int32>

  /// Copies the weights of `embedding`; the moments begin as zero.
  init(_ embedding: Embedding) {
    (rowCount, width) = (embedding.tokenCount, embedding.dimension)
    blocks = (width + 15) / 16
    weights = .allocateZeroed(rowCount * blocks)
    moments = .allocateZeroed(rowCount * blocks * 2)
    lastStep = .allocateZeroed(rowCount)
    embedding.weight.values.withUnsafeBufferPointer { values in
      for row in 0..<rowCount {
        let target = UnsafeMutableRawPointer(weights + row &* blocks)
        for column in 0..<width {
          let value = values[row * width + column]
          target.storeBytes(of: value, toByteOffset: 4 * column, as: Float.self)
        }
      }
    }
  }

  /// Frees the memory.
  func deallocate() {
    free(weights)
    free(moments)
    free(lastStep)
  }

  /// Asks for the memory of a row, whose weights other threads may have read.
  @inline(__always)
  func prefetch(_ row: Int, blocks: Int) {
    for block in 0..<blocks { simd_prefetch_to_write(weights + row &* blocks + block) }
    for block in 0..<2 &* blocks { simd_prefetch(moments + row &* blocks &* 2 + block) }
  }

  /// Asks for the memory of a row, if `catchUp` has anything to do on it.
  @inline(__always)
  func prefetchForCatchUp(_ row: Int, to schedule: LazyAdamSchedule.Present, blocks: Int) {
    if lastStep[row] != 0, lastStep[row] != schedule.step { prefetch(row, blocks: blocks) }
  }

  /// Moves a row's weights by the steps made since its last gradient: w −= m · Σⱼ wⱼ / (q + eⱼ).
  ///
  /// The moments stay as they were at that gradient.
  @inline(__always)
  func catchUp(_ row: Int, to schedule: LazyAdamSchedule.Present, blocks: Int) {
    move(row, to: schedule, blocks: blocks, into: weights + row &* blocks)
  }

  /// The weights of all rows as of now, shape (V, d).
  ///
  /// The table is left as it is.
  func embedding(at schedule: LazyAdamSchedule.Present) -> Embedding {
    let now = UnsafeMutablePointer<Lanes>.allocateZeroed(blocks)
    defer { free(now) }
    var values: [Float] = []
    values.reserveCapacity(rowCount * width)
    for row in 0..<rowCount {
      now.update(from: weights + row &* blocks, count: blocks)
      move(row, to: schedule, blocks: blocks, into: now)
      for column in 0..<width { values.append(now[column / 16][column % 16]) }
    }
    return Embedding(weight: Tensor(shape: [rowCount, width], values: values))
  }

  /// Subtracts from `w` what a row's weights have moved since its last gradient.
  @inline(__always)
  private func move(
    _ row: Int, to schedule: LazyAdamSchedule.Present, blocks: Int,
    into w: UnsafeMutablePointer<Lanes>
  ) {
    let start = Int(lastStep[row])
    guard start != 0, start != schedule.step else { return }
    let sums = schedule.sums[start]
    let m = moments + row &* blocks &* 2
    let q = m + blocks
    for block in 0..<blocks {
      let root = q[block] + sums.shift
      let excess = root * root * root - sums.skewLimit  // below zero: too small a q
      let still = -simd_maximum(m[block], -m[block])  // zero where nothing moves, as in the padding
      if simd_any_negative(simd_where_negative(still, excess, .zero)) {
        w[block] -= slowMove(m[block], q[block], since: start, schedule)
      } else {
        let inverse = 1 / root
        let change = m[block] * (sums.total * inverse)
        w[block] -= change + change * (sums.spread * (inverse * inverse))
      }
    }
  }

  /// The move of sixteen weights, term by term.
  @inline(never)
  private func slowMove(
    _ m: Lanes, _ q: Lanes, since start: Int, _ schedule: LazyAdamSchedule.Present
  ) -> Lanes {
    var move = Lanes.zero
    for lane in 0..<16 where m[lane] != 0 {
      move[lane] = schedule.move(since: start, firstMoment: m[lane], root: q[lane])
    }
    return move
  }

  /// Makes Adam's step on a row that `catchUp` has brought to the step before.
  ///
  /// With the row's last gradient k steps ago and g the new one:
  ///
  ///     m ← β₁ᵏ·m + (1 − β₁)·g
  ///     q ← √(β₂ᵏ·q² + (1 − β₂)·g²)
  ///     w ← w − η·√(1 − β₂ⁱ)/(1 − β₁ⁱ) · m / (q + ε·√(1 − β₂ⁱ))
  ///
  /// - Parameter gradient: The row's gradient, `blocks` × 16 Floats, zero in the padding.
  @inline(__always)
  func update(
    _ row: Int, gradient: UnsafePointer<Lanes>, at schedule: LazyAdamSchedule.Present, blocks: Int
  ) {
    let elapsed = schedule.step - Int(lastStep[row])
    let decay = schedule.decays[elapsed]
    let w = weights + row &* blocks
    let m = moments + row &* blocks &* 2
    let q = m + blocks
    let (decayM, decayV) = (Lanes(repeating: decay.first), Lanes(repeating: decay.second))
    let (weight, epsilon) = (Lanes(repeating: schedule.weight), Lanes(repeating: schedule.epsilon))
    let shareM = Lanes(repeating: Float(1 - LazyAdamSchedule.beta1))
    let shareV = Lanes(repeating: Float(1 - LazyAdamSchedule.beta2))
    for block in 0..<blocks {
      let newM = m[block] * decayM + gradient[block] * shareM
      let (old, new) = (q[block] * q[block], gradient[block] * gradient[block])
      let newQ = simd_square_root(old * decayV + new * shareV)
      m[block] = newM
      q[block] = newQ
      w[block] -= (newM * weight) / (newQ + epsilon)
    }
    lastStep[row] = Int32(truncatingIfNeeded: schedule.step)
  }
}
