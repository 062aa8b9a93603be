import CSIMD
import Foundation

/// A table with Adam's state.
///
/// A row holds a word's weights w, the decaying sums m of its gradients and the roots q of those of
/// their squares (`AdamClock` says how they are Adam's moments), each `lanes` × 16 Floats, padded
/// with zeros, q with infinity: so the padding stays, and is never a row's smallest q. Rows lie in
/// the order of `RowOrder`.
struct AdamRows: RowTable, @unchecked Sendable {
  let layout: RowLayout
  private let lanes: Int
  /// w, m and q of each row, shape (rows, 3, `lanes`).
  private let values: UnsafeMutablePointer<Lanes>
  private let states: UnsafeMutablePointer<RowState>

  /// What is noted of a row at its last gradient.
  private struct RowState: BitwiseCopyable {
    /// The gradient's step, 0 for none yet; negative once nothing more will move the row.
    var lastStep: Int32 = 0
    /// The smallest q of the row.
    var smallestRoot: Float = 0
  }

  /// Copies the weights of `embedding`; the moments begin as zero.
  init(_ embedding: Embedding) {
    layout = RowLayout(embedding)
    lanes = layout.lanes
    values = .allocateZeroed(layout.order.rowCount * lanes * 3)
    states = .allocateZeroed(layout.order.rowCount)
    for row in 0..<layout.order.rowCount {
      for lane in (layout.dimension - 1) % 16 + 1..<16 {
        weights(row)[3 * lanes - 1][lane] = .infinity
      }
    }
    setWeights(embedding)
  }

  func deallocate() {
    free(values)
    free(states)
  }

  /// The weights of a row, shape (`lanes`); m follows them, then q.
  @inline(__always)
  func weights(_ row: Int) -> UnsafeMutablePointer<Lanes> { values + row &* lanes &* 3 }

  @inline(__always)
  func prefetchWeights(_ row: Int) {
    simd_prefetch_to_write(states + row)
    prefetchToWrite(weights(row), lanes)
  }

  /// Prefetches a row's moments, which will be written.
  @inline(__always)
  func prefetchState(_ row: Int) { prefetchToWrite(weights(row) + lanes, 2 &* lanes) }

  @inline(__always)
  func prefetchToCopy(_ row: Int) {
    simd_prefetch(states + row)
    prefetch(weights(row), 3 &* lanes)
  }

  /// Moves a row's weights by the steps made since its last gradient: w −= m · Σⱼ wⱼ / (q + eⱼ).
  ///
  /// The moments stay as they were at that gradient, and so does what is noted of its step.
  @inline(__always)
  func catchUp(_ row: Int, to present: Present) {
    _ = move(row, to: present, into: weights(row))
  }

  @inline(__always)
  func copyWeights(_ row: Int, at present: Present, to copy: UnsafeMutablePointer<Lanes>) {
    if !move(row, to: present, into: copy) { copy.update(from: weights(row), count: lanes) }
  }

  func settle(_ row: Int, at present: Present) {
    let start = Int(states[row].lastStep)
    guard start > 0, present.step - start > present.horizon else { return }
    _ = move(row, to: present, into: weights(row))
    states[row].lastStep = -states[row].lastStep
  }

  /// The step of the last gradient, then w, m and q.
  var savedSize: Int { 1 + 3 * layout.dimension }

  func save(_ row: Int, to words: UnsafeMutablePointer<UInt32>) {
    words[0] = UInt32(bitPattern: states[row].lastStep)
    for vector in 0..<3 {
      UnsafeMutableRawPointer(words + 1 + vector * layout.dimension).copyMemory(
        from: weights(row) + vector * lanes, byteCount: 4 * layout.dimension)
    }
  }

  func restore(_ row: Int, from words: UnsafePointer<UInt32>, step: Int) -> Bool {
    let lastStep = Int(Int32(bitPattern: words[0]))
    // A row is moved by what the clock knows of the steps since its last gradient.
    guard lastStep > step - AdamClock.memory || lastStep <= 0, abs(lastStep) <= step else {
      return false
    }
    for vector in 0..<3 {
      UnsafeMutableRawPointer(weights(row) + vector * lanes).copyMemory(
        from: words + 1 + vector * layout.dimension, byteCount: 4 * layout.dimension)
    }
    let q = UnsafeRawPointer(weights(row) + 2 * lanes).assumingMemoryBound(to: Float.self)
    states[row] = RowState(
      lastStep: Int32(lastStep), smallestRoot: (0..<layout.dimension).map { q[$0] }.min() ?? 0)
    return true
  }

