/// A vector scaled to length 1: x / |x|, of which the sum of squares runs from left to right.
///
/// - Parameter vector: x, shape (d).
/// - Returns: The numbers in the vector's own precision, the same on every processor; a vector without
///   length stays zero.
func scaledToUnitLength<Scalar: BinaryFloatingPoint>(
  _ vector: some Collection<Scalar>
) -> [Scalar] {
  let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  return vector.map { length > 0 ? $0 / length : 0 }
}

extension WordVectors {
  /// The vector of a word scaled to length 1, shape (d); one without length stays zero.
  ///
  /// The product of two of them is the cosine of the angle between them.
  ///
  /// - Parameter word: A word.
  /// - Returns: Its vector, nil if it has none.
  public func unitVector(of word: String) -> [Double]? {
    index(of: word).map { scaledToUnitLength(self[$0].map(Double.init)) }
  }
}
