import Files

/// Draws indices by weight exactly as `random.choices(range(n), weights)` does.
///
/// Python bisects the running sums of the weights for `random() * total`: the answer is the number
/// of sums that are not above it, at most n − 1. Here a guide table, indexed by the leading bits of
/// the random number, narrows that search to a step or two. The answer is the same for every
/// number, since rounding a product is monotonic: a bucket's own bounds, bisected once, enclose the
/// answers of all the numbers inside it.
///
/// Source: CPython 3.11, `Lib/random.py` (`choices`) and `Modules/_bisectmodule.c`
/// (`bisect_right`); the table after H.-C. Chen and Y. Asau, "On generating random variates from an
/// empirical distribution", AIIE Transactions 6(2), 1974.
public struct WeightedChoice: Sendable {
  /// The number of weights.
  public let count: Int

  /// The sum of the weights, added from the first to the last.
  public let total: Double

  /// The running sums, the last of them replaced by infinity: the search always ends there.
  @usableFromInline
  let bounds: [Double]

  /// The answer for the lower end of every bucket, and n − 1 after the last.
  @usableFromInline
  let guide: [Int32]

  /// The number of buckets, a power of two: scaling a number by it is exact.
  @usableFromInline
  let bucketCount: Double

  /// Creates the table for some weights, which need not add up to one.
  ///
  /// - Parameters:
  ///   - weights: One weight for each index, none negative, with a sum above zero and finite.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Complexity: O(n log n).
  public init(weights: [Double], file: StaticString = #fileID, line: UInt = #line) {
    require(
      !weights.isEmpty, "a choice needs at least one weight, got 0", file: file, line: line)
    var sums: [Double] = []
    sums.reserveCapacity(weights.count)
    var sum = -0.0
    for (i, weight) in weights.enumerated() {
      require(
        weight >= 0, "weight \(i) is \(weight), must be 0 or more", file: file, line: line)
      sum += weight
      sums.append(sum)
    }
    require(
      sum > 0 && sum.isFinite, "the weights add up to \(sum), not a positive number", file: file,
      line: line)
    sums[sums.count - 1] = .infinity

    var buckets = 1024
    while buckets < 4 * weights.count && buckets < 1 << 20 { buckets *= 2 }
    var guide: [Int32] = []
    guide.reserveCapacity(buckets + 1)
    var answer = 0
    for bucket in 0..<buckets {
      let target = Double(bucket) / Double(buckets) * sum
      while sums[answer] <= target { answer += 1 }
      guide.append(Int32(answer))
    }
    guide.append(Int32(weights.count - 1))

    self.count = weights.count
    self.total = sum
    self.bounds = sums
    self.guide = guide
    self.bucketCount = Double(buckets)
  }

  /// Returns the index, 0 ..< count, that a random number chooses.
  ///
  /// - Parameters:
  ///   - u: The random number, in [0, 1).
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The index.
  @inlinable
  public func index(
    for u: Double, file: StaticString = #fileID, line: UInt = #line
  ) -> Int {
    require(
      u >= 0 && u < 1, "the random number is \(u), must be in [0, 1)", file: file, line: line)
    return bounds.withUnsafeBufferPointer { bounds in
      guide.withUnsafeBufferPointer { guide in
        search(u, bounds: bounds, guide: guide)
      }
    }
  }

  /// Draws one index, 0 ..< count; takes one `random()` from the generator.
  @inlinable
  public func draw(using generator: inout PythonRandom) -> Int {
    index(for: generator.random())
  }

  /// Draws `count` indices, one `random()` each: `random.choices(…, k: count)` in one go.
  ///
  /// - Parameters:
  ///   - count: How many, 0 or more.
  ///   - generator: Python's stream.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The indices, in the order in which they are drawn.
  @inlinable
  public func draws(
    _ count: Int, using generator: inout PythonRandom, file: StaticString = #fileID,
    line: UInt = #line
  ) -> [Int32] {
    require(count >= 0, "cannot draw \(count) times", file: file, line: line)
    return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), using: &generator)
      initialized = count
    }
  }

  /// Fills a buffer with drawn indices, from its first element to its last, one `random()` each.
  ///
  /// - Parameters:
  ///   - buffer: Memory for the draws; what it held is overwritten.
  ///   - generator: Python's stream.
  @inlinable
  public func fill(
    _ buffer: UnsafeMutableBufferPointer<Int32>, using generator: inout PythonRandom
  ) {
    bounds.withUnsafeBufferPointer { bounds in
      guide.withUnsafeBufferPointer { guide in
        for i in buffer.indices {
          let index = search(generator.random(), bounds: bounds, guide: guide)
          buffer.initializeElement(at: i, to: Int32(truncatingIfNeeded: index))
        }
      }
    }
  }

  /// The number of running sums not above `u * total`, at most n − 1.
  ///
  /// Two steps without a branch settle nearly every number; only a bucket that holds more bounds
  /// than that is bisected.
  @inlinable @inline(__always)
  func search(
    _ u: Double, bounds: UnsafeBufferPointer<Double>, guide: UnsafeBufferPointer<Int32>
  ) -> Int {
    let target = u * total
    let bucket = Int(u * bucketCount)
    var low = Int(guide[bucket])
    low += bounds[low] <= target ? 1 : 0
    low += bounds[low] <= target ? 1 : 0
    if bounds[low] <= target { low = bisect(target, bounds, from: low, to: Int(guide[bucket + 1])) }
    return low
  }

  /// Plain `bisect_right` on `bounds[low..<high]`.
  @inline(never)
  @usableFromInline
  func bisect(
    _ target: Double, _ bounds: UnsafeBufferPointer<Double>, from low: Int, to high: Int
  ) -> Int {
    var low = low
    var high = high
    while low < high {
      let middle = (low + high) / 2
      if target < bounds[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
