/// A table of vectors, one row for each token: the embedding layer.
///
/// The weight has the shape (V, d): V tokens, d numbers for each. The layer maps a token's index to
/// its row; after training, the rows are the word vectors.
public struct Embedding: Sendable {
  /// The rows, shape (V, d).
  public var weight: Tensor {
    didSet { Embedding.check(weight) }
  }

  /// Creates a layer around its rows.
  ///
  /// - Parameter weight: The rows, shape (V, d).
  public init(weight: Tensor) {
    Embedding.check(weight)
    self.weight = weight
  }

  /// The number of rows, V.
  public var vocabularySize: Int { weight.shape[0] }

  /// The length of a row, d.
  public var dimension: Int { weight.shape[1] }

  /// Gathers the rows at `indices`, in their order.
  ///
  /// - Parameter indices: n row numbers in 0 ..< V; a row may come more than once.
  /// - Returns: The rows, shape (n, d).
  /// - Complexity: O(n·d).
  public func callAsFunction(_ indices: [Int32]) -> Tensor {
    let count = indices.count * dimension
    let gathered = [Float](count: count) { gather(indices, into: $0) }
    return Tensor(shape: [indices.count, dimension], values: gathered)
  }

  /// Gathers the rows at `indices` and keeps their shape.
  ///
  /// - Parameter indices: Row numbers of any shape (…).
  /// - Returns: The rows, shape (…, d).
  /// - Complexity: O(n·d) for n indices.
  public func callAsFunction(_ indices: Indices) -> Tensor {
    self(indices.values).reshaped(to: indices.shape + [dimension])
  }

  /// Writes the rows at `indices` to `output`, shape (n, d).
  func gather(_ indices: [Int32], into output: UnsafeMutablePointer<Float>) {
    let (rows, d) = (vocabularySize, dimension)
    weight.values.withUnsafeBufferPointer { table in
      for (position, index) in indices.enumerated() {
        precondition(
          index >= 0 && index < rows,
          "index \(index) at position \(position) is outside a table of \(rows) rows")
        if let first = table.baseAddress {
          (output + position * d).update(from: first + Int(index) * d, count: d)
        }
      }
    }
  }

  private static func check(_ weight: Tensor) {
    precondition(
      weight.shape.count == 2,
      "an embedding's weight has the shape (V, d), given \(shapeText(weight.shape))")
  }
}
