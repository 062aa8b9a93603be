import Files

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
  /// - Parameter path: The file; its first row names the columns.
  /// - Throws: `FileError` where the file cannot be read, is no CSV, or has a row of another length
  ///   than its first.
  public init(contentsOf path: String) throws(FileError) {
    let rows: [CSV.Row]
    let text = try InputFile.text(of: path)
    do {
      rows = try CSV.rows(text)
    } catch {
      throw FileError(path, at: .line(error.line), .malformed(error.reason))
    }
    guard let header = rows.first else { throw FileError(path, .malformed("is empty")) }
    for row in rows where row.fields.count != header.fields.count {
      throw FileError(
        path, at: .line(row.line),
        .malformed("has \(row.fields.count) fields where the first row has \(header.fields.count)"))
    }
    self.init(columns: header.fields, rows: rows.dropFirst().map(\.fields))
  }

  /// The text of the CSV file.
  ///
  /// Charts write numbers with the fewest digits that give back the same Double.
  public var csv: String { CSV.text([columns] + rows) }
}
