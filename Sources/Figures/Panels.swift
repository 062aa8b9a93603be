import Files

/// Several charts in one figure, row by row, under one title.
public struct Panels: Chart {
  /// The title at the top; empty for none.
  public let title: String
  /// The size in points.
  public let size: Size
  /// The charts, left to right, then downwards.
  public let charts: [any Chart]
  private let columns: Int

  private static let gap = 24.0
  private static let headerGap = 4.0

  /// Creates a figure of panels.
  ///
  /// - Parameters:
  ///   - title: The title of the whole; panels may have none of their own.
  ///   - columns: Panels in a row; two are readable at 640 points.
  ///   - rowHeight: The height of a row in points.
  ///   - charts: At least one chart.
  ///   - file: The caller's file, named where there is no chart or no column.
  ///   - line: The caller's line.
  public init(
    title: String, columns: Int, rowHeight: Double = 320, _ charts: [any Chart],
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      columns > 0 && !charts.isEmpty, "\(charts.count) charts in \(columns) columns", file: file,
      line: line)
    self.title = title
    self.columns = columns
    self.charts = charts
    let rows = (charts.count + columns - 1) / columns
    let header = Title(title, within: 640 - 32).height + Panels.headerGap
    size = Size(width: 640, height: 32 + header + Double(rows) * rowHeight)
  }

  /// The panels' tables one below the other.
  ///
  /// A first column `panel` counts from 1; columns of the same name are one, and what a panel does
  /// not have is empty.
  public var table: Table {
    let tables = charts.map(\.table)
    var columns: [String] = []
    for column in tables.flatMap(\.columns) where !columns.contains(column) {
      columns.append(column)
    }
    let rows = tables.enumerated().flatMap { panel, table in
      table.rows.map { row in
        ["\(panel + 1)"]
          + columns.map { name in
            table.columns.firstIndex(of: name).map { row[$0] } ?? ""
          }
      }
    }
    return Table(columns: ["panel"] + columns, rows: rows)
  }

  /// Draws the panels in their grid.
  public func draw(on canvas: inout Canvas, in bounds: Rectangle) {
    let header = Title(title, within: bounds.width)
    header.draw(on: &canvas, at: Point(bounds.x, bounds.y))
    let top = header.height + Panels.headerGap
    let rows = Double((charts.count + columns - 1) / columns)
    let width = (bounds.width - Panels.gap * Double(columns - 1)) / Double(columns)
    let height = (bounds.height - top - Panels.gap * (rows - 1)) / rows
    for (index, chart) in charts.enumerated() {
      chart.draw(
        on: &canvas,
        in: Rectangle(
          x: bounds.x + Double(index % columns) * (width + Panels.gap),
          y: bounds.y + top + Double(index / columns) * (height + Panels.gap),
          width: width, height: height))
    }
  }
}
