import CSIMD

/// The inner loops of the fused engine: scores, loss and weighted sums over rows.
///
/// Rows are `blocks` × 16 Floats, padded with zeros; n is the number of slots of an example or of a
/// word. `ReferenceEngine` is the slow twin of all of them.
enum FusedKernels {
  typealias Rows = UnsafePointer<Lanes>

  /// xⱼ = uⱼ · v for the sixteen slots from `first` on; slots from `count` on give 0.
  ///
  /// - Parameters:
  ///   - v: The centre word's row.
  ///   - table: Rows by word, shape (V, `blocks`).
  ///   - words: The words of the slots, shape (n), and sixteen more that come next.
  ///   - scratch: Room for 16 vectors.
  @inline(__always)
  static func scores(
    _ v: Rows, _ table: Rows, _ words: UnsafePointer<Int32>, from first: Int, to count: Int,
    blocks: Int, scratch: UnsafeMutablePointer<Lanes>
  ) -> Lanes {
    for slot in 0..<16 {
      var sum = Lanes.zero
      if first &+ slot < count {
        let ahead = table + Int(words[first &+ slot &+ 16]) &* blocks
        for block in 0..<blocks { simd_prefetch(ahead + block) }
        let u = table + Int(words[first &+ slot]) &* blocks
        for block in 0..<blocks { sum += u[block] * v[block] }
      }
      scratch[slot] = sum
    }
    // Four rounds of adding neighbours turn sixteen vectors into one that holds their sums.
    var width = 8
    while width > 0 {
      for pair in 0..<width {
        scratch[pair] = simd_pairwise_sum(scratch[2 * pair], scratch[2 * pair + 1])
      }
      width /= 2
    }
    return scratch[0]
  }

  /// The loss of one example and its derivative by each score.
  ///
  ///     l  =  1/n · Σⱼ max(xⱼ, 0) − xⱼyⱼ + ln(1 + exp(−|xⱼ|)),    gⱼ = 1/n · (σ(xⱼ) − yⱼ)
  ///
  /// The logarithms are taken of products of up to 64 factors, each between 1 and 2.
  ///
  /// - Parameters:
  ///   - x: The scores in units of 16, shape (⌈n / 16⌉); replaced by the derivatives.
  ///   - count: n.
  ///   - positives: How many slots, from the first on, have the label y = 1.
  @inline(__always)
  static func loss(
    _ x: UnsafeMutablePointer<Lanes>, count: Int, positives: Int
  ) -> Float {
    let scale = Lanes(repeating: 1 / Float(count))
    var linear = Lanes.zero
    var logs = Lanes.zero
    var product = Lanes(repeating: 1)
    for tile in 0..<(count + 15) / 16 {
      let slot = VectorMath.laneNumbers + Float(16 * tile)
      let y = simd_minimum(simd_maximum(Float(positives) - slot, .zero), Lanes(repeating: 1))
      let score = simd_where_negative(slot - Float(count), x[tile], Lanes(repeating: -64))
      let z = VectorMath.exp(-simd_maximum(score, -score))
      let sigma = simd_where_negative(score, z, Lanes(repeating: 1)) / (1 + z)
      x[tile] = (sigma - y) * scale
      linear += simd_maximum(score, .zero) - score * y
      product *= 1 + z
      if tile % 64 == 63 {
        logs += VectorMath.log(product)
        product = Lanes(repeating: 1)
      }
    }
    return VectorMath.sum((linear + (logs + VectorMath.log(product))) * scale)
  }

  /// sum = Σᵢ g[placesᵢ] · rows[indicesᵢ], shape (`blocks`), added in the order of i.
  ///
  /// - Parameters:
  ///   - rows: Rows by index.
  ///   - indices: Which rows, shape (n).
  ///   - g: Weights by place.
  ///   - places: Which weights, shape (n); without it they are taken in order.
  ///   - sum: Where the sum goes.
  @inline(__always)
  static func weightedSum(
    _ rows: Rows, _ indices: UnsafePointer<Int32>, _ g: UnsafePointer<Float>,
    at places: UnsafePointer<Int32>? = nil, count: Int, blocks: Int,
    into sum: UnsafeMutablePointer<Lanes>
  ) {
    for first in stride(from: 0, to: blocks, by: 8) {
      addStrip(
        rows + first, indices, g, at: places, count: count, blocks: blocks,
        width: min(8, blocks &- first), into: sum + first)
    }
  }

  /// The weighted sum of up to eight vectors of each row, which stay in registers.
  @inline(__always)
  private static func addStrip(
    _ rows: Rows, _ indices: UnsafePointer<Int32>, _ g: UnsafePointer<Float>,
    at places: UnsafePointer<Int32>?, count: Int, blocks: Int, width: Int,
    into sum: UnsafeMutablePointer<Lanes>
  ) {
    var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var (s4, s5, s6, s7) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    for i in 0..<count {
      let row = rows + Int(indices[i]) &* blocks
      let weight = Lanes(repeating: places.map { g[Int($0[i])] } ?? g[i])
      s0 += weight * row[0]
      if width > 1 { s1 += weight * row[1] }
      if width > 2 { s2 += weight * row[2] }
      if width > 3 { s3 += weight * row[3] }
      if width > 4 { s4 += weight * row[4] }
      if width > 5 { s5 += weight * row[5] }
      if width > 6 { s6 += weight * row[6] }
      if width > 7 { s7 += weight * row[7] }
    }
    sum[0] = s0
    if width > 1 { sum[1] = s1 }
    if width > 2 { sum[2] = s2 }
    if width > 3 { sum[3] = s3 }
    if width > 4 { sum[4] = s4 }
    if width > 5 { sum[5] = s5 }
    if width > 6 { sum[6] = s6 }
    if width > 7 { sum[7] = s7 }
  }
}
