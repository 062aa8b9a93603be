import CSIMD

/// The inner loops of the fused engine: products, losses and weighted sums of vectors.
///
/// Vectors are `octets` × 8 Floats, padded with zeros. They are worked on in strips of up to eight
/// `Lanes` and an octet, which stay in registers. `ReferenceEngine` is the slow twin of all of this.
enum FusedKernels {
  typealias Vector = UnsafePointer<Octet>

  /// productsᵢ = v ∘ rowᵢ, folded to one octet: its eight lanes add up to the product v · rowᵢ.
  ///
  /// - Parameters:
  ///   - v: A vector.
  ///   - count: n, the number of rows.
  ///   - products: Where the products go, shape (n).
  ///   - row: The rows.
  @inline(__always)
  static func products(
    _ v: Vector, count: Int, octets: Int, into products: UnsafeMutablePointer<Octet>,
    row: (Int) -> Vector
  ) {
    forEachStrip(of: octets) { first, width, isOdd in
      let v = Strip(v + first, width, isOdd)
      for i in 0..<count {
        let vector = row(i) + first
        let row = vector.lanes
        var sum = width > 0 ? v.s0 * row[0] : .zero
        if width > 1 { sum += v.s1 * row[1] }
        if width > 2 { sum += v.s2 * row[2] }
        if width > 3 { sum += v.s3 * row[3] }
        if width > 4 { sum += v.s4 * row[4] }
        if width > 5 { sum += v.s5 * row[5] }
        if width > 6 { sum += v.s6 * row[6] }
        if width > 7 { sum += v.s7 * row[7] }
        var folded = simd_fold(sum)
        if isOdd { folded += v.last * vector[2 &* width] }
        products[i] = first > 0 ? products[i] + folded : folded
      }
    }
  }

  /// The sums of sixteen octets' lanes, by three rounds of adding neighbours; `x` is used up.
  @inline(__always)
  static func scores(_ x: UnsafeMutablePointer<Octet>) -> Lanes {
    for half in [8, 4, 2] {
      for pair in 0..<half { x[pair] = simd_pairwise_sum(x[2 * pair], x[2 * pair + 1]) }
    }
    return simd_join(x[0], x[1])
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
    return ((linear + VectorMath.logOnePlus(z)) * scale, (sigma - y) * scale)
  }

  /// sum = Σᵢ gᵢ · rowᵢ, added in the order of i.
  ///
  /// - Parameters:
  ///   - count: n, the number of rows.
  ///   - term: gᵢ and rowᵢ.
  ///   - take: Takes the sum, sixteen Floats at a time.
  @inline(__always)
  static func weightedSum(
    count: Int, octets: Int, term: (Int) -> (g: Float, row: Vector),
    take: (_ index: LanesIndex, _ sum: Lanes) -> Void
  ) {
    forEachStrip(of: octets) { first, width, isOdd in
      var strip = Strip()
      for i in 0..<count {
        let (g, vector) = term(i)
        let (weight, row) = (Lanes(repeating: g), (vector + first).lanes)
        if width > 0 { strip.s0 += weight * row[0] }
        if width > 1 { strip.s1 += weight * row[1] }
        if width > 2 { strip.s2 += weight * row[2] }
        if width > 3 { strip.s3 += weight * row[3] }
        if width > 4 { strip.s4 += weight * row[4] }
        if width > 5 { strip.s5 += weight * row[5] }
        if width > 6 { strip.s6 += weight * row[6] }
        if width > 7 { strip.s7 += weight * row[7] }
        if isOdd { strip.last += simd_low_half(weight) * vector[first &+ 2 &* width] }
      }
      strip.forEach(width, isOdd, from: first, take)
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
    _ v: Vector, count: Int, octets: Int,
    to term: (Int) -> (g: Float, row: UnsafeMutablePointer<Octet>)
  ) {
    forEachStrip(of: octets) { first, width, isOdd in
      let v = Strip(v + first, width, isOdd)
      for i in 0..<count {
        let (g, vector) = term(i)
        let (weight, row) = (Lanes(repeating: g), (vector + first).lanes)
        if width > 0 { row[0] += weight * v.s0 }
        if width > 1 { row[1] += weight * v.s1 }
        if width > 2 { row[2] += weight * v.s2 }
        if width > 3 { row[3] += weight * v.s3 }
        if width > 4 { row[4] += weight * v.s4 }
        if width > 5 { row[5] += weight * v.s5 }
        if width > 6 { row[6] += weight * v.s6 }
        if width > 7 { row[7] += weight * v.s7 }
        if isOdd { vector[first &+ 2 &* width] += simd_low_half(weight) * v.last }
      }
    }
  }

  /// Runs `body` on each strip of a row: on eight `Lanes` at a time, then on what is left.
  ///
  /// It is compiled once for each width, which is a constant in each: no test of the width is left
  /// in a loop.
  ///
  /// - Parameter body: Takes a strip's first octet, its number of `Lanes`, and whether an octet
  ///   follows them.
  @inline(__always)
  private static func forEachStrip(
    of octets: Int, _ body: (_ first: Int, _ width: Int, _ isOdd: Bool) -> Void
  ) {
    var first = 0
    while first &+ 16 <= octets {
      body(first, 8, false)
      first &+= 16
    }
    switch octets &- first {
    case 1: body(first, 0, true)
    case 2: body(first, 1, false)
    case 3: body(first, 1, true)
    case 4: body(first, 2, false)
    case 5: body(first, 2, true)
    case 6: body(first, 3, false)
    case 7: body(first, 3, true)
    case 8: body(first, 4, false)
    case 9: body(first, 4, true)
    case 10: body(first, 5, false)
    case 11: body(first, 5, true)
    case 12: body(first, 6, false)
    case 13: body(first, 6, true)
    case 14: body(first, 7, false)
    case 15: body(first, 7, true)
    default: break
    }
  }

  /// Up to eight `Lanes` of a row and the octet after them, in registers.
  private struct Strip {
    var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var (s4, s5, s6, s7) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var last = Octet.zero

    @inline(__always)
    init() {}

    @inline(__always)
    init(_ vector: Vector, _ width: Int, _ isOdd: Bool) {
      let row = vector.lanes
      if width > 0 { s0 = row[0] }
      if width > 1 { s1 = row[1] }
      if width > 2 { s2 = row[2] }
      if width > 3 { s3 = row[3] }
      if width > 4 { s4 = row[4] }
      if width > 5 { s5 = row[5] }
      if width > 6 { s6 = row[6] }
      if width > 7 { s7 = row[7] }
      if isOdd { last = vector[2 &* width] }
    }

    @inline(__always)
    func forEach(
      _ width: Int, _ isOdd: Bool, from first: Int, _ body: (LanesIndex, Lanes) -> Void
    ) {
      func full(_ octet: Int, _ lanes: Lanes) {
        body(LanesIndex(octet: first &+ octet, isHalf: false), lanes)
      }
      if width > 0 { full(0, s0) }
      if width > 1 { full(2, s1) }
      if width > 2 { full(4, s2) }
      if width > 3 { full(6, s3) }
      if width > 4 { full(8, s4) }
      if width > 5 { full(10, s5) }
      if width > 6 { full(12, s6) }
      if width > 7 { full(14, s7) }
      if isOdd {
        body(LanesIndex(octet: first &+ 2 &* width, isHalf: true), simd_join(last, .zero))
      }
    }
  }
}
