/// Python's `random` module after `random.seed(seed)`, number for number.
///
/// The word generator is MT19937, keyed with the 32-bit pieces of the seed, least significant
/// first. After seed 0, `random()` gives 0.8444218515250481, 0.7579544029403025,
/// 0.420571580830845; after seed 1, 0.13436424411240122.
///
/// Source: CPython 3.11, `Modules/_randommodule.c` (`random_seed`, `_random_Random_random_impl`,
/// `_random_Random_getrandbits_impl`) and `Lib/random.py` (`uniform`, `randrange`,
/// `_randbelow_with_getrandbits`).
@frozen
public struct PythonRandom: Sendable {
  /// The source of words.
  @usableFromInline
  var words: MersenneTwister

  /// Creates the stream that follows `random.seed(seed)` for an integer 0 … 2⁶⁴ − 1.
  ///
  /// Python seeds with the absolute value: for `random.seed(-3)` pass 3.
  public init(seed: UInt64) {
    let low = UInt32(truncatingIfNeeded: seed)
    let high = UInt32(truncatingIfNeeded: seed >> 32)
    words = MersenneTwister(key: high == 0 ? [low] : [low, high])
  }

  /// Returns a multiple of 2⁻⁵³, uniform on [0, 1) (`random.random()`).
  ///
  /// Two words make it: 27 bits of the first, 26 of the second.
  @inlinable @inline(__always)
  public mutating func random() -> Double {
    let high = UInt64(words.next() >> 5)
    let low = UInt64(words.next() >> 6)
    return Double(Int64(bitPattern: high << 26 | low)) * 0x1p-53
  }

  /// Returns a number between `a` and `b`, in either order (`random.uniform(a, b)`).
  @inlinable @inline(__always)
  public mutating func uniform(_ a: Double, _ b: Double) -> Double {
    a + (b - a) * random()
  }

  /// Returns an integer of `k` random bits, 0 … 32 of them (`random.getrandbits(k)`).
  ///
  /// - Precondition: 0 ≤ k ≤ 32. No word is drawn for k = 0.
  @inlinable @inline(__always)
  public mutating func randomBits(_ k: Int) -> UInt32 {
    precondition(k >= 0 && k <= 32, "randomBits gives 0 to 32 bits, asked for \(k)")
    return k == 0 ? 0 : words.next() >> UInt32(truncatingIfNeeded: 32 - k)
  }

  /// Returns an integer, uniform on 0 ..< n (`random._randbelow(n)`).
  ///
  /// Draws as many bits as `n` has until they form a number below it, so that the number of draws
  /// varies, and is two at most on average. As in Python, `n` = 1 draws too, and a power of two
  /// takes a bit more than its numbers need.
  ///
  /// - Precondition: n ≥ 1.
  @inlinable
  public mutating func below(_ n: Int) -> Int {
    precondition(n >= 1, "there is no number in 0 ..< \(n)")
    let bitWidth = Int.bitWidth - n.leadingZeroBitCount
    guard bitWidth > 32 else {
      while true {
        let candidate = Int(randomBits(bitWidth))
        if candidate < n { return candidate }
      }
    }
    while true {
      let low = Int(words.next())
      let candidate = Int(randomBits(bitWidth - 32)) << 32 | low
      if candidate < n { return candidate }
    }
  }

  /// Returns an integer of the range, its ends included (`random.randint(a, b)`).
  ///
  /// - Precondition: The range holds fewer than 2⁶³ numbers.
  @inlinable
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }
}
