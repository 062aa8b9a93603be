import CSIMD

/// The inner loops of the fused engine: products, losses and weighted sums of vectors.
///
/// Vectors are padded with zeros to a multiple of 16 Floats. They are worked on in strips of up to
/// eight `Lanes`, which stay in registers; where no more than eight numbers are left at the end,
/// only that half is touched, which is 6 % of a step's time at a dimension of 100 with AVX2.
///
/// What takes closures is transparent, as are the functions of a strip in it: a closure or a function to
/// be inlined of such a size is called instead, for each slot.
enum FusedKernels {
  typealias Vector = UnsafePointer<Lanes>

  /// How many slots ahead centre vectors and their gradients are prefetched.
  private static var slotsAhead: Int { 6 }

  /// productsᵢ = v ∘ vectorᵢ, folded to eight lanes, which add up to the product v · vectorᵢ.
  ///
  /// The gradients by the vectors, which are added to next, are prefetched as well.
  ///
  /// - Parameters:
  ///   - v: A word's vector.
  ///   - notes: The notes on the word's slots, and on at least `slotsAhead` after them.
  ///   - count: n, the number of slots.
  ///   - vectors: The centre vectors, by example.
  ///   - gradients: The gradients by them.
  ///   - dimension: The length of a vector.
  ///   - products: Where the products go, shape (n).
  @inline(__always)
  static func products(
    _ v: Vector, of notes: UnsafePointer<SlotNote>, count: Int, vectors: Vector, gradients: Vector,
    dimension: Int, into products: UnsafeMutablePointer<HalfLanes>
  ) {
    let lanes = (dimension &+ 15) / 16
    self.products(v, count: count, dimension: dimension, into: products) { i, first in
      let ahead = notes[i &+ slotsAhead].example &* lanes &+ first
      simd_prefetch(vectors + ahead)
      simd_prefetch(gradients + ahead)
      simd_prefetch(vectors + (ahead &+ 1))
      simd_prefetch(gradients + (ahead &+ 1))
      return vectors + (notes[i].example &* lanes &+ first)
    }
  }

  /// productsᵢ = v ∘ rowⱼ with j = jᵢ, folded to eight lanes.
  ///
  /// - Parameters:
  ///   - v: A vector.
  ///   - places: jᵢ, shape (n).
  ///   - count: n, the number of products.
  ///   - rows: The rows, side by side.
  ///   - dimension: The length of a vector.
  ///   - products: Where the products go, shape (n).
  @inline(never)
  static func products(
    _ v: Vector, at places: UnsafePointer<Int32>, count: Int, of rows: Vector, dimension: Int,
    into products: UnsafeMutablePointer<HalfLanes>
  ) {
    let lanes = (dimension &+ 15) / 16
    self.products(v, count: count, dimension: dimension, into: products) { i, first in
      rows + (Int(places[i]) &* lanes &+ first)
    }
  }

