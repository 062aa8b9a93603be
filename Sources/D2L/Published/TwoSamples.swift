import Files

/// The test of Kolmogorov and Smirnov whether two samples can be of one distribution.
///
/// It looks at the whole of both samples, where they lie and how far they spread, and assumes nothing
/// of their form.
///
/// - Source: Smirnov, "Table for estimating the goodness of fit of empirical distributions", 1948.
public struct TwoSamples: Sendable, Equatable {
  /// The greatest distance between the shares of the samples that lie below a value, 0…1.
  public let distance: Double
  /// What the distance of two samples of one distribution is above in one of a hundred cases.
  public let limit: Double

  /// Whether the samples agree, at the level of 1 %.
  public var agree: Bool { distance <= limit }

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - a: Values in any order, one or more.
  ///   - b: Values in any order, one or more.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Complexity: O(n log n).
  public init(_ a: [Double], _ b: [Double], file: StaticString = #fileID, line: UInt = #line) {
    require(
      !a.isEmpty && !b.isEmpty, "samples of \(a.count) and \(b.count) values", file: file,
      line: line)
    let (a, b) = (a.sorted(), b.sorted())
    var (i, j, greatest) = (0, 0, 0.0)
    while i < a.count, j < b.count {
      let value = min(a[i], b[j])
      while i < a.count, a[i] <= value { i += 1 }
      while j < b.count, b[j] <= value { j += 1 }
      greatest = max(greatest, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    distance = greatest
    // 2 exp(−2 · 1.6276²) = 0.01
    limit = 1.6276 * (Double(a.count + b.count) / Double(a.count * b.count)).squareRoot()
  }
}