  /// Puts where a row's weights have moved since its last gradient into `moved`, which may be where
  /// they are; returns whether they have.
  @inline(__always)
  private func move(
    _ row: Int, to present: Present, into moved: UnsafeMutablePointer<Lanes>
  ) -> Bool {
    let state = states[row]
    let start = Int(state.lastStep)
    guard start > 0, start != present.step else { return false }
    let sums = present.sums(since: start)
    let w = weights(row)
    let m = w + lanes
    let q = m + lanes
    let root = state.smallestRoot + sums.shift
    guard root * root * root >= sums.skewLimit else {
      moveCarefully(row, since: start, present, into: moved)
      return true
    }
    // Where σ²/(q + ē)² < 2⁻²⁶, adding its share would change no bit.
    if sums.spread < root * root * 0x1p-26 {
      for i in 0..<lanes { moved[i] = w[i] - m[i] * (sums.total / (q[i] + sums.shift)) }
    } else {
      for i in 0..<lanes { moved[i] = w[i] - Self.closedForm(m[i], q[i], sums) }
    }
    return true
  }

  /// m · Σⱼ wⱼ / (q + eⱼ) in closed form.
  @inline(__always)
  private static func closedForm(_ m: Lanes, _ q: Lanes, _ sums: AdamClock.Sums) -> Lanes {
    let root = q + sums.shift
    let move = m * (sums.total / root)
    return move + move * (sums.spread / (root * root))
  }

  /// As `move`, for a row with a q for which the closed form may not be exact.
  @inline(never)
  private func moveCarefully(
    _ row: Int, since start: Int, _ present: Present, into moved: UnsafeMutablePointer<Lanes>
  ) {
    let w = weights(row)
    let sums = present.sums(since: start)
    for i in 0..<lanes {
      let (m, q) = (w[lanes + i], w[2 * lanes + i])
      let root = q + sums.shift
      // Nothing moves where m is zero, as in the padding.
      let isInexact = (root * root * root .< sums.skewLimit) .& (m .!= 0)
      var move = Self.closedForm(m, q, sums)
      for lane in 0..<16 where isInexact[lane] {
        move[lane] = present.move(since: start, gradients: m[lane], root: q[lane])
      }
      moved[i] = w[i] - move
    }
  }

  @inline(__always)
  func update(_ row: Int, at present: Present) -> Update { Update(row, of: self, at: present) }

  /// Adam's step on a row.
  ///
  /// With the row's last gradient k steps ago and g the new one:
  ///
  ///     m ← β₁ᵏ·m + g
  ///     q ← √(β₂ᵏ·q² + g²)
  ///     w ← w − c·η·√(1 − β₂ⁱ)/(1 − β₁ⁱ) · m / (q + e)
  ///
  /// where e is the ε/√(1 − β₂) of its place.
  struct Update: RowUpdating {
    private let w, m, q: UnsafeMutablePointer<Lanes>
    private let state: UnsafeMutablePointer<RowState>
    private let number: Int
    private let decayM, decayQ, weight, epsilon: Lanes
    private var smallest = Lanes(repeating: .infinity)

    @inline(__always)
    fileprivate init(_ row: Int, of table: AdamRows, at present: Present) {
      w = table.weights(row)
      m = w + table.lanes
      q = m + table.lanes
      state = table.states + row
      number = present.step
      let decay = present.decay(over: number &- abs(Int(state.pointee.lastStep)))
      (decayM, decayQ) = (Lanes(repeating: decay.first), Lanes(repeating: decay.second))
      (weight, epsilon) = (Lanes(repeating: present.weight), Lanes(repeating: present.epsilon))
    }

    @inline(__always)
    mutating func move(_ index: Int, by g: Lanes) {
      let old = q[index]
      let newM = m[index] * decayM + g
      let newQ = simd_square_root(old * old * decayQ + g * g)
      m[index] = newM
      q[index] = newQ
      w[index] -= (newM * weight) / (newQ + epsilon)
      smallest = simd_minimum(newQ, smallest)
    }

    @inline(__always)
    func end() {
      state.pointee = RowState(
        lastStep: Int32(truncatingIfNeeded: number), smallestRoot: simd_smallest(smallest))
    }
  }
}
