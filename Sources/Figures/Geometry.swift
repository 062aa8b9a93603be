import Files

/// A position in points, from the top-left corner.
struct Point: Equatable {
  /// Distance from the left edge.
  var x: Double
  /// Distance from the top edge.
  var y: Double

  /// Creates a position.
  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A width and a height in points.
public struct Size: Sendable, Equatable {
  /// The width, at least 1.
  public let width: Double
  /// The height, at least 1.
  public let height: Double

  /// Creates a size.
  ///
  /// - Parameters:
  ///   - width: The width, at least 1.
  ///   - height: The height, at least 1.
  ///   - file: The caller's file, named where the size is too small.
  ///   - line: The caller's line.
  public init(
    width: Double, height: Double, file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      width >= 1 && height >= 1, "a figure of \(width) by \(height) points", file: file, line: line)
    self.width = width
    self.height = height
  }
}

/// An upright rectangle in points, from the top-left corner.
public struct Rectangle: Sendable, Equatable {
  /// The left edge.
  var x: Double
  /// The top edge.
  var y: Double
  /// The width.
  var width: Double
  /// The height.
  var height: Double

  /// The right edge.
  var maxX: Double { x + width }
  /// The bottom edge.
  var maxY: Double { y + height }

  /// Tells whether the two share more than an edge.
  func overlaps(_ other: Rectangle) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }

  /// Tells whether `other` lies inside, edges included.
  func contains(_ other: Rectangle) -> Bool {
    other.x >= x && other.maxX <= maxX && other.y >= y && other.maxY <= maxY
  }

  /// Tells whether a straight line passes through the inside (Liang and Barsky's clipping).
  func isCrossed(from start: Point, to end: Point) -> Bool {
    var inside = (entry: 0.0, exit: 1.0)
    for (from, to, low, high) in [(start.x, end.x, x, maxX), (start.y, end.y, y, maxY)] {
      if from == to {
        guard from > low, from < high else { return false }
        continue
      }
      let crossings = [(low - from) / (to - from), (high - from) / (to - from)]
      inside = (
        max(inside.entry, crossings.min() ?? 0), min(inside.exit, crossings.max() ?? 1)
      )
    }
    return inside.entry < inside.exit
  }

  /// The rectangle made smaller by `margin` on every side.
  func inset(by margin: Double) -> Rectangle {
    Rectangle(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }
}
