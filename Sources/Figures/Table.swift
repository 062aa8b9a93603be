/// The numbers behind a figure, written beside it as CSV (RFC 4180, lines end in `\n`).
public struct Table: Sendable, Equatable {
  /// The names of the columns.
  public var columns: [String]
  /// The fields, one array per row, as many as columns.
  public var rows: [[String]]

  /// Creates a table.
  public init(columns: [String], rows: [[String]] = []) {
    for row in rows {
      precondition(
        row.count == columns.count, "\(row.count) fields for \(columns.count) columns: \(row)")
    }
    self.columns = columns
    self.rows = rows
  }

  /// The text of the CSV file.
  ///
  /// Charts write numbers with the fewest digits that give back the same Double.
  public var csv: String {
    ([columns] + rows).map { $0.map(Table.field).joined(separator: ",") + "\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    guard needsQuotes else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