  /// productsᵢ = v ∘ rowᵢ, folded to eight lanes.
  ///
  /// - Parameters:
  ///   - v: A vector.
  ///   - count: n, the number of products.
  ///   - dimension: The length of a vector.
  ///   - products: Where the products go, shape (n).
  ///   - row: rowᵢ from an index on.
  @_transparent
  private static func products(
    _ v: Vector, count: Int, dimension: Int, into products: UnsafeMutablePointer<HalfLanes>,
    row: (_ i: Int, _ first: Int) -> Vector
  ) {
    @_transparent
    func strip(_ first: Int, _ width: Int, _ half: Bool) {
      let v = Strip(v + first, width, half)
      for i in 0..<count {
        let row = row(i, first)
        var sum = width > 0 ? v.s0 * row[0] : .zero
        if width > 1 { sum += v.s1 * row[1] }
        if width > 2 { sum += v.s2 * row[2] }
        if width > 3 { sum += v.s3 * row[3] }
        if width > 4 { sum += v.s4 * row[4] }
        if width > 5 { sum += v.s5 * row[5] }
        if width > 6 { sum += v.s6 * row[6] }
        if width > 7 { sum += v.s7 * row[7] }
        var folded = width > 0 ? simd_fold(sum) : .zero
        if half { folded += v.last * firstHalf(row + width)[0] }
        products[i] = first > 0 ? products[i] + folded : folded
      }
    }
    forEachStrip(of: dimension, strip)
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

  /// sum = Σᵢ gᵢ · vectorⱼ with j = jᵢ, added in the order of i.
  ///
  /// - Parameters:
  ///   - weights: gᵢ, shape (n).
  ///   - places: jᵢ, shape (n).
  ///   - count: n, the number of terms.
  ///   - vectors: The vectors, side by side.
  ///   - dimension: The length of a vector.
  ///   - sum: Where the sum goes, shape (`lanes`).
  @inline(never)
  static func weightedSum(
    _ weights: UnsafePointer<Float>, at places: UnsafePointer<Int32>, count: Int,
    of vectors: Vector,
    dimension: Int, into sum: UnsafeMutablePointer<Lanes>
  ) {
    let lanes = (dimension &+ 15) / 16
    weightedSum(count: count, dimension: dimension) {
      (weights[$0], vectors + Int(places[$0]) &* lanes)
    } take: {
      sum[$0] = $1
    }
  }

  /// sum = Σᵢ gᵢ · rowᵢ, added in the order of i.
  ///
  /// - Parameters:
  ///   - count: n, the number of rows.
  ///   - dimension: The length of a vector.
  ///   - term: gᵢ and rowᵢ.
  ///   - take: Takes the sum, sixteen Floats at a time, with their index.
  @_transparent
  static func weightedSum(
    count: Int, dimension: Int, term: (Int) -> (g: Float, row: Vector),
    take: (_ index: Int, _ sum: Lanes) -> Void
  ) {
    @_transparent
    func addUp(_ first: Int, _ width: Int, _ half: Bool) {
      var strip = Strip()
      for i in 0..<count {
        let (g, vector) = term(i)
        let (weight, row) = (Lanes(repeating: g), vector + first)
        if width > 0 { strip.s0 += weight * row[0] }
        if width > 1 { strip.s1 += weight * row[1] }
        if width > 2 { strip.s2 += weight * row[2] }
        if width > 3 { strip.s3 += weight * row[3] }
        if width > 4 { strip.s4 += weight * row[4] }
        if width > 5 { strip.s5 += weight * row[5] }
        if width > 6 { strip.s6 += weight * row[6] }
        if width > 7 { strip.s7 += weight * row[7] }
        if half { strip.last += HalfLanes(repeating: g) * firstHalf(row + width)[0] }
      }
      if width > 0 { take(first, strip.s0) }
      if width > 1 { take(first &+ 1, strip.s1) }
      if width > 2 { take(first &+ 2, strip.s2) }
      if width > 3 { take(first &+ 3, strip.s3) }
      if width > 4 { take(first &+ 4, strip.s4) }
      if width > 5 { take(first &+ 5, strip.s5) }
      if width > 6 { take(first &+ 6, strip.s6) }
      if width > 7 { take(first &+ 7, strip.s7) }
      if half { take(first &+ width, simd_join(strip.last, .zero)) }
    }
    forEachStrip(of: dimension, addUp)
  }

  /// rowᵢ += gᵢ · v for each i.
  ///
  /// - Parameters:
  ///   - v: A vector.
  ///   - count: n, the number of rows.
  ///   - dimension: The length of a vector.
  ///   - term: gᵢ and rowᵢ.
  @_transparent
  static func add(
    _ v: Vector, count: Int, dimension: Int,
    to term: (Int) -> (g: Float, row: UnsafeMutablePointer<Lanes>)
  ) {
    @_transparent
    func strip(_ first: Int, _ width: Int, _ half: Bool) {
      let v = Strip(v + first, width, half)
      for i in 0..<count {
        let (g, vector) = term(i)
        let (weight, row) = (Lanes(repeating: g), vector + first)
        if width > 0 { row[0] += weight * v.s0 }
        if width > 1 { row[1] += weight * v.s1 }
        if width > 2 { row[2] += weight * v.s2 }
        if width > 3 { row[3] += weight * v.s3 }
        if width > 4 { row[4] += weight * v.s4 }
        if width > 5 { row[5] += weight * v.s5 }
        if width > 6 { row[6] += weight * v.s6 }
        if width > 7 { row[7] += weight * v.s7 }
        if half { firstHalf(row + width)[0] += HalfLanes(repeating: g) * v.last }
      }
    }
    forEachStrip(of: dimension, strip)
  }

  /// Runs `body` on each strip of a vector: on eight `Lanes` at a time, then on what is left.
  ///
  /// It is compiled once for each width, with and without a half, which are constants in each: no
  /// test of them is left in a loop.
  ///
  /// - Parameters:
  ///   - dimension: The length of a vector.
  ///   - body: Takes a strip's first index, its number of whole `Lanes`, and whether half of one
  ///     follows them.
  @_transparent
  private static func forEachStrip(
    of dimension: Int, _ body: (_ first: Int, _ width: Int, _ half: Bool) -> Void
  ) {
    let whole = (dimension &+ 7) / 16
    var first = 0
    while first &+ 8 <= whole {
      body(first, 8, false)
      first &+= 8
    }
    switch (whole &- first, (dimension &+ 15) / 16 > whole) {
    case (1, false): body(first, 1, false)
    case (2, false): body(first, 2, false)
    case (3, false): body(first, 3, false)
    case (4, false): body(first, 4, false)
    case (5, false): body(first, 5, false)
    case (6, false): body(first, 6, false)
    case (7, false): body(first, 7, false)
    case (0, true): body(first, 0, true)
    case (1, true): body(first, 1, true)
    case (2, true): body(first, 2, true)
    case (3, true): body(first, 3, true)
    case (4, true): body(first, 4, true)
    case (5, true): body(first, 5, true)
    case (6, true): body(first, 6, true)
    case (7, true): body(first, 7, true)
    default: break
    }
  }

  /// The first eight Floats at `lanes`.
  @inline(__always)
  private static func firstHalf(_ lanes: Vector) -> UnsafePointer<HalfLanes> {
    UnsafeRawPointer(lanes).assumingMemoryBound(to: HalfLanes.self)
  }

  /// The first eight Floats at `lanes`.
  @inline(__always)
  private static func firstHalf(
    _ lanes: UnsafeMutablePointer<Lanes>
  ) -> UnsafeMutablePointer<HalfLanes> {
    UnsafeMutableRawPointer(lanes).assumingMemoryBound(to: HalfLanes.self)
  }

  /// Up to eight `Lanes` and a half of a vector, in registers.
  private struct Strip {
    var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var (s4, s5, s6, s7) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var last = HalfLanes.zero

    @inline(__always)
    init() {}

    @inline(__always)
    init(_ row: Vector, _ width: Int, _ half: Bool) {
      if width > 0 { s0 = row[0] }
      if width > 1 { s1 = row[1] }
      if width > 2 { s2 = row[2] }
      if width > 3 { s3 = row[3] }
      if width > 4 { s4 = row[4] }
      if width > 5 { s5 = row[5] }
      if width > 6 { s6 = row[6] }
      if width > 7 { s7 = row[7] }
      if half { last = firstHalf(row + width)[0] }
    }
  }
}
