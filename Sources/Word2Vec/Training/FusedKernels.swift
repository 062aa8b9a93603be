import CSIMD

/// The inner loops of the fused engine: products, losses and weighted sums of vectors.
///
/// Vectors are `blocks` × 16 Floats, padded with zeros. They are worked on in strips of up to eight
/// blocks, which stay in registers. `ReferenceEngine` is the slow twin of all of this.
enum FusedKernels {
  typealias Vector = UnsafePointer<Lanes>

  /// productsᵢ = v ∘ rowᵢ, folded to one block: its sixteen lanes add up to the product v · rowᵢ.
  ///
  /// - Parameters:
  ///   - v: A vector.
  ///   - count: n, the number of rows.
  ///   - products: Where the products go, shape (n).
  ///   - row: The rows.
  @inline(__always)
  static func products(
    _ v: Vector, count: Int, blocks: Int, into products: UnsafeMutablePointer<Lanes>,
    row: (Int) -> Vector
  ) {
    forEachStrip(of: blocks) { first, width in
      let v = Strip(v + first, width)
      for i in 0..<count {
        let row = row(i) + first
        var sum = v.s0 * row[0]
        if first > 0 { sum = products[i] + sum }
        if width > 1 { sum += v.s1 * row[1] }
        if width > 2 { sum += v.s2 * row[2] }
        if width > 3 { sum += v.s3 * row[3] }
        if width > 4 { sum += v.s4 * row[4] }
        if width > 5 { sum += v.s5 * row[5] }
        if width > 6 { sum += v.s6 * row[6] }
        if width > 7 { sum += v.s7 * row[7] }
        products[i] = sum
      }
    }
  }

  /// The sums of sixteen vectors' lanes, by four rounds of adding neighbours; `x` is used up.
  @inline(__always)
  static func scores(_ x: UnsafeMutablePointer<Lanes>) -> Lanes {
    for half in [8, 4, 2, 1] {
      for pair in 0..<half { x[pair] = simd_pairwise_sum(x[2 * pair], x[2 * pair + 1]) }
    }
    return x[0]
  }

  /// The loss of sixteen slots and its derivatives by their scores.
  ///
  ///     l  =  s · (max(x, 0) − x·y + ln(1 + exp(−|x|))),    g = s · (σ(x) − y)
  ///
  /// - Parameters:
  ///   - x: The scores.
  ///   - y: The labels.
  ///   - scale: s, one by the number of slots of the slot's example; 0 where there is no slot.
  @inline(__always)
  static func loss(_ x: Lanes, labels y: Lanes, scale: Lanes) -> (
    loss: Lanes, derivatives: Lanes
  ) {
    let z = VectorMath.exp(-simd_maximum(x, -x))
    let sigma = simd_where_negative(x, z, Lanes(repeating: 1)) / (1 + z)
    let linear = simd_maximum(x, .zero) - x * y
    return ((linear + VectorMath.log(1 + z)) * scale, (sigma - y) * scale)
  }

  /// sum = Σᵢ gᵢ · rowᵢ, added in the order of i.
  ///
  /// - Parameters:
  ///   - count: n, the number of rows.
  ///   - sum: Where the sum goes, shape (`blocks`).
  ///   - term: gᵢ and rowᵢ.
  @inline(__always)
  static func weightedSum(
    count: Int, blocks: Int, into sum: UnsafeMutablePointer<Lanes>,
    term: (Int) -> (g: Float, row: Vector)
  ) {
    forEachStrip(of: blocks) { first, width in
      var strip = Strip()
      for i in 0..<count {
        let (g, vector) = term(i)
        let (weight, row) = (Lanes(repeating: g), vector + first)
        strip.s0 += weight * row[0]
        if width > 1 { strip.s1 += weight * row[1] }
        if width > 2 { strip.s2 += weight * row[2] }
        if width > 3 { strip.s3 += weight * row[3] }
        if width > 4 { strip.s4 += weight * row[4] }
        if width > 5 { strip.s5 += weight * row[5] }
        if width > 6 { strip.s6 += weight * row[6] }
        if width > 7 { strip.s7 += weight * row[7] }
      }
      strip.store(sum + first, width)
    }
  }

  /// rowᵢ += gᵢ · v for each i.
  ///
  /// - Parameters:
  ///   - v: A vector.
  ///   - count: n, the number of rows.
  ///   - term: gᵢ and rowᵢ.
  @inline(__always)
  static func add(
    _ v: Vector, count: Int, blocks: Int,
    to term: (Int) -> (g: Float, row: UnsafeMutablePointer<Lanes>)
  ) {
    forEachStrip(of: blocks) { first, width in
      let v = Strip(v + first, width)
      for i in 0..<count {
        let (g, vector) = term(i)
        let (weight, row) = (Lanes(repeating: g), vector + first)
        row[0] += weight * v.s0
        if width > 1 { row[1] += weight * v.s1 }
        if width > 2 { row[2] += weight * v.s2 }
        if width > 3 { row[3] += weight * v.s3 }
        if width > 4 { row[4] += weight * v.s4 }
        if width > 5 { row[5] += weight * v.s5 }
        if width > 6 { row[6] += weight * v.s6 }
        if width > 7 { row[7] += weight * v.s7 }
      }
    }
  }

  /// Runs `body` on each strip of a row: on eight blocks at a time, then on what is left.
  ///
  /// It is compiled once for each width, which is a constant in each: no test of the width is left
  /// in a loop.
  @inline(__always)
  private static func forEachStrip(of blocks: Int, _ body: (_ first: Int, _ width: Int) -> Void) {
    var first = 0
    while first &+ 8 <= blocks {
      body(first, 8)
      first &+= 8
    }
    switch blocks &- first {
    case 1: body(first, 1)
    case 2: body(first, 2)
    case 3: body(first, 3)
    case 4: body(first, 4)
    case 5: body(first, 5)
    case 6: body(first, 6)
    case 7: body(first, 7)
    default: break
    }
  }

  /// Up to eight blocks of a row, in registers.
  private struct Strip {
    var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var (s4, s5, s6, s7) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)

    @inline(__always)
    init() {}

    @inline(__always)
    init(_ row: Vector, _ width: Int) {
      s0 = row[0]
      if width > 1 { s1 = row[1] }
      if width > 2 { s2 = row[2] }
      if width > 3 { s3 = row[3] }
      if width > 4 { s4 = row[4] }
      if width > 5 { s5 = row[5] }
      if width > 6 { s6 = row[6] }
      if width > 7 { s7 = row[7] }
    }

    @inline(__always)
    func store(_ row: UnsafeMutablePointer<Lanes>, _ width: Int) {
      row[0] = s0
      if width > 1 { row[1] = s1 }
      if width > 2 { row[2] = s2 }
      if width > 3 { row[3] = s3 }
      if width > 4 { row[4] = s4 }
      if width > 5 { row[5] = s5 }
      if width > 6 { row[6] = s6 }
      if width > 7 { row[7] = s7 }
    }
  }
}
