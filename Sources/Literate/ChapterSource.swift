import Foundation

/// A chapter's `main.swift`, split into prose and code.
///
/// - `//: text` in the first column is prose, in GitHub's Markdown; all other lines are code.
/// - `//:-` ends a piece of code; `//:- hide` also hides the code of the next one.
/// - A line of code that ends with `// hide` or `// check` runs but is not shown.
/// - In prose, `{{name}}` is a value of the run, and `{{=0.410}}` a number that no run gives.
/// - The first line is `//: # Title`; `//: key: value` lines directly below it make the header,
///   with the keys of ``Header``.
package struct ChapterSource: Sendable {
  /// What the lines below the title say of the chapter.
  package struct Header: Sendable, Equatable {
    package var title = ""
    /// The section of the document, in Markdown.
    package var section = ""
    /// `ptb` where the chapter needs the Penn Treebank; its run is then kept and replayed.
    package var corpus: String?
    /// The arguments of the run that the page shows.
    package var arguments: [String] = []
  }

  /// A stretch of the source.
  package enum Block: Sendable, Equatable {
    /// Markdown without its marks, from a line on.
    case prose([String], from: Int)
    case code(Code)
  }

  /// A stretch of code, from the line after the prose before it to the line before the next.
  package struct Code: Sendable, Equatable {
    package var range: Range<Int>
    /// The lines that the page shows, without blank ones around.
    package var shown: [String]
  }

  package let header: Header
  package let blocks: [Block]
  /// The number of the source line of each line that is not blank and no comment.
  package let codeLines: [Int]

  /// Splits a source.
  package init(_ text: String, name: String) throws(WeaveError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var reader = Reader(name: name)
    for (index, line) in lines.enumerated() { try reader.read(line, number: index + 1) }
    reader.endBlock(before: lines.count + 1)
    guard !reader.header.title.isEmpty else {
      throw .source(name, 1, "the first line must be the title, as in `//: # Title`")
    }
    header = reader.header
    blocks = reader.blocks
    codeLines = lines.indices.filter { isCode(lines[$0]) }.map { $0 + 1 }
  }

  /// The names of the functions and types that the code declares.
  package var ownNames: Set<String> {
    let names = blocks.flatMap { block -> [String] in
      guard case .code(let code) = block else { return [] }
      return code.shown.flatMap { line in
        line.matches(of: /\b(?:func|struct|enum) (\w+)/).map { String($0.1) }
      }
    }
    return Set(names)
  }

  /// The names by which its page's headings are linked to.
  var headings: [String] {
    blocks.flatMap { block -> [String] in
      guard case .prose(let lines, let line) = block else { return [] }
      return Prose(lines, from: line).headings
    }
  }

  /// The number of code lines up to a source line, which edits of the prose do not change.
  package func codeOrdinal(ofLine line: Int) -> Int {
    codeLines.count { $0 <= line }
  }

  /// The source line of a code line, from 1; nil where there are not so many.
  package func line(ofCodeOrdinal ordinal: Int) -> Int? {
    codeLines.indices.contains(ordinal - 1) ? codeLines[ordinal - 1] : nil
  }
}

/// Whether a line is neither blank nor a comment.
package func isCode(_ line: some StringProtocol) -> Bool {
  let text = line.trimmingCharacters(in: .whitespaces)
  return !text.isEmpty && !text.hasPrefix("//")
}

/// Reads a source line by line.
private struct Reader {
  let name: String
  var header = ChapterSource.Header()
  var blocks: [ChapterSource.Block] = []

  private var prose: [String] = []
  private var code: [String] = []
  private var start = 1  // line on which the present block begins
  private var isHeader = true
  private var hidesNext = false

  init(name: String) { self.name = name }

  mutating func read(_ line: String, number: Int) throws(WeaveError) {
    guard line.hasPrefix("//:") else {
      isHeader = false
      if line.trimmingCharacters(in: .whitespaces).hasPrefix("//:") {
        throw .source(name, number, "prose begins in the first column, code may not enclose it")
      }
      if !prose.isEmpty { endBlock(before: number) }
      code.append(line)
      return
    }
    let text = String(line.dropFirst(line.hasPrefix("//: ") ? 4 : 3))
    if text == "-" || text.hasPrefix("- hide") && !line.hasPrefix("//: ") {
      endBlock(before: number)
      start = number + 1
      hidesNext = text != "-"
    } else if isHeader, try readHeader(text, number: number) {
      start = number + 1
    } else {
      isHeader = false
      if !code.isEmpty { endBlock(before: number) }
      if prose.isEmpty { start = number }
      prose.append(text)
    }
  }

  /// Ends the block whose last line is the one before `line`.
  mutating func endBlock(before line: Int) {
    if !prose.isEmpty {
      blocks.append(.prose(prose, from: start))
    } else if !code.isEmpty {
      let shown = hidesNext ? [] : code.filter { !isHidden($0) }
      blocks.append(.code(.init(range: start..<line, shown: withoutBlankEnds(shown))))
      if code.contains(where: isCode) { hidesNext = false }
    }
    (prose, code, start) = ([], [], line)
  }

  /// Reads a line of the header; false where it is prose.
  private mutating func readHeader(_ text: String, number: Int) throws(WeaveError) -> Bool {
    if header.title.isEmpty {
      guard text.hasPrefix("# ") else { return false }
      header.title = String(text.dropFirst(2))
      return true
    }
    guard let colon = text.firstIndex(of: ":") else { return false }
    let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    switch text[..<colon] {
    case "section": header.section = value
    case "arguments": header.arguments = value.split(separator: " ").map(String.init)
    case "corpus":
      guard value == "ptb" else {
        throw .source(name, number, "the only corpus a chapter can ask for is ptb, not \(value)")
      }
      header.corpus = value
    default: return false
    }
    return true
  }

  private func isHidden(_ line: String) -> Bool {
    let text = line.trimmingCharacters(in: .whitespaces)
    return text.hasSuffix("// hide") || text.hasSuffix("// check")
  }

  private func withoutBlankEnds(_ lines: [String]) -> [String] {
    let isBlank: (String) -> Bool = { $0.allSatisfy(\.isWhitespace) }
    return Array(Array(lines.drop(while: isBlank)).reversed().drop(while: isBlank).reversed())
  }
}
