/// Rows of fields as text, separated by commas (RFC 4180).
package enum CSV {
  /// One row of a text.
  package struct Row: Equatable, Sendable {
    /// The fields, without the quotes around them.
    package var fields: [String]
    /// The line of the text on which the row begins, from 1.
    package var line: Int
  }

  /// What makes a text no CSV.
  package struct SyntaxError: Error, Equatable {
    /// The line of the text, from 1.
    package var line: Int
    /// What is wrong there, as the rest of a sentence that begins with the line.
    package var reason: String
  }

  /// Reads a text.
  ///
  /// A quoted field may hold commas, line ends and doubled quotes. A row ends with `\n` or `\r\n`,
  /// the last one also where the text ends; empty lines are no rows. Rows may differ in length. O(n)
  /// for n bytes.
  ///
  /// - Parameter text: The whole text.
  /// - Returns: The rows in order, the header among them.
  /// - Throws: `SyntaxError` where a quote stands inside an unquoted field, where something other
  ///   than a comma or a line end follows a quoted one, and where the text ends inside quotes.
  package static func rows(_ text: String) throws(SyntaxError) -> [Row] {
    var reader = Reader(bytes: Array(text.utf8))
    var rows: [Row] = []
    while let row = try reader.row() { rows.append(row) }
    return rows
  }

  /// Writes rows, each ended by `\n`; fields with a comma, a quote or a line end are quoted.
  ///
  /// - Parameter rows: The fields of each row, the header's first.
  /// - Returns: The text.
  package static func text(_ rows: [[String]]) -> String {
    rows.map { fields in
      // An empty line would be no row.
      fields == [""] ? "\"\"\n" : fields.map(quoted).joined(separator: ",") + "\n"
    }.joined()
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}

/// Walks through the bytes of a text: what CSV reserves is ASCII.
private struct Reader {
  let bytes: [UInt8]
  private var next = 0
  private var line = 1

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The next row that is not an empty line; nil at the end.
  mutating func row() throws(CSV.SyntaxError) -> CSV.Row? {
    while endLine() {}
    guard next < bytes.count else { return nil }
    var row = CSV.Row(fields: [], line: line)
    while true {
      row.fields.append(try field())
      if next == bytes.count || endLine() { return row }
      next += 1  // the comma
    }
  }

  /// Steps over a line's end, if one is next.
  private mutating func endLine() -> Bool {
    let isPair =
      next + 1 < bytes.count && bytes[next] == carriageReturn && bytes[next + 1] == newline
    guard isPair || next < bytes.count && bytes[next] == newline else { return false }
    next += isPair ? 2 : 1
    line += 1
    return true
  }

  /// A field, up to the comma or the line's end behind it.
  private mutating func field() throws(CSV.SyntaxError) -> String {
    guard next < bytes.count, bytes[next] == quote else { return try plainField() }
    let first = line
    var field: [UInt8] = []
    next += 1
    while next < bytes.count {
      let byte = bytes[next]
      next += 1
      if byte == newline { line += 1 }
      guard byte == quote else {
        field.append(byte)
        continue
      }
      if next < bytes.count, bytes[next] == quote {  // a doubled quote
        field.append(byte)
        next += 1
      } else {
        guard endsField() else {
          throw CSV.SyntaxError(line: line, reason: "has text behind a quoted field")
        }
        return String(decoding: field, as: UTF8.self)
      }
    }
    throw CSV.SyntaxError(line: first, reason: "has a quote that nothing closes")
  }

  private mutating func plainField() throws(CSV.SyntaxError) -> String {
    let start = next
    while !endsField() {
      guard bytes[next] != quote else {
        throw CSV.SyntaxError(line: line, reason: "has a quote inside an unquoted field")
      }
      next += 1
    }
    return String(decoding: bytes[start..<next], as: UTF8.self)
  }

  /// Whether a comma, a line's end or the text's end is next.
  private func endsField() -> Bool {
    guard next < bytes.count else { return true }
    switch bytes[next] {
    case comma, newline: return true
    case carriageReturn: return next + 1 < bytes.count && bytes[next + 1] == newline
    default: return false
    }
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
