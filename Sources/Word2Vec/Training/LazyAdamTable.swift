import CSIMD
import Foundation

/// An embedding table with Adam's state, whose rows are brought up to date when they are needed.
///
/// A row holds a word's weights w, the decaying sums m of its gradients and the roots q of those of
/// their squares (`LazyAdamSchedule` says how they are Adam's moments), each `octets` × 8 Floats,
/// padded with zeros, q with infinity: so the padding stays, and is never a row's smallest q. Rows
/// lie in the order of `RowOrder`. They may be worked on by several threads at once, each row by one.
struct LazyAdamTable: @unchecked Sendable {
  /// V: the number of words.
  let vocabularySize: Int
  /// d: the length of a vector without its padding.
  let width: Int
  /// The length of a padded vector in units of 8.
  let octets: Int
  /// Where the words' rows lie.
  let order: RowOrder

  /// w, m and q of each row, shape (rows, 3, `octets`).
  private let values: UnsafeMutablePointer<Octet>
  private let states: UnsafeMutablePointer<RowState>

  /// What is noted of a row at its last gradient.
  private struct RowState: BitwiseCopyable {
    /// The gradient's step, 0 for none yet.
    var lastStep: Int32 = 0
    /// The smallest q of the row.
    var smallestRoot: Float = 0
  }

