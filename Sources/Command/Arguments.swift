import Files
import Foundation

/// The program's arguments as text; names of files that are not UTF-8 as `PathName` has them.
enum Arguments {
  /// The arguments but the program's name.
  static var given: [String] {
    readable(
      (1..<max(1, Int(CommandLine.argc))).map { i in
        CommandLine.unsafeArgv[i].map { PathName.text(of: $0) } ?? ""
      })
  }

  /// The commands whose arguments are words, but for the first one.
  private static let asking = ["similar", "analogy", "doesnt-match", "doesn't-match", "similarity"]

  /// Arguments that the parser takes for what they are.
  ///
  /// It would take `-lrb-` for the options l, r, b; only `-h`, `-k` and `-o` are options. A file's
  /// name that begins with a dash becomes `./-name`.
  static func readable(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.count
    let asksWords = asking.contains(arguments.first ?? "")
    return arguments.enumerated().map { i, argument in
      guard i < end, argument.hasPrefix("-") else { return argument }
      if argument == "-h" { return "--help" }
      if argument == "-k" || argument.hasPrefix("-k=") { return "-" + argument }
      let isName =
        i > 0 && argument.count > 2 && !argument.hasPrefix("--") && !argument.hasPrefix("-o=")
        && Double(argument) == nil
      return isName && (!asksWords || i == 1) ? "./" + argument : argument
    }
  }
}

/// A text with its control characters as `\u{1B}`: shown as it is, it could do things to a terminal.
/// Bytes that are not UTF-8 are shown as `\xEF`.
func visible(_ text: String) -> String {
  let isHarmless = text.unicodeScalars.allSatisfy { !isControl($0) && PathName.byte(of: $0) == nil }
  if isHarmless { return text }
  return text.unicodeScalars.reduce(into: "") { shown, scalar in
    if let byte = PathName.byte(of: scalar) {
      shown += "\\x\(String(byte, radix: 16, uppercase: true))"
    } else if isControl(scalar) {
      shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
}

/// Whether a character is a control character or turns the direction of writing around.
private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
  default: false
  }
}

/// A word of a shell's command line.
func quoted(_ word: String) -> String {
  let isPlain = word.utf8.allSatisfy {
    0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || "._-/+:,@%".utf8.contains($0)
  }
  if isPlain && !word.isEmpty { return word }
  if visible(word) == word { return "'" + word.replacing("'", with: "'\\''") + "'" }
  let characters = word.unicodeScalars.map { scalar in
    if scalar == "'" || scalar == "\\" { return "\\" + String(scalar) }
    guard isControl(scalar) || PathName.byte(of: scalar) != nil else { return String(scalar) }
    let bytes = PathName.byte(of: scalar).map { [$0] } ?? Array(String(scalar).utf8)
    return bytes.map { String(format: "\\x%02X", $0) }.joined()
  }
  return "$'" + characters.joined() + "'"
}
