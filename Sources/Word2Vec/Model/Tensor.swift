import Files

/// An array of Float with a shape, stored row by row.
///
/// The last axis moves fastest: element (i, j) of a tensor of shape (n, m) is `values[i * m + j]`.
/// A shape may hold zeros (no element) and may be empty (one element).
public struct Tensor: Sendable, Equatable {
  /// The length of each axis, outermost first.
  public let shape: [Int]

  /// The elements in row-major order; always as many as `shape` says.
  public var values: [Float] {
    didSet { checkShape(shape, count: values.count) }
  }

  /// Creates a tensor from its elements in row-major order.
  ///
  /// - Parameters:
  ///   - shape: The length of each axis, outermost first.
  ///   - values: The elements, as many as the product of `shape`.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  public init(
    shape: [Int], values: [Float], file: StaticString = #fileID, line: UInt = #line
  ) {
    checkShape(shape, count: values.count, file: file, line: line)
    self.shape = shape
    self.values = values
  }

  /// Creates a tensor whose elements are all `value`.
  ///
  /// - Parameters:
  ///   - value: The elements.
  ///   - shape: The length of each axis, outermost first.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  public init(
    repeating value: Float, shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) {
    let count = checkedCount(shape, file: file, line: line)
    self.init(shape: shape, values: [Float](repeating: value, count: count))
  }

  /// Creates a matrix, shape (rows, columns), from rows of equal length.
  ///
  /// - Parameters:
  ///   - rows: The rows, from top to bottom.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  public init(_ rows: [[Float]], file: StaticString = #fileID, line: UInt = #line) {
    let columns = commonLength(rows, file: file, line: line)
    self.init(shape: [rows.count, columns], values: rows.flatMap { $0 })
  }

  /// Creates a vector, shape (n), from its elements.
  public init(_ values: [Float]) {
    self.init(shape: [values.count], values: values)
  }

  /// The number of elements.
  public var count: Int { values.count }

  /// The element at `index`, one number for each axis.
  ///
  /// - Complexity: O(axes).
  public subscript(
    index: Int..., file file: StaticString = #fileID, line line: UInt = #line
  ) -> Float {
    get { values[offset(of: index, file: file, line: line)] }
    set { values[offset(of: index, file: file, line: line)] = newValue }
  }

  /// The same elements under another shape of the same size.
  ///
  /// - Parameters:
  ///   - newShape: The length of each axis, outermost first.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The tensor of that shape.
  public func reshaped(
    to newShape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    require(
      newShape.allSatisfy { $0 >= 0 } && elementCount(newShape) == count,
      "cannot reshape \(shapeText(shape)) to \(shapeText(newShape))", file: file, line: line)
    return Tensor(shape: newShape, values: values)
  }

  /// The sum over the last axis: shape (…, m) becomes (…); each sum runs from left to right.
  ///
  /// - Parameters:
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The sums.
  public func sumOverLastAxis(file: StaticString = #fileID, line: UInt = #line) -> Tensor {
    guard let length = shape.last else {
      requirementFailure("shape () has no axis to sum over", file: file, line: line)
    }
    let sums = (0..<elementCount(shape.dropLast())).map { row in
      values[row * length..<(row + 1) * length].reduce(0, +)
    }
    return Tensor(shape: Array(shape.dropLast()), values: sums)
  }

  private func offset(of index: [Int], file: StaticString, line: UInt) -> Int {
    require(
      index.count == shape.count && zip(index, shape).allSatisfy { $0 >= 0 && $0 < $1 },
      "index \(shapeText(index)) is outside shape \(shapeText(shape))", file: file, line: line)
    return zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }
}

