import Foundation

/// Finds faults in a chapter's prose and puts recorded values into it.
package struct Prose {
  /// The lines of Markdown.
  package var lines: [String]
  /// The source line of the first.
  package var firstLine: Int

  package init(_ lines: [String], from firstLine: Int) {
    self.lines = lines
    self.firstLine = firstLine
  }

  /// What is wrong with the Markdown: a line and a sentence each.
  ///
  /// Math outside `` $`…`$ `` and ```` ```math ````, images without alternative text, and fences
  /// that do not end with the prose.
  package var faults: [(line: Int, what: String)] {
    var faults: [(line: Int, what: String)] = []
    var fence: String?  // the fence that encloses the line
    for (offset, line) in lines.enumerated() {
      let number = firstLine + offset
      if let mark = fenceMark(of: line) {
        if fence == nil { fence = mark } else if mark.hasPrefix(fence ?? "") { fence = nil }
        continue
      }
      guard fence == nil else { continue }
      if withoutCode(line).contains("$") {
        faults.append((number, "write math as $`…`$ or in a ```math fence, not between bare $"))
      }
      if line.contains("![](") || line.contains("![ ](") {
        faults.append((number, "an image needs a sentence that says what it shows"))
      }
    }
    if fence != nil { faults.append((firstLine + lines.count - 1, "a fence is not closed")) }
    return faults
  }

  /// The Markdown with each `{{name}}` replaced by what `value` gives; the names that it does not
  /// know are returned too, with their lines.
  package func filled(
    _ value: (String) -> String?
  ) -> (text: String, unknown: [(line: Int, name: String)]) {
    var unknown: [(line: Int, name: String)] = []
    let filled = lines.enumerated().map { offset, line in
      var output = ""
      var rest = line[...]
      while let open = rest.range(of: "{{"), let close = rest[open.upperBound...].range(of: "}}") {
        let name = rest[open.upperBound..<close.lowerBound].trimmingCharacters(in: .whitespaces)
        output += rest[..<open.lowerBound]
        if let text = value(name) {
          output += text
        } else {
          unknown.append((firstLine + offset, name))
        }
        rest = rest[close.upperBound...]
      }
      return output + rest
    }
    return (filled.joined(separator: "\n"), unknown)
  }
}

/// The backticks that open or close a fence on this line, if it has any.
package func fenceMark(of line: String) -> String? {
  let mark = line.trimmingCharacters(in: .whitespaces).prefix { $0 == "`" }
  return mark.count >= 3 ? String(mark) : nil
}

/// A line without math in backticks, code spans and escaped dollars.
private func withoutCode(_ line: String) -> String {
  line.replacing(/\$`[^`]*`\$/, with: "").replacing(/`[^`]*`/, with: "").replacing("\\$", with: "")
}
