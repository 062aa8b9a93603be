import PortableMath

/// How two series of numbers go together, with a 95 % interval.
public struct Correlation: Sendable, Equatable {
  /// The coefficient, −1 to 1; nil of fewer than two pairs, or where a series stays the same.
  public let value: Double?
  /// The 95 % interval about it; nil of fewer than four pairs.
  public let interval: ClosedRange<Double>?

  /// Pearson's coefficient of correlation.
  ///
  /// - Parameters:
  ///   - x: Numbers, shape (n).
  ///   - y: Numbers, shape (n).
  /// - Returns: The coefficient.
  /// - Source: Fisher 1921 for the interval.
  static func pearson(_ x: [Double], _ y: [Double]) -> Correlation {
    Correlation(coefficient(x, y), count: x.count) { _ in 1 }
  }

  /// Spearman's coefficient, Pearson's of the ranks; equal numbers share the mean of their ranks.
  ///
  /// - Parameters:
  ///   - x: Numbers, shape (n).
  ///   - y: Numbers, shape (n).
  /// - Returns: The coefficient.
  /// - Source: Bonett and Wright 2000 for the interval.
  static func spearman(_ x: [Double], _ y: [Double]) -> Correlation {
    Correlation(coefficient(ranks(x), ranks(y)), count: x.count) { 1 + $0 * $0 / 2 }
  }

  /// Puts the interval about a coefficient: in Fisher's z = artanh r the variance is `variance(r)`
  /// over n − 3.
  private init(_ r: Double?, count: Int, variance: (Double) -> Double) {
    value = r
    guard let r, count >= 4, abs(r) < 1 else {
      interval = nil
      return
    }
    let z = (logOnePlus(r) - logOnePlus(-r)) / 2
    let reach = 1.959_963_984_540_054 * (variance(r) / Double(count - 3)).squareRoot()
    interval = Correlation.tanh(z - reach)...Correlation.tanh(z + reach)
  }

  private static func tanh(_ z: Double) -> Double {
    let e = exponential(-2 * abs(z))
    return (1 - e) / (1 + e) * (z < 0 ? -1 : 1)
  }

  private static func coefficient(_ x: [Double], _ y: [Double]) -> Double? {
    let n = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xx += (a - meanX) * (a - meanX)
      yy += (b - meanY) * (b - meanY)
      xy += (a - meanX) * (b - meanY)
    }
    guard x.count >= 2, xx > 0, yy > 0 else { return nil }
    return min(1, max(-1, xy / (xx * yy).squareRoot()))
  }

  static func ranks(_ x: [Double]) -> [Double] {
    let order = x.indices.sorted { (x[$0], $0) < (x[$1], $1) }
    var ranks = [Double](repeating: 0, count: x.count)
    var first = 0
    while first < order.count {
      var end = first
      while end < order.count, x[order[end]] == x[order[first]] { end += 1 }
      for place in first..<end { ranks[order[place]] = Double(first + end + 1) / 2 }
      first = end
    }
    return ranks
  }
}
