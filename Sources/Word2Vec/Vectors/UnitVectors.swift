/// A vector scaled to length 1: x / √(|x|² + ε), of which the sum runs from left to right.
///
/// - Parameters:
///   - vector: x, shape (d).
///   - epsilon: ε, 0 or a small number. A vector without length stays zero.
/// - Returns: The numbers in the vector's own precision, the same on every processor.
package func scaledToUnitLength<Scalar: BinaryFloatingPoint>(
  _ vector: some Collection<Scalar>, epsilon: Scalar = 0
) -> [Scalar] {
  let length = (vector.reduce(0) { $0 + $1 * $1 } + epsilon).squareRoot()
  return vector.map { length > 0 ? $0 / length : 0 }
}
