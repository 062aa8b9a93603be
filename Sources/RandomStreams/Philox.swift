import Files

/// A counter-based generator, Philox4x32-10: streams that may be drawn in any order.
///
/// Word i of a stream is a function of the key, the stream's name and i alone, so that every
/// example of every epoch can have a stream of its own, whoever draws it and when. The 128 bits of
/// the counter are two halves: the lower one counts blocks of four words, the upper one names the
/// stream, for instance `UInt64(epoch) << 32 | UInt64(example)`.
///
/// With key 0 and counter 0 the first words are 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011, section 3.3; the authors' library Random123.
@frozen
public struct Philox: RandomNumberGenerator, Sendable {
  /// The key, its lower half first.
  @usableFromInline
  let key: SIMD2<UInt32>

  /// The counter of the next block.
  @usableFromInline
  var counter: (low: UInt64, high: UInt64)

  /// The block of which words are being handed out.
  @usableFromInline
  var block: SIMD4<UInt32>

  /// The index in `block` of the next word; 4 where the block is used up.
  @usableFromInline
  var position: Int

  /// Creates the stream of a key from a place of its counter on.
  ///
  /// - Parameters:
  ///   - key: What all the streams of a program share: its seed.
  ///   - counter: The first block, `low`, of the stream named `high`.
  @inlinable @inline(__always)
  public init(key: UInt64, counter: (low: UInt64, high: UInt64) = (0, 0)) {
    self.key = SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
    self.counter = counter
    block = .zero
    position = 4
  }

  /// Draws the next word, uniform on 0 … 2³² − 1.
  ///
  /// - Returns: The word.
  @inlinable @inline(__always)
  public mutating func nextWord() -> UInt32 {
    if position == 4 { makeBlock() }
    let word = block[position]
    position &+= 1
    return word
  }

  /// Draws the next two words as one, the first of them at the bottom.
  ///
  /// - Returns: A number uniform on 0 … 2⁶⁴ − 1.
  @inlinable @inline(__always)
  public mutating func next() -> UInt64 {
    let low = UInt64(nextWord())
    return UInt64(nextWord()) << 32 | low
  }

  /// Draws a multiple of 2⁻⁵³, uniform on [0, 1); takes two words.
  ///
  /// - Returns: The number.
  @inlinable @inline(__always)
  public mutating func random() -> Double {
    Double(Int64(next() >> 11)) * 0x1p-53
  }

  /// Draws an integer, uniform on 0 ..< n, nearly always from one word.
  ///
  /// Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019.
  ///
  /// - Parameters:
  ///   - n: The bound, 1 … 2³² − 1.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The integer.
  @inlinable
  public mutating func below(
    _ n: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Int {
    require(
      n >= 1 && n <= Int(UInt32.max),
      "cannot draw a number in 0 ..< \(n): the bound must be 1 to \(UInt32.max)", file: file,
      line: line)
    let bound = UInt32(truncatingIfNeeded: n)
    var product = nextWord().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = nextWord().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// Fills `words` with the blocks of sixteen counters from `counter` on, four words each.
  ///
  /// The first words of the sixteen blocks come first, then the second ones, and so on: the order
  /// in which a processor with vectors makes them, at a fraction of the cost of `nextWord`.
  ///
  /// - Parameters:
  ///   - words: Room for 64 words.
  ///   - key: As for `init`.
  ///   - counter: As for `init`; `low` must not overflow within the sixteen.
  @inlinable
  public static func fill(
    _ words: UnsafeMutablePointer<UInt32>, key: UInt64, counter: (low: UInt64, high: UInt64)
  ) {
    let key = SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
    for lane in 0..<16 {
      let low = counter.low &+ UInt64(lane)
      let block = block(
        counter: SIMD4(
          UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32),
          UInt32(truncatingIfNeeded: counter.high),
          UInt32(truncatingIfNeeded: counter.high >> 32)), key: key)
      words[lane] = block.x
      words[16 &+ lane] = block.y
      words[32 &+ lane] = block.z
      words[48 &+ lane] = block.w
    }
  }

  /// Fills `block` and moves the counter on, through all 2¹²⁸ values.
  @inlinable @inline(__always)
  mutating func makeBlock() {
    let words = SIMD4(
      UInt32(truncatingIfNeeded: counter.low), UInt32(truncatingIfNeeded: counter.low >> 32),
      UInt32(truncatingIfNeeded: counter.high), UInt32(truncatingIfNeeded: counter.high >> 32))
    block = Self.block(counter: words, key: key)
    counter.low &+= 1
    if counter.low == 0 { counter.high &+= 1 }
    position = 0
  }

  /// Makes the four words of one counter and key: ten rounds, the whole of the generator.
  ///
  /// - Parameters:
  ///   - counter: The counter's words, least significant first.
  ///   - key: The key's words, least significant first.
  /// - Returns: The words, in the order in which `nextWord` hands them out.
  @inlinable @inline(__always)
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (c0, c1, c2, c3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let p0 = UInt64(c0) &* 0xd251_1f53
      let p1 = UInt64(c2) &* 0xcd9e_8d57
      c0 = UInt32(truncatingIfNeeded: p1 >> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: p1)
      c2 = UInt32(truncatingIfNeeded: p0 >> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: p0)
      k0 &+= 0x9e37_79b9  // the golden ratio
      k1 &+= 0xbb67_ae85  // √3 − 1
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
