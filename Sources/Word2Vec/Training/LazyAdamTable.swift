import CSIMD
import Foundation

/// An embedding table with Adam's state, whose rows are brought up to date when they are needed.
///
/// A row holds a word's weights w, its first moments m and the roots q = √v of its second moments,
/// each `blocks` × 16 Floats, padded with zeros; rows lie in the order of `RowOrder`. They may be
/// worked on by several threads at once, each row by one.
struct LazyAdamTable: @unchecked Sendable {
  /// V: the number of words.
  let vocabularySize: Int
  /// d: the length of a vector without its padding.
  let width: Int
  /// The length of a padded vector in units of 16.
  let blocks: Int
  /// Where the words' rows lie.
  let order: RowOrder

  /// w, m and q of each row, shape (rows, 3, `blocks`).
  private let values: UnsafeMutablePointer<Lanes>
  private let states: UnsafeMutablePointer<RowState>
  /// Infinite in the padding of a row's last block, zero elsewhere.
  private let padding: Lanes

  /// What is noted of a row at its last gradient.
  private struct RowState: BitwiseCopyable {
    /// The gradient's step, 0 for none yet.
    var lastStep: Int32 = 0
    /// The smallest q of the row, padding left out.
    var smallestRoot: Float = 0
  }

  /// Copies the weights of `embedding`; the moments begin as zero.
  init(_ embedding: Embedding) {
    (vocabularySize, width) = (embedding.tokenCount, embedding.dimension)
    blocks = (width + 15) / 16
    order = RowOrder(vocabularySize: vocabularySize)
    values = .allocateZeroed(order.rowCount * blocks * 3)
    states = .allocateZeroed(order.rowCount)
    var padding = Lanes.zero
    for lane in (width - 1) % 16 + 1..<16 { padding[lane] = .infinity }
    self.padding = padding
    embedding.weight.values.withUnsafeBufferPointer { weights in
      for word in 0..<vocabularySize {
        let row = UnsafeMutableRawBufferPointer(
          start: self.weights(order.row(of: word)), count: 4 * width)
        row.copyMemory(
          from: UnsafeRawBufferPointer(
            UnsafeBufferPointer(rebasing: weights[word * width..<(word + 1) * width])))
      }
    }
  }

  /// Frees the memory.
  func deallocate() {
    free(values)
    free(states)
  }

  /// The weights of a row, shape (`blocks`); m follows them, then q.
  @inline(__always)
  func weights(_ row: Int) -> UnsafeMutablePointer<Lanes> { values + row &* blocks &* 3 }

  /// Asks for the memory of a row's weights, which will be written.
  @inline(__always)
  func prefetchWeights(_ row: Int) {
    for block in 0..<blocks { simd_prefetch_to_write(weights(row) + block) }
  }

  /// Asks for the memory of a row's moments, which will be written.
  @inline(__always)
  func prefetchMoments(_ row: Int) {
    for block in blocks..<3 &* blocks { simd_prefetch_to_write(weights(row) + block) }
  }

  /// Asks for the memory of a row that will be written.
  @inline(__always)
  func prefetch(_ row: Int) {
    prefetchWeights(row)
    prefetchMoments(row)
  }

  /// Moves a row's weights by the steps made since its last gradient: w −= m · Σⱼ wⱼ / (q + eⱼ).
  ///
  /// The moments stay as they were at that gradient, and so does what is noted of its step: `update`
  /// must follow before another `catchUp`.
  @inline(__always)
  func catchUp(_ row: Int, to schedule: LazyAdamSchedule.Present) {
    move(row, to: schedule, into: weights(row))
  }

  /// Copies a row's weights as of now; the table is left as it is.
  @inline(__always)
  func copyWeights(
    _ row: Int, at schedule: LazyAdamSchedule.Present, to copy: UnsafeMutablePointer<Lanes>
  ) {
    copy.update(from: weights(row), count: blocks)
    move(row, to: schedule, into: copy)
  }

