import Files

/// A matrix as coloured cells with their values printed.
///
/// Colour deepens with the size of the value, blue above zero and vermillion below, and never so
/// far that the printed value is hard to read on it.
public struct HeatMap: Chart {
  /// The title at the top; empty for none.
  public let title: String
  /// Names of the rows, top to bottom, and of the columns, left to right.
  public let rows: [String], columns: [String]
  /// The values, shape (rows, columns).
  public let values: [[Double]]
  private let decimals: Int

  private static let rowHeight = 30.0
  /// The opacity of the greatest value.
  static let deepest = 0.6

  /// Creates a heat map.
  ///
  /// - Parameters:
  ///   - title: The title at the top; empty for none.
  ///   - rows: Names of the rows, top to bottom.
  ///   - columns: Names of the columns, left to right.
  ///   - values: The values, shape (rows, columns).
  ///   - decimals: How many decimals of a value are printed, 0 or more.
  ///   - file: The caller's file, named where the shape is another.
  ///   - line: The caller's line.
  public init(
    title: String, rows: [String], columns: [String], values: [[Double]], decimals: Int = 2,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(decimals >= 0, "\(decimals) decimals", file: file, line: line)
    require(
      values.count == rows.count && values.allSatisfy { $0.count == columns.count },
      "\(rows.count) rows, \(columns.count) columns, values of \(values.map(\.count))", file: file,
      line: line)
    self.title = title
    self.rows = rows
    self.columns = columns
    self.values = values
    self.decimals = decimals
  }

  /// As high as the rows and the columns' names need.
  public var size: Size {
    let headings = headingHeight(cellWidth: cellWidth(within: 640 - 32)).rounded(.up)
    let heading = Title(title, within: 640 - 32).height
    return Size(
      width: 640, height: 32 + heading + headings + HeatMap.rowHeight * Double(rows.count))
  }

  /// A row per cell.
  public var table: Table {
    Table(
      columns: ["row", "column", "value"],
      rows: rows.indices.flatMap { i in
        columns.indices.map { j in [rows[i], columns[j], "\(values[i][j])"] }
      })
  }

  /// Draws the cells and the names of rows and columns.
  public func draw(on canvas: inout Canvas, in bounds: Rectangle) {
    let heading = Title(title, within: bounds.width)
    heading.draw(on: &canvas, at: Point(bounds.x, bounds.y))
    let width = cellWidth(within: bounds.width)
    let left = bounds.x + nameWidth
    let isSloped = slopes(cellWidth: width)
    let top = bounds.y + heading.height + headingHeight(cellWidth: width)
    for (j, name) in columns.enumerated() {
      let middle = left + (Double(j) + 0.5) * width
      canvas.text(
        TextRun(
          string: name, position: Point(isSloped ? middle - 2 : middle, top - 8),
          anchor: isSloped ? .start : .middle, size: TextMetrics.tickSize,
          angle: isSloped ? -45 : 0))
    }
    drawCells(width: width, at: Point(left, top), on: &canvas)
  }

  /// The rows' names and the cells, from `corner` downwards.
  private func drawCells(width: Double, at corner: Point, on canvas: inout Canvas) {
    let greatest = values.joined().filter(\.isFinite).map { abs($0) }.max() ?? 0
    for (i, name) in rows.enumerated() {
      let y = corner.y + Double(i) * HeatMap.rowHeight
      let baseline = y + HeatMap.rowHeight / 2 + 4.5
      canvas.text(
        name, at: Point(corner.x - 8, baseline), anchor: .end, size: TextMetrics.tickSize)
      for (j, value) in values[i].enumerated() {
        let cell = Rectangle(
          x: corner.x + Double(j) * width, y: y, width: width - 1, height: HeatMap.rowHeight - 1)
        if value.isFinite, value != 0 {
          canvas.fill(
            cell, value > 0 ? .blue : .vermillion, opacity: HeatMap.deepest * abs(value) / greatest)
        }
        canvas.text(
          label(value, decimals: decimals),
          at: Point(cell.x + cell.width / 2, baseline), anchor: .middle,
          size: TextMetrics.tickSize)
      }
    }
  }

  /// The room for the rows' names.
  private var nameWidth: Double {
    (rows.map { TextMetrics.width($0, size: TextMetrics.tickSize) }.max() ?? 0) + 8
  }

  private func cellWidth(within width: Double) -> Double {
    let names = columns.last.map { TextMetrics.width($0, size: TextMetrics.tickSize) } ?? 0
    let count = Double(max(1, columns.count))
    let level = min(90, (width - nameWidth) / count)
    // A sloped last name reaches beyond its column.
    return slopes(cellWidth: level)
      ? min(level, (width - nameWidth - max(0, names * 0.71 + 6 - level / 2)) / count) : level
  }

  private func slopes(cellWidth: Double) -> Bool {
    columns.contains { TextMetrics.width($0, size: TextMetrics.tickSize) > cellWidth - 6 }
  }

  private func headingHeight(cellWidth: Double) -> Double {
    let longest = columns.map { TextMetrics.width($0, size: TextMetrics.tickSize) }.max() ?? 0
    return slopes(cellWidth: cellWidth) ? longest * 0.71 + 22 : 26
  }
}
