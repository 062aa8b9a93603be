import Files

/// NumPy's legacy generator after `numpy.random.seed(seed)`, number for number.
///
/// The word generator is MT19937, seeded with one word. After seed 0, `numpy.random.shuffle` makes
/// of `arange(10)` 2, 8, 4, 9, 1, 6, 7, 3, 0, 5; after seed 1 it makes 2, 9, 6, 4, 0, 3, 1, 7, 8, 5.
///
/// Source: NumPy, `numpy/random/_mt19937.pyx` (`_legacy_seeding`), `mtrand.pyx` (`shuffle`) and
/// `src/distributions/distributions.c` (`random_interval`). The stream of the legacy generator is
/// frozen: R. Kern, "Random number generator policy", NumPy enhancement proposal 19, 2018.
public struct NumPyRandom: Sendable {
  /// The source of words.
  private var words: MersenneTwister

  /// Creates the stream that follows `numpy.random.seed(seed)`.
  ///
  /// - Parameter seed: Any seed; NumPy takes none above 2³² − 1.
  public init(seed: UInt32) {
    words = MersenneTwister(seed: seed)
  }

  /// Draws an order of 0 ..< n (`numpy.random.shuffle` of `arange(n)`).
  ///
  /// From the last place down to the second, each is swapped with one of those up to it: as many
  /// low bits of a word as the place's index has, drawn again until they are not above it.
  ///
  /// - Parameters:
  ///   - n: 0 … 2³¹ − 1.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The order.
  /// - Complexity: O(n); two words a place at most, on average.
  public mutating func permutation(
    of n: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> [Int32] {
    require(
      n >= 0 && n <= Int(Int32.max),
      "cannot permute \(n) elements: an order holds 0 to \(Int32.max)", file: file, line: line)
    var order = Array(0..<Int32(n))
    order.withUnsafeMutableBufferPointer { order in
      for place in stride(from: n - 1, to: 0, by: -1) {
        let i = UInt32(truncatingIfNeeded: place)
        let mask = UInt32.max >> UInt32(truncatingIfNeeded: i.leadingZeroBitCount)
        var other = words.nextWord() & mask
        while other > i { other = words.nextWord() & mask }
        order.swapAt(place, Int(other))
      }
    }
    return order
  }
}