  /// The weights of all words as of now, shape (V, d).
  ///
  /// The table is left as it is.
  func embedding(at schedule: LazyAdamSchedule.Present) -> Embedding {
    let now = UnsafeMutablePointer<Lanes>.allocateZeroed(blocks)
    defer { free(now) }
    let floats = UnsafeRawPointer(now).assumingMemoryBound(to: Float.self)
    var weights: [Float] = []
    weights.reserveCapacity(vocabularySize * width)
    for word in 0..<vocabularySize {
      copyWeights(order.row(of: word), at: schedule, to: now)
      weights.append(contentsOf: UnsafeBufferPointer(start: floats, count: width))
    }
    return Embedding(weight: Tensor(shape: [vocabularySize, width], values: weights))
  }

  /// Subtracts from `w` what a row's weights have moved since its last gradient.
  @inline(__always)
  private func move(
    _ row: Int, to schedule: LazyAdamSchedule.Present, into w: UnsafeMutablePointer<Lanes>
  ) {
    let state = states[row]
    let start = Int(state.lastStep)
    guard start != 0, start != schedule.step else { return }
    let sums = schedule.sums[start]
    let m = weights(row) + blocks
    let q = m + blocks
    let root = state.smallestRoot + sums.shift
    guard root * root * root >= sums.skewLimit else {
      return moveCarefully(m, q, since: start, schedule, into: w)
    }
    for block in 0..<blocks { w[block] -= Self.closedForm(m[block], q[block], sums) }
  }

  /// m · Σⱼ wⱼ / (q + eⱼ) in closed form.
  @inline(__always)
  private static func closedForm(_ m: Lanes, _ q: Lanes, _ sums: LazyAdamSchedule.Sums) -> Lanes {
    let inverse = 1 / (q + sums.shift)
    let move = m * (sums.total * inverse)
    return move + move * (sums.spread * (inverse * inverse))
  }

  /// As `move`, for a row with a q for which the closed form may not be exact.
  @inline(never)
  private func moveCarefully(
    _ m: UnsafePointer<Lanes>, _ q: UnsafePointer<Lanes>, since start: Int,
    _ schedule: LazyAdamSchedule.Present, into w: UnsafeMutablePointer<Lanes>
  ) {
    let sums = schedule.sums[start]
    for block in 0..<blocks {
      let root = q[block] + sums.shift
      let excess = root * root * root - sums.skewLimit  // below zero: too small a q
      let still = -simd_maximum(m[block], -m[block])  // zero where nothing moves, as in the padding
      let isExact = !simd_any_negative(simd_where_negative(still, excess, .zero))
      w[block] -=
        isExact
        ? Self.closedForm(m[block], q[block], sums)
        : slowMove(m[block], q[block], since: start, schedule)
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
    _ row: Int, gradient: UnsafePointer<Lanes>, at schedule: LazyAdamSchedule.Present
  ) {
    let elapsed = schedule.step - Int(states[row].lastStep)
    let decay = schedule.decays[elapsed]
    let w = weights(row)
    let m = w + blocks
    let q = m + blocks
    let (decayM, decayV) = (Lanes(repeating: decay.first), Lanes(repeating: decay.second))
    let (weight, epsilon) = (Lanes(repeating: schedule.weight), Lanes(repeating: schedule.epsilon))
    let shareM = Lanes(repeating: Float(1 - LazyAdamSchedule.beta1))
    let shareV = Lanes(repeating: Float(1 - LazyAdamSchedule.beta2))
    var smallest = Lanes(repeating: .infinity)
    for block in 0..<blocks {
      let newM = m[block] * decayM + gradient[block] * shareM
      let (old, new) = (q[block] * q[block], gradient[block] * gradient[block])
      let newQ = simd_square_root(old * decayV + new * shareV)
      m[block] = newM
      q[block] = newQ
      w[block] -= (newM * weight) / (newQ + epsilon)
      smallest = simd_minimum(smallest, block == blocks &- 1 ? newQ + padding : newQ)
    }
    states[row] = RowState(
      lastStep: Int32(truncatingIfNeeded: schedule.step), smallestRoot: simd_smallest(smallest))
  }
}
