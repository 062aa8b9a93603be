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
  ///   - words: The words of the slots, shape (n).
  ///   - scratch: Room for 16 vectors.
  @inline(__always)
  static func scores(
    _ v: Rows, _ table: Rows, _ words: UnsafePointer<Int32>, from first: Int, to count: Int,
    blocks: Int, scratch: UnsafeMutablePointer<Lanes>
  ) -> Lanes {
    for slot in 0..<16 {
      var sum = Lanes.zero
      if first + slot < count {
        let u = table + Int(words[first + slot]) * blocks
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
      let score = simd_where_negative(slot - Float(count), x[tile], Lanes(repeating: -100))
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

  /// sum = Σᵢ gᵢ · rows[indicesᵢ], shape (`blocks`), added in the order of i.
  ///
  /// - Parameters:
  ///   - rows: Rows by index.
  ///   - indices: Which rows, shape (n).
  ///   - g: Their weights, shape (n).
  ///   - sum: Where the sum goes.
  @inline(__always)
  static func weightedSum(
    _ rows: Rows, _ indices: UnsafePointer<Int32>, _ g: UnsafePointer<Float>, count: Int,
    blocks: Int, into sum: UnsafeMutablePointer<Lanes>
  ) {
    var block = 0
    while block + 4 <= blocks {  // four vectors at a time stay in registers
      var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for i in 0..<count {
        let row = rows + Int(indices[i]) * blocks + block
        let weight = Lanes(repeating: g[i])
        s0 += weight * row[0]
        s1 += weight * row[1]
        s2 += weight * row[2]
        s3 += weight * row[3]
      }
      (sum[block], sum[block + 1], sum[block + 2], sum[block + 3]) = (s0, s1, s2, s3)
      block += 4
    }
    while block < blocks {
      var s = Lanes.zero
      for i in 0..<count {
        s += Lanes(repeating: g[i]) * rows[Int(indices[i]) * blocks + block]
      }
      sum[block] = s
      block += 1
    }
  }
}
