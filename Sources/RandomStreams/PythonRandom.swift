import Files

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
public struct PythonRandom: RandomNumberGenerator, Sendable {
  /// The source of words.
  @usableFromInline
  var words: MersenneTwister

  /// Creates the stream that follows `random.seed(seed)`.
  ///
  /// - Parameter seed: The absolute value of Python's seed: for `random.seed(-3)` pass 3.
  public init(seed: UInt64) {
    let low = UInt32(truncatingIfNeeded: seed)
    let high = UInt32(truncatingIfNeeded: seed >> 32)
    words = MersenneTwister(key: high == 0 ? [low] : [low, high])
  }

  /// Draws 64 random bits (`random.getrandbits(64)`): two words, the first of them at the bottom.
  ///
  /// - Returns: A number uniform on 0 … 2⁶⁴ − 1.
  @inlinable @inline(__always)
  public mutating func next() -> UInt64 {
    let low = UInt64(words.nextWord())
    return UInt64(words.nextWord()) << 32 | low
  }

  /// Draws a multiple of 2⁻⁵³, uniform on [0, 1) (`random.random()`).
  ///
  /// Two words make it: 27 bits of the first, 26 of the second.
  ///
  /// - Returns: The number.
  @inlinable @inline(__always)
  public mutating func random() -> Double {
    let high = UInt64(words.nextWord() >> 5)
    let low = UInt64(words.nextWord() >> 6)
    return Double(Int64(bitPattern: high << 26 | low)) * 0x1p-53
  }

  /// Draws a number between two ends, in either order (`random.uniform(a, b)`).
  ///
  /// - Parameters:
  ///   - a: The end that `random()` = 0 gives.
  ///   - b: The other end.
  /// - Returns: a + (b − a) · `random()`.
  @inlinable @inline(__always)
  public mutating func uniform(_ a: Double, _ b: Double) -> Double {
    a + (b - a) * random()
  }

  /// Draws an integer of `k` random bits (`random.getrandbits(k)`).
  ///
  /// - Parameters:
  ///   - k: 0 … 32. No word is drawn for 0.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The integer, 0 ..< 2ᵏ.
  @inlinable @inline(__always)
  public mutating func randomBits(
    _ k: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> UInt32 {
    require(
      k >= 0 && k <= 32, "randomBits gives 0 to 32 bits, asked for \(k)", file: file, line: line)
    return k == 0 ? 0 : words.nextWord() >> UInt32(truncatingIfNeeded: 32 - k)
  }

  /// Draws an integer, uniform on 0 ..< n (`random._randbelow(n)`).
  ///
  /// Draws as many bits as `n` has until they form a number below it, so that the number of draws
  /// varies, and is two at most on average. As in Python, `n` = 1 draws too, and a power of two
  /// takes a bit more than its numbers need.
  ///
  /// - Parameters:
  ///   - n: The bound, 1 or more.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The integer.
  @inlinable
  public mutating func below(
    _ n: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Int {
    require(n >= 1, "there is no number in 0 ..< \(n)", file: file, line: line)
    let bitWidth = Int.bitWidth - n.leadingZeroBitCount
    guard bitWidth > 32 else {
      while true {
        let candidate = Int(randomBits(bitWidth))
        if candidate < n { return candidate }
      }
    }
    while true {
      let low = Int(words.nextWord())
      let candidate = Int(randomBits(bitWidth - 32)) << 32 | low
      if candidate < n { return candidate }
    }
  }

  /// Draws an integer of a range, its ends included (`random.randint(a, b)`).
  ///
  /// - Parameters:
  ///   - range: Fewer than 2⁶³ numbers.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The integer.
  @inlinable
  public mutating func integer(
    in range: ClosedRange<Int>, file: StaticString = #fileID, line: UInt = #line
  ) -> Int {
    let (last, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    require(!overflow && last < .max, "\(range) holds 2⁶³ numbers or more", file: file, line: line)
    return range.lowerBound + below(last + 1)
  }
}
