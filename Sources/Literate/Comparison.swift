import Foundation

extension Part {
  /// Whether this part may stand where `recorded` stood.
  ///
  /// Exact parts are equal; volatile ones have one form; numbers within a tolerance are as near as
  /// the recorded tolerance says, which itself has not changed.
  package func agrees(with recorded: Part) -> Bool {
    guard kind == recorded.kind else { return false }
    switch recorded.kind {
    case .exact: return text == recorded.text
    case .volatile: return form(of: text) == form(of: recorded.text)
    case .within(let tolerance):
      guard form(of: text) == form(of: recorded.text),
        let new = Double(trimmed(text)), let old = Double(trimmed(recorded.text))
      else { return text == recorded.text }
      return abs(new - old) <= tolerance * (1 + 1e-9)
    }
  }
}

extension Shown {
  /// Whether every part agrees with the recorded one.
  package func agrees(with recorded: Shown) -> Bool {
    parts.count == recorded.parts.count
      && zip(parts, recorded.parts).allSatisfy { $0.agrees(with: $1) }
  }

  /// The text as lines, each with its parts; a final newline ends the last line.
  package var lines: [Shown] {
    var lines: [[Part]] = [[]]
    for part in parts {
      for (index, piece) in part.text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 { lines.append([]) }
        lines[lines.count - 1].append(Part(String(piece), part.kind))
      }
    }
    if lines.last?.allSatisfy(\.text.isEmpty) == true { lines.removeLast() }
    return lines.map { Shown(parts: $0) }
  }
}

/// The form of a text: each run of digits before a decimal point becomes one 9, each decimal a 9;
/// a sign in front and spaces around are dropped.
///
/// `-123456.7` and `8.1` have the form `9.9`; `8.15` has another.
package func form(of text: String) -> String {
  var form = ""
  var isWhole = true  // whether the digits met now stand before a decimal point
  for character in trimmed(text) {
    if "0123456789".contains(character) {
      if !isWhole || form.last != "9" { form.append("9") }
    } else if character == "-" || character == "+", form.isEmpty || form.last == " " {
      continue
    } else {
      isWhole = !(character == "." && form.last == "9" && isWhole)
      form.append(character)
    }
  }
  return form
}

private func trimmed(_ text: String) -> String {
  text.trimmingCharacters(in: .whitespaces)
}
