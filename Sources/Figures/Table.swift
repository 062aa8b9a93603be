internal import Files
import Foundation

/// The numbers behind a figure, written beside it as CSV (RFC 4180, lines end in `\n`).
public struct Table: Sendable, Equatable {
  /// The names of the columns.
  public let columns: [String]
  /// The fields, one array per row, as many as columns.
  public let rows: [[String]]

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns.
  ///   - rows: The fields, one array per row, as many as columns.
  ///   - file: The caller's file, named where a row has another number of fields.
  ///   - line: The caller's line.
  public init(
    columns: [String], rows: [[String]] = [], file: StaticString = #fileID, line: UInt = #line
  ) {
    for row in rows {
      require(
        row.count == columns.count, "\(row.count) fields for \(columns.count) columns: \(row)",
        file: file, line: line)
    }
    self.columns = columns
    self.rows = rows
  }

  /// Reads a table that ``csv`` wrote, or another program.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``FigureError`` where the file cannot be read, is no CSV, or has a row of another
  ///   length than its first.
  public init(contentsOf path: String) throws(FigureError) {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw FigureError(path: path, reason: "it cannot be read")
    }
    var rows: [CSV.Row]
    do {
      rows = try CSV.rows(String(decoding: bytes, as: UTF8.self))
    } catch {
      throw FigureError(path: path, reason: "line \(error.line) \(error.reason)")
    }
    guard let header = rows.first else { throw FigureError(path: path, reason: "it is empty") }
    rows.removeFirst()
    if let row = rows.first(where: { $0.fields.count != header.fields.count }) {
      throw FigureError(
        path: path,
        reason: "line \(row.line) has \(row.fields.count) fields where the first row has "
          + "\(header.fields.count)")
    }
    self.init(columns: header.fields, rows: rows.map(\.fields))
  }

  /// The text of the CSV file.
  ///
  /// Charts write numbers with the fewest digits that give back the same Double.
  public var csv: String { CSV.text([columns] + rows) }
}
