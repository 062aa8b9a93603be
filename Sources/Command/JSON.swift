import Files
import ProgramSupport

/// A value of JSON, whose members keep their order.
enum JSON {
  case object([(String, JSON)])
  case array([JSON])
  case text(String)
  case integer(Int)
  case number(Double)
  /// A number of `Float`, in the shortest digits that give it again.
  case single(Float)
  case null

  /// A number, or null where there is none.
  static func optional(_ number: Double?) -> JSON { number.map(JSON.number) ?? .null }

  /// The value on one line, in ASCII but for letters.
  var line: String {
    switch self {
    case .object(let members):
      "{" + members.map { JSON.text($0.0).line + ": " + $0.1.line }.joined(separator: ", ") + "}"
    case .array(let values): "[" + values.map(\.line).joined(separator: ", ") + "]"
    case .text(let text): JSON.quoted(text)
    case .integer(let number): "\(number)"
    case .number(let number): number.isFinite ? "\(number)" : "null"
    case .single(let number): number.isFinite ? "\(number)" : "null"
    case .null: "null"
    }
  }

  /// Prints the value as a line of stdout.
  func print() { Output.print(line) }

  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { quoted, scalar in
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case _ where PathName.byte(of: scalar) != nil:  // as Python's surrogateescape has it
        quoted += "\\udc" + String(PathName.byte(of: scalar) ?? 0, radix: 16)
      case _
      where scalar.value < 0x20 || 0x7F..<0xA0 ~= scalar.value || 0x2028...0x202E ~= scalar.value:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    } + "\""
  }
}
