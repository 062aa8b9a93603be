import Foundation

/// A golden file: the stdout of a program, the values that may differ set between `⟨` and `⟩`.
///
/// `⟨123456.7⟩` is compared by form, `⟨0.410 ± 0.002⟩` as a number, everything else byte for byte.
/// A `⟨` that the program itself prints is written twice.
package enum Golden {
  /// The text of the golden file for what was shown.
  package static func text(of shown: Shown) -> String {
    shown.parts.map { part in
      switch part.kind {
      case .exact: part.text.replacing("⟨", with: "⟨⟨")
      case .volatile: "⟨\(part.text)⟩"
      case .within(let tolerance): "⟨\(part.text) ± \(tolerance)⟩"
      }
    }.joined()
  }

  /// What was shown when the golden file was recorded.
  package static func shown(in text: String) -> Shown {
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "⟨") {
      parts.append(Part(String(rest[..<open])))
      rest = rest[rest.index(after: open)...]
      if rest.first == "⟨" {
        parts.append(Part("⟨"))
        rest.removeFirst()
      } else if let close = rest.firstIndex(of: "⟩") {
        parts.append(marked(rest[..<close]))
        rest = rest[rest.index(after: close)...]
      }
    }
    return Shown(parts: parts + [Part(String(rest))])
  }

  /// The difference between a golden file and what was shown now as a diff of lines; nil where
  /// there is none.
  package static func difference(golden: String, shown: Shown) -> String? {
    let recorded = Golden.shown(in: golden)
    if !recorded.text.isEmpty && !shown.text.isEmpty,
      recorded.text.hasSuffix("\n") != shown.text.hasSuffix("\n")
    {
      return "one of the two ends without a newline"
    }
    let before = recorded.lines
    let after = shown.lines
    return LineDifference(from: before, to: after) { $0.agrees(with: $1) }
      .unified { Golden.text(of: $0) }
  }

  private static func marked(_ inside: Substring) -> Part {
    if let mark = inside.range(of: " ± "), let tolerance = Double(inside[mark.upperBound...]) {
      return Part(String(inside[..<mark.lowerBound]), .within(tolerance))
    }
    return Part(String(inside), .volatile)
  }
}