  /// Copies the weights of `embedding`; the moments begin as zero.
  init(_ embedding: Embedding) {
    (vocabularySize, width) = (embedding.tokenCount, embedding.dimension)
    octets = (width + 7) / 8
    order = RowOrder(vocabularySize: vocabularySize)
    values = .allocateZeroed(order.rowCount * octets * 3)
    states = .allocateZeroed(order.rowCount)
    for row in 0..<order.rowCount {
      for lane in (width - 1) % 8 + 1..<8 { weights(row)[3 * octets - 1][lane] = .infinity }
    }
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

  /// The weights of a row, shape (`octets`); m follows them, then q.
  @inline(__always)
  func weights(_ row: Int) -> UnsafeMutablePointer<Octet> { values + row &* octets &* 3 }

  /// Asks for the memory of a row's weights, which will be written.
  @inline(__always)
  func prefetchWeights(_ row: Int) {
    prefetch(weights(row), octets)
  }

  /// Asks for the memory of a row's moments, which will be written.
  @inline(__always)
  func prefetchMoments(_ row: Int) {
    prefetch(weights(row) + octets, 2 &* octets)
  }

  /// Asks for the memory of a row that will be written.
  @inline(__always)
  func prefetch(_ row: Int) {
    prefetch(weights(row), 3 &* octets)
  }

  /// Asks for the cache lines of some octets, which will be written: two octets are a line.
  @inline(__always)
  private func prefetch(_ first: UnsafeMutablePointer<Octet>, _ count: Int) {
    for line in 0...count / 2 { simd_prefetch_to_write(first + 2 &* line) }
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
    _ row: Int, at schedule: LazyAdamSchedule.Present, to copy: UnsafeMutablePointer<Octet>
  ) {
    copy.update(from: weights(row), count: octets)
    move(row, to: schedule, into: copy)
  }

  /// The weights of all words as of now, shape (V, d).
  ///
  /// The table is left as it is.
  func embedding(at schedule: LazyAdamSchedule.Present) -> Embedding {
    let now = UnsafeMutablePointer<Octet>.allocateZeroed(octets)
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
    _ row: Int, to schedule: LazyAdamSchedule.Present, into w: UnsafeMutablePointer<Octet>
  ) {
    let state = states[row]
    let start = Int(state.lastStep)
    guard start != 0, start != schedule.step else { return }
    let sums = schedule.sums[start]
    let m = weights(row) + octets
    let q = m + octets
    let root = state.smallestRoot + sums.shift
    guard root * root * root >= sums.skewLimit else {
      return moveCarefully(m, q, since: start, schedule, into: w)
    }
    // Where σ²/(q + ē)² < 2⁻²⁶, adding its share would change no bit.
    if sums.spread < root * root * 0x1p-26 {
      LanesIndex.forEach(of: octets) { w[$0] -= m[$0] * (sums.total / (q[$0] + sums.shift)) }
    } else {
      LanesIndex.forEach(of: octets) { w[$0] -= Self.closedForm(m[$0], q[$0], sums) }
    }
  }

  /// m · Σⱼ wⱼ / (q + eⱼ) in closed form.
  @inline(__always)
  private static func closedForm(_ m: Lanes, _ q: Lanes, _ sums: LazyAdamSchedule.Sums) -> Lanes {
    let root = q + sums.shift
    let move = m * (sums.total / root)
    return move + move * (sums.spread / (root * root))
  }

  /// As `move`, for a row with a q for which the closed form may not be exact.
  @inline(never)
  private func moveCarefully(
    _ m: UnsafePointer<Octet>, _ q: UnsafePointer<Octet>, since start: Int,
    _ schedule: LazyAdamSchedule.Present, into w: UnsafeMutablePointer<Octet>
  ) {
    let sums = schedule.sums[start]
    LanesIndex.forEach(of: octets) {
      let (m, q) = (m[$0], q[$0])
      let root = q + sums.shift
      // Nothing moves where m is zero, as in the padding.
      let isInexact = (root * root * root .< sums.skewLimit) .& (m .!= 0)
      var move = Self.closedForm(m, q, sums)
      for lane in 0..<16 where isInexact[lane] {
        move[lane] = schedule.move(since: start, gradients: m[lane], root: q[lane])
      }
      w[$0] -= move
    }
  }

  /// Makes Adam's step on a row that `catchUp` has brought to the step before.
  ///
  /// - Parameter gradient: The row's gradient, shape (`octets`), zero in the padding.
  @inline(__always)
  func update(
    _ row: Int, gradient: UnsafePointer<Octet>, at schedule: LazyAdamSchedule.Present
  ) {
    var step = Step(row, of: self, at: schedule)
    LanesIndex.forEach(of: octets) { step.move($0, by: gradient[$0]) }
    step.end()
  }

  /// Adam's step on a row that `catchUp` has brought to the step before, sixteen weights at a time.
  ///
  /// With the row's last gradient k steps ago and g the new one:
  ///
  ///     m ← β₁ᵏ·m + g
  ///     q ← √(β₂ᵏ·q² + g²)
  ///     w ← w − c·η·√(1 − β₂ⁱ)/(1 − β₁ⁱ) · m / (q + √(1 − β₂ⁱ)·ε/√(1 − β₂))
  struct Step {
    private let w, m, q: UnsafeMutablePointer<Octet>
    private let state: UnsafeMutablePointer<RowState>
    private let number: Int
    private let decayM, decayQ, weight, epsilon: Lanes
    private var smallest = Lanes(repeating: .infinity)

    /// Begins the step on a row: all of its weights must be moved before `end`.
    @inline(__always)
    init(_ row: Int, of table: LazyAdamTable, at schedule: LazyAdamSchedule.Present) {
      w = table.weights(row)
      m = w + table.octets
      q = m + table.octets
      state = table.states + row
      number = schedule.step
      let decay = schedule.decays[number - Int(state.pointee.lastStep)]
      (decayM, decayQ) = (Lanes(repeating: decay.first), Lanes(repeating: decay.second))
      (weight, epsilon) = (Lanes(repeating: schedule.weight), Lanes(repeating: schedule.epsilon))
    }

    /// Moves sixteen weights, or those of the last octet, by their gradients.
    @inline(__always)
    mutating func move(_ index: LanesIndex, by g: Lanes) {
      let old = q[index, padding: .infinity]
      let newM = m[index] * decayM + g
      let newQ = simd_square_root(old * old * decayQ + g * g)
      m[index] = newM
      q[index] = newQ
      w[index] -= (newM * weight) / (newQ + epsilon)
      smallest = simd_minimum(newQ, smallest)
    }

    /// Notes what the next `catchUp` must know.
    @inline(__always)
    func end() {
      state.pointee = RowState(
        lastStep: Int32(truncatingIfNeeded: number), smallestRoot: simd_smallest(smallest))
    }
  }
}
