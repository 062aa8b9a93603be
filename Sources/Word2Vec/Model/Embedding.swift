import Files

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
  /// - Parameters:
  ///   - weight: The rows, shape (V, d).
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  public init(weight: Tensor, file: StaticString = #fileID, line: UInt = #line) {
    Embedding.check(weight, file: file, line: line)
    self.weight = weight
  }

  /// Makes a layer of numbers drawn evenly between two bounds, row after row.
  ///
  /// A number takes the upper 24 bits of one draw, so that a generator with a seed gives the same
  /// layer everywhere.
  ///
  /// - Parameters:
  ///   - count: The number of rows, V.
  ///   - dimension: The length of a row, d.
  ///   - bound: The numbers are from −`bound` to below `bound`, such as 0.5 / d.
  ///   - generator: What draws them.
  /// - Returns: A layer with the weight shape (V, d).
  public static func uniform(
    _ count: Int, _ dimension: Int, bound: Float, using generator: inout some RandomNumberGenerator
  ) -> Embedding {
    let values = (0..<count * dimension).map { _ in
      (Float(generator.next() >> 40) * 0x1p-23 - 1) * bound
    }
    return Embedding(weight: Tensor(shape: [count, dimension], values: values))
  }

  /// The number of rows, V.
  public var vocabularySize: Int { weight.shape[0] }

  /// The length of a row, d.
  public var dimension: Int { weight.shape[1] }

  /// Gathers the rows at `indices`, in their order.
  ///
  /// - Parameters:
  ///   - indices: n row numbers in 0 ..< V; a row may come more than once.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The rows, shape (n, d).
  /// - Complexity: O(n·d).
  public func callAsFunction(
    _ indices: [Int32], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let count = indices.count * dimension
    let gathered = [Float](count: count) { gather(indices, into: $0, file: file, line: line) }
    return Tensor(shape: [indices.count, dimension], values: gathered)
  }

  /// Gathers the rows at `indices` and keeps their shape.
  ///
  /// - Parameters:
  ///   - indices: Row numbers of any shape (…).
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The rows, shape (…, d).
  /// - Complexity: O(n·d) for n indices.
  public func callAsFunction(
    _ indices: Indices, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    self(indices.values, file: file, line: line).reshaped(to: indices.shape + [dimension])
  }

  /// Carries the gradient of gathered rows back to the weight: the transpose of the lookup.
  ///
  /// A row that was gathered more than once gets the sum; one that was not gets zeros.
  ///
  /// - Parameters:
  ///   - rows: The gradient of the rows at `indices`, shape (…, d).
  ///   - indices: The row numbers that were looked up, shape (…).
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The gradient of the weight, shape (V, d), summed in the order of the indices.
  /// - Complexity: O(n·d + V·d) for n indices.
  public func gradient(
    of rows: Tensor, at indices: Indices, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    require(
      rows.shape == indices.shape + [dimension],
      "rows of \(dimension) numbers at indices \(shapeText(indices.shape)) have no gradient of "
        + "shape \(shapeText(rows.shape))", file: file, line: line)
    for index in indices.values {
      require(
        index >= 0 && index < vocabularySize,
        "index \(index) is outside a table of \(vocabularySize) rows", file: file, line: line)
    }
    var table = [Float](repeating: 0, count: weight.count)
    rows.values.withUnsafeBufferPointer { rows in
      guard let rows = rows.baseAddress else { return }
      scatter(rows, at: indices.values, into: &table, dimension: dimension)
    }
    return Tensor(shape: weight.shape, values: table)
  }

  /// Writes the rows at `indices` to `output`, shape (n, d).
  func gather(
    _ indices: [Int32], into output: UnsafeMutablePointer<Float>, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    let (rows, d) = (vocabularySize, dimension)
    weight.values.withUnsafeBufferPointer { table in
      for (position, index) in indices.enumerated() {
        require(
          index >= 0 && index < rows,
          "index \(index) at position \(position) is outside a table of \(rows) rows",
          file: file, line: line)
        if let first = table.baseAddress {
          (output + position * d).update(from: first + Int(index) * d, count: d)
        }
      }
    }
  }

  private static func check(
    _ weight: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      weight.shape.count == 2,
      "an embedding's weight has the shape (V, d), given \(shapeText(weight.shape))",
      file: file, line: line)
  }
}

/// Sets a gradient table to the sums of its words' rows.
///
/// - Parameters:
///   - rows: The gradients of the looked-up rows, shape (n, d), added in their order.
///   - indices: The rows' places in the table, n of them.
///   - table: The result, shape (V, d); what it held is overwritten.
///   - d: The length of a row.
func scatter(
  _ rows: UnsafePointer<Float>, at indices: [Int32], into table: inout [Float], dimension d: Int
) {
  table.withUnsafeMutableBufferPointer { table in
    table.update(repeating: 0)
    for (position, index) in indices.enumerated() {
      let (row, target) = (position * d, Int(index) * d)
      for k in 0..<d { table[target + k] += rows[row + k] }
    }
  }
}
