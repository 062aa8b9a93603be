import CSIMD

/// The inner loops of the fused engine: products, losses and weighted sums of vectors.
///
/// Vectors are `lanes` × 16 Floats, padded with zeros. They are worked on in strips of up to eight
/// `Lanes`, which stay in registers.
enum FusedKernels {
  typealias Vector = UnsafePointer<Lanes>

  /// productsᵢ = v ∘ rowᵢ, folded to eight lanes, which add up to the product v · rowᵢ.
  ///
  /// - Parameters:
  ///   - v: A vector.
  ///   - count: n, the number of rows.
  ///   - lanes: The length of a vector.
  ///   - products: Where the products go, shape (n).
  ///   - row: The rows.
  @inline(__always)
  static func products(
    _ v: Vector, count: Int, lanes: Int, into products: UnsafeMutablePointer<HalfLanes>,
    row: (Int) -> Vector
  ) {
    forEachStrip(of: lanes) { first, width in
      let v = Strip(v + first, width)
      for i in 0..<count {
        let row = row(i) + first
        var sum = v.s0 * row[0]
        if width > 1 { sum += v.s1 * row[1] }
        if width > 2 { sum += v.s2 * row[2] }
        if width > 3 { sum += v.s3 * row[3] }
        if width > 4 { sum += v.s4 * row[4] }
        if width > 5 { sum += v.s5 * row[5] }
        if width > 6 { sum += v.s6 * row[6] }
        if width > 7 { sum += v.s7 * row[7] }
        let folded = simd_fold(sum)
        products[i] = first > 0 ? products[i] + folded : folded
      }
    }
  }

  /// The sums of sixteen products' lanes, by three rounds of adding neighbours; `x` is used up.
  @inline(__always)
  static func scores(_ x: UnsafeMutablePointer<HalfLanes>) -> Lanes {
    for half in [8, 4, 2] {
      for pair in 0..<half { x[pair] = simd_pairwise_sum(x[2 * pair], x[2 * pair + 1]) }
    }
    return simd_join(x[0], x[1])
  }

  /// The losses of sixteen slots and their derivatives by the scores.
  ///
  ///     l  =  max(x, 0) − x·y + ln(1 + exp(−|x|)),    g = σ(x) − y
  ///
  /// - Parameters:
  ///   - x: The scores.
  ///   - y: The labels.
  /// - Returns: Both, slot by slot.
  @inline(__always)
  static func loss(_ x: Lanes, labels y: Lanes) -> (loss: Lanes, derivatives: Lanes) {
    let z = VectorMath.exp(-simd_maximum(x, -x))
    let sigma = simd_where_negative(x, z, Lanes(repeating: 1)) / (1 + z)
    let linear = simd_maximum(x, .zero) - x * y
    return (linear + VectorMath.logOnePlus(z), sigma - y)
  }

  /// sum = Σᵢ gᵢ · rowᵢ, added in the order of i.
  ///
  /// - Parameters:
  ///   - count: n, the number of rows.
  ///   - lanes: The length of a vector.
  ///   - term: gᵢ and rowᵢ.
  ///   - take: Takes the sum, sixteen Floats at a time, with their index.
  @inline(__always)
  static func weightedSum(
    count: Int, lanes: Int, term: (Int) -> (g: Float, row: Vector),
    take: (_ index: Int, _ sum: Lanes) -> Void
  ) {
    forEachStrip(of: lanes) { first, width in
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
      take(first, strip.s0)
      if width > 1 { take(first &+ 1, strip.s1) }
      if width > 2 { take(first &+ 2, strip.s2) }
      if width > 3 { take(first &+ 3, strip.s3) }
      if width > 4 { take(first &+ 4, strip.s4) }
      if width > 5 { take(first &+ 5, strip.s5) }
      if width > 6 { take(first &+ 6, strip.s6) }
      if width > 7 { take(first &+ 7, strip.s7) }
    }
  }

  /// rowᵢ += gᵢ · v for each i.
  ///
  /// - Parameters:
  ///   - v: A vector.
  ///   - count: n, the number of rows.
  ///   - lanes: The length of a vector.
  ///   - term: gᵢ and rowᵢ.
  @inline(__always)
  static func add(
    _ v: Vector, count: Int, lanes: Int,
    to term: (Int) -> (g: Float, row: UnsafeMutablePointer<Lanes>)
  ) {
    forEachStrip(of: lanes) { first, width in
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

  /// Runs `body` on each strip of a vector: on eight `Lanes` at a time, then on what is left.
  ///
  /// It is compiled once for each width, which is a constant in each: no test of the width is left
  /// in a loop.
  ///
  /// - Parameters:
  ///   - lanes: The length of a vector.
  ///   - body: Takes a strip's first index and its number of `Lanes`.
  @inline(__always)
  private static func forEachStrip(of lanes: Int, _ body: (_ first: Int, _ width: Int) -> Void) {
    var first = 0
    while first &+ 8 <= lanes {
      body(first, 8)
      first &+= 8
    }
    switch lanes &- first {
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

  /// Up to eight `Lanes` of a vector, in registers.
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
  }
}
