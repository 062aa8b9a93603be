/// A vector scaled to length 1: x / √(|x|² + ε), of which the sum runs from left to right.
///
/// - Parameters:
///   - vector: x, shape (d).
///   - epsilon: ε, 0 or a small number. A vector without length stays zero.
/// - Returns: The numbers in the vector's own precision, the same on every processor.
func scaledToUnitLength<Scalar: BinaryFloatingPoint>(
  _ vector: some Collection<Scalar>, epsilon: Scalar
) -> [Scalar] {
  let length = (vector.reduce(0) { $0 + $1 * $1 } + epsilon).squareRoot()
  return vector.map { length > 0 ? $0 / length : 0 }
}

extension WordVectors {
  /// The vector of a word scaled to length 1, x / √(|x|² + 10⁻⁹), shape (d).
  ///
  /// The product of two of them is the cosine of the angle between them.
  ///
  /// - Parameter word: A word.
  /// - Returns: Its vector, nil if it has none.
  public func unitVector(of word: String) -> [Double]? {
    guard let row = index(of: word) else { return nil }
    return scaledToUnitLength(self[row].map(Double.init), epsilon: 1e-9)
  }
}