extension Tensor {
  /// The quotients, element by element.
  ///
  /// Both tensors have the same shape, or the right one has a single column, shape (…, 1), whose
  /// elements each count for a whole row.
  public static func / (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right, /)
  }

  /// The products, element by element; shapes as with `/`.
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right, *)
  }

  /// Every element times `factor`.
  public static func * (tensor: Tensor, factor: Float) -> Tensor {
    Tensor(shape: tensor.shape, values: tensor.values.map { $0 * factor })
  }

  /// Every quotient by `divisor`.
  public static func / (tensor: Tensor, divisor: Float) -> Tensor {
    Tensor(shape: tensor.shape, values: tensor.values.map { $0 / divisor })
  }

  /// The sums, element by element; shapes as with `/`.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right, +)
  }

  /// Every element plus `addend`.
  public static func + (tensor: Tensor, addend: Float) -> Tensor {
    Tensor(shape: tensor.shape, values: tensor.values.map { $0 + addend })
  }

  /// The differences, element by element; shapes as with `/`.
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    left.combined(with: right, -)
  }

  /// The square root of every element.
  public func squareRoot() -> Tensor {
    Tensor(shape: shape, values: values.map { $0.squareRoot() })
  }

  private func combined(with other: Tensor, _ operation: (Float, Float) -> Float) -> Tensor {
    if shape == other.shape {
      return Tensor(shape: shape, values: zip(values, other.values).map(operation))
    }
    let length = shape.last ?? 0
    require(
      !shape.isEmpty && other.shape == shape.dropLast() + [1],
      "shapes \(shapeText(shape)) and \(shapeText(other.shape)) differ")
    return Tensor(
      shape: shape,
      values: values.indices.map { operation(values[$0], other.values[$0 / length]) })
  }
}

/// Row numbers of an embedding table with a shape, stored row by row.
public struct Indices: Sendable, Equatable {
  /// The length of each axis, outermost first.
  public let shape: [Int]

  /// The row numbers in row-major order.
  public let values: [Int32]

  /// Creates indices from their values in row-major order.
  ///
  /// - Parameters:
  ///   - shape: The length of each axis, outermost first.
  ///   - values: The row numbers, as many as the product of `shape`.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  public init(
    shape: [Int], values: [Int32], file: StaticString = #fileID, line: UInt = #line
  ) {
    checkShape(shape, count: values.count, file: file, line: line)
    self.shape = shape
    self.values = values
  }

  /// Creates indices that are all `value`.
  ///
  /// - Parameters:
  ///   - value: The row number.
  ///   - shape: The length of each axis, outermost first.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  public init(
    repeating value: Int32, shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) {
    let count = checkedCount(shape, file: file, line: line)
    self.init(shape: shape, values: [Int32](repeating: value, count: count))
  }

  /// Creates a matrix of indices, shape (rows, columns), from rows of equal length.
  ///
  /// - Parameters:
  ///   - rows: The rows, from top to bottom.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  public init(_ rows: [[Int32]], file: StaticString = #fileID, line: UInt = #line) {
    let columns = commonLength(rows, file: file, line: line)
    self.init(shape: [rows.count, columns], values: rows.flatMap { $0 })
  }
}

/// The shape as Python prints a tuple: `(2, 3)`, `(4,)`, `()`.
package func shapeText(_ shape: [Int]) -> String {
  let lengths = shape.map(String.init).joined(separator: ", ")
  return shape.count == 1 ? "(\(lengths),)" : "(\(lengths))"
}

private func elementCount(_ shape: some Sequence<Int>) -> Int { shape.reduce(1, *) }

private func checkedCount(_ shape: [Int], file: StaticString, line: UInt) -> Int {
  require(
    shape.allSatisfy { $0 >= 0 }, "shape \(shapeText(shape)) has an axis below 0", file: file,
    line: line)
  let count = shape.reduce(1.0) { $0 * Double($1) }
  require(
    count < 1e12, "shape \(shapeText(shape)) is of more numbers than memory holds", file: file,
    line: line)
  return elementCount(shape)
}

private func checkShape(
  _ shape: [Int], count: Int, file: StaticString = #fileID, line: UInt = #line
) {
  require(
    shape.allSatisfy { $0 >= 0 } && shape.reduce(1.0) { $0 * Double($1) } == Double(count),
    "shape \(shapeText(shape)) does not hold \(count) values", file: file, line: line)
}

private func commonLength<Element>(
  _ rows: [[Element]], file: StaticString, line: UInt
) -> Int {
  let length = rows.first?.count ?? 0
  require(
    rows.allSatisfy { $0.count == length }, "rows of unequal length: \(rows.map(\.count))",
    file: file, line: line)
  return length
}
