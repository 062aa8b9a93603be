import Files

/// The Mersenne Twister MT19937, from which CPython, NumPy, PyTorch and MXNet draw.
///
/// They differ in how they seed it and in how they turn its 32-bit words into numbers. The
/// generator is a value: a copy goes on with the same words, independently. Words are made 624 at a
/// time, so that a draw is a load and a compare.
///
/// With seed 5489 the first words are 3499211612, 581869302, 3890346734; with the key
/// [0x123, 0x234, 0x345, 0x456] they are 1067595299, 955945823, 477289528.
///
/// Source: M. Matsumoto, T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed
/// uniform pseudo-random number generator", ACM TOMACS 8(1), 1998; the seedings are those of the
/// authors' `mt19937ar.c` (2002).
@frozen
public struct MersenneTwister: RandomNumberGenerator, Sendable {
  /// The state: the last 624 words of the recurrence, not yet tempered.
  @usableFromInline
  var state: [UInt32]

  /// The tempered words of the current block.
  @usableFromInline
  var words: [UInt32]

  /// The index in `words` of the next word; 624 where the block is used up.
  @usableFromInline
  var position: Int

  /// Creates a generator from one 32-bit seed (`init_genrand`).
  ///
  /// - Parameter seed: Any seed; each gives a stream of its own.
  public init(seed: UInt32) {
    words = [UInt32](repeating: 0, count: 624)
    position = 624
    state = [UInt32](repeating: seed, count: 624)
    for i in 1..<624 {
      let previous = state[i - 1]
      state[i] = 1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(i)
    }
  }

  /// Creates a generator from a key of one or more words (`init_by_array`).
  ///
  /// - Parameters:
  ///   - key: The words, at least one; also more than 624 count, all of them.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  public init(key: [UInt32], file: StaticString = #fileID, line: UInt = #line) {
    require(
      !key.isEmpty, "the key of a Mersenne Twister has 0 words, needs at least 1", file: file,
      line: line)
    self.init(seed: 19_650_218)
    var i = 1
    var j = 0
    func step(_ multiplier: UInt32, in state: inout [UInt32]) -> UInt32 {
      state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) &* multiplier)
    }
    func advance(in state: inout [UInt32]) {
      i += 1
      if i == 624 {
        state[0] = state[623]
        i = 1
      }
    }
    for _ in 0..<max(624, key.count) {
      state[i] = step(1_664_525, in: &state) &+ key[j] &+ UInt32(truncatingIfNeeded: j)
      advance(in: &state)
      j = j + 1 < key.count ? j + 1 : 0
    }
    for _ in 1..<624 {
      state[i] = step(1_566_083_941, in: &state) &- UInt32(i)
      advance(in: &state)
    }
    state[0] = 0x8000_0000
  }

  /// Draws the next word, uniform on 0 … 2³² − 1 (`genrand_int32`).
  ///
  /// - Returns: The word.
  /// - Complexity: O(1) amortised.
  @inlinable @inline(__always)
  public mutating func nextWord() -> UInt32 {
    if position == 624 { makeBlock() }
    let word = words.withUnsafeBufferPointer { $0[position] }
    position &+= 1
    return word
  }

  /// Draws two words as one, the first of them on top.
  ///
  /// - Returns: A number uniform on 0 … 2⁶⁴ − 1.
  @inlinable @inline(__always)
  public mutating func next() -> UInt64 {
    let high = UInt64(nextWord())
    return high << 32 | UInt64(nextWord())
  }

  /// Passes over the next `count` words, as that many calls of `nextWord()` would.
  ///
  /// - Parameters:
  ///   - count: 0 or more.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Complexity: O(count / 624) blocks of words.
  public mutating func skip(
    _ count: Int, file: StaticString = #fileID, line: UInt = #line
  ) {
    require(count >= 0, "cannot skip \(count) words", file: file, line: line)
    var left = count
    while left > 624 - position {
      left -= 624 - position
      makeBlock()
    }
    position += left
  }

  /// Advances the recurrence by 624 words and tempers them.
  @inline(never)
  @usableFromInline
  mutating func makeBlock() {
    state.withUnsafeMutableBufferPointer { x in
      for k in 0..<227 { x[k] = x[k + 397] ^ Self.twist(x[k], x[k + 1]) }
      for k in 227..<623 { x[k] = x[k - 227] ^ Self.twist(x[k], x[k + 1]) }
      x[623] = x[396] ^ Self.twist(x[623], x[0])
      words.withUnsafeMutableBufferPointer { words in
        for k in 0..<624 { words[k] = Self.temper(x[k]) }
      }
    }
    position = 0
  }

  /// The upper bit of one word joined to the lower 31 of the next, times the matrix A.
  @inline(__always)
  private static func twist(_ upper: UInt32, _ lower: UInt32) -> UInt32 {
    let y = (upper & 0x8000_0000) | (lower & 0x7fff_ffff)
    return (y >> 1) ^ ((0 &- (lower & 1)) & 0x9908_b0df)
  }

  /// The tempering of the paper's equations (2) to (5).
  @inline(__always)
  private static func temper(_ word: UInt32) -> UInt32 {
    var y = word
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    return y ^ (y >> 18)
  }
}
