internal import COpenBLAS
import Files

/// The directions in which some vectors differ most, and the vectors' places along them.
///
/// Axis 1 is the direction of the greatest variance, axis 2 that of the greatest variance at right
/// angles to it, and so on: the eigenvectors of the covariance, by falling eigenvalue. An
/// eigenvector's sign is free; here its entry of the greatest size is positive (the first of them).
///
/// - Source: Pearson 1901; LAPACK's `dsyevd` for the eigenvectors.
public struct PrincipalComponents: Sendable {
  /// The mean of the vectors, shape (d).
  let mean: [Double]
  /// The directions, of length 1 and at right angles, shape (k, d).
  let axes: [[Double]]
  /// The share of the whole variance that lies along each axis, shape (k), 0…1.
  public let shares: [Double]

  /// Finds the first k axes of n vectors of d numbers.
  ///
  /// The last digits depend on the processor, as LAPACK's do: round what is to be compared.
  ///
  /// - Parameters:
  ///   - vectors: Finite numbers, shape (n, d), n ≥ 2.
  ///   - count: k, 1…d.
  ///   - file: The caller's file, for vectors or a k that cannot be.
  ///   - line: The caller's line.
  /// - Complexity: O(n·d² + d³).
  public init(
    of vectors: Tensor, count: Int, file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      vectors.shape.count == 2 && vectors.shape[0] >= 2,
      "vectors of shape \(vectors.shape) have no components", file: file, line: line)
    let (n, d) = (vectors.shape[0], vectors.shape[1])
    require(
      1...max(1, d) ~= count, "\(count) components of vectors of \(d) numbers", file: file,
      line: line)
    require(vectors.values.allSatisfy(\.isFinite), "a vector is not finite", file: file, line: line)

    let rows = (0..<n).map { i in vectors.values[i * d..<(i + 1) * d].map(Double.init) }
    let mean = (0..<d).map { k in rows.reduce(0) { $0 + $1[k] } / Double(n) }
    var covariance = [Double](repeating: 0, count: d * d)
    for row in rows {
      let centered = zip(row, mean).map { $0 - $1 }
      for i in 0..<d {
        for j in 0...i { covariance[i * d + j] += centered[i] * centered[j] / Double(n - 1) }
      }
    }
    let variance = (0..<d).reduce(0) { $0 + covariance[$1 * d + $1] }
    let (values, eigenvectors) = symmetricEigen(lowerTriangle: covariance, size: d)

    self.mean = mean
    let order = (0..<count).map { d - 1 - $0 }  // LAPACK's order is rising
    shares = order.map { variance > 0 ? max(0, values[$0]) / variance : 0 }
    axes = order.map { index in
      let axis = Array(eigenvectors[index * d..<(index + 1) * d])
      let greatest = axis.map(abs).max() ?? 0
      let isNegative = (axis.first { abs($0) == greatest } ?? 0) < 0
      return isNegative ? axis.map { -$0 } : axis
    }
  }

  /// Finds the places of vectors along the axes.
  ///
  /// - Parameters:
  ///   - vectors: The vectors, shape (n, d).
  ///   - file: The caller's file, for vectors of another dimension.
  ///   - line: The caller's line.
  /// - Returns: Their places, shape (n, k).
  public func callAsFunction(
    _ vectors: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) -> [[Double]] {
    let d = mean.count
    require(
      vectors.shape.count == 2 && vectors.shape[1] == d,
      "vectors of shape \(vectors.shape) have no place along components of \(d) numbers",
      file: file, line: line)
    return (0..<vectors.shape[0]).map { i in
      axes.map { axis in
        (0..<d).reduce(0) { $0 + (Double(vectors.values[i * d + $1]) - mean[$1]) * axis[$1] }
      }
    }
  }
}

/// Finds the eigenvalues of a symmetric matrix and its eigenvectors (`dsyevd`).
///
/// - Parameters:
///   - matrix: Row-major, shape (n, n); what is above the diagonal is not read.
///   - size: n.
/// - Returns: The eigenvalues, rising, shape (n), and the eigenvectors, one a row, shape (n, n).
private func symmetricEigen(
  lowerTriangle matrix: [Double], size: Int
) -> (values: [Double], vectors: [Double]) {
  _ = openBLASIsSerial
  var vectors = matrix
  var values = [Double](repeating: 0, count: size)
  var n = Int32(size)
  var lwork = Int32(1 + 6 * size + 2 * size * size)
  var liwork = Int32(3 + 5 * size)
  var work = [Double](repeating: 0, count: Int(lwork))
  var iwork = [Int32](repeating: 0, count: Int(liwork))
  var info: Int32 = 0
  // Fortran reads by columns: the lower triangle by rows is its upper one.
  dsyevd_("V", "U", &n, &vectors, &n, &values, &work, &lwork, &iwork, &liwork, &info, 1, 1)
  require(info == 0, "dsyevd ended with \(info) on a matrix of \(size) rows")
  return (values, vectors)
}
