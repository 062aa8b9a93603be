import Foundation

/// Finds faults in a chapter's prose and puts recorded values into it.
///
/// - `{{name}}` stands for a value of the run, by the name under which it is recorded.
/// - `{{=0.410}}` stands for the number itself: one that no run gives, such as the document's.
/// - Other numbers of four digits or more are ones that the run shows (``typedNumbers``).
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
    for (number, line) in unfenced {
      if withoutCode(line).contains("$") {
        faults.append((number, "write math as $`…`$ or in a ```math fence, not between bare $"))
      }
      if line.contains("![](") || line.contains("![ ](") {
        faults.append((number, "an image needs a sentence that says what it shows"))
      }
    }
    if hasOpenFence { faults.append((firstLine + lines.count - 1, "a fence is not closed")) }
    return faults
  }

  /// The numbers of four digits or more that stand in the text itself, with their lines.
  ///
  /// Not those in code, math, links or braces. A sign in front does not belong to a number.
  package var typedNumbers: [(line: Int, number: String)] {
    unfenced.flatMap { number, line in
      let text = withoutCode(line).replacing(/\{\{.*?\}\}|\]\([^)]*\)/, with: " ")
      return numbers(in: text).filter { $0.count(where: \.isNumber) >= 4 }.map { (number, $0) }
    }
  }

  /// The files that links lead to, as they are written, with their lines and the headings asked for;
  /// no addresses.
  package var linkedFiles: [(line: Int, path: String, heading: String?)] {
    unfenced.flatMap { number, line in
      line.matches(of: /\]\(([^)#:]+)(?:#([^)]*))?\)/)
        .map { (number, String($0.1), $0.2.map(String.init)) }
    }
  }

  /// The names by which GitHub and pandoc link to the headings.
  package var headings: [String] {
    unfenced.compactMap { _, line in
      guard line.hasPrefix("#") else { return nil }
      let text = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
      return text.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
        .replacing(" ", with: "-")
    }
  }

  /// The Markdown with each `{{name}}` replaced by what `value` gives; the names that it does not
  /// know are returned too, with their lines.
  package func filled(
    _ value: (String) -> String?
  ) -> (text: String, unknown: [(line: Int, name: String)]) {
    var unknown: [(line: Int, name: String)] = []
    let filled = lines.enumerated().map { offset, line in
      line.replacing(/\{\{(.*?)\}\}/) { match in
        let name = match.1.trimmingCharacters(in: .whitespaces)
        if name.hasPrefix("=") { return String(name.dropFirst()) }
        if let text = value(name) { return text }
        unknown.append((firstLine + offset, name))
        return ""
      }
    }
    return (filled.joined(separator: "\n"), unknown)
  }

  /// The lines outside fences, with their numbers.
  private var unfenced: [(number: Int, line: String)] {
    var (fence, unfenced): (String?, [(Int, String)]) = (nil, [])
    for (offset, line) in lines.enumerated() {
      if let mark = fenceMark(of: line) {
        fence = openFence(after: mark, in: fence)
      } else if fence == nil {
        unfenced.append((firstLine + offset, line))
      }
    }
    return unfenced
  }

  private var hasOpenFence: Bool {
    lines.compactMap { fenceMark(of: $0) }.reduce(nil) { openFence(after: $1, in: $0) } != nil
  }

  /// The fence that is open behind a line with `mark`, where `fence` was open before it.
  private func openFence(after mark: String, in fence: String?) -> String? {
    guard let fence else { return mark }
    return mark.hasPrefix(fence) ? nil : fence
  }
}

/// The numbers in a text without their signs, such as `1,501,170`, `0.410` or `2_465`.
package func numbers(in text: some StringProtocol) -> [String] {
  String(text).matches(of: /[0-9]{1,3}(?:[,_][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?/)
    .map { String($0.output) }
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
