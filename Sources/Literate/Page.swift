import Foundation

/// A chapter as a page of Markdown: prose, code, and under each piece of code what it showed.
package struct Page {
  package let source: ChapterSource
  /// The records, their lines those of the source.
  package let records: [Record]
  /// The folder's name, such as `4-training`.
  package let name: String
  private let origin: Recording.Origin
  private let library: LibraryNames

  /// Joins a source and a recording; names of `library` become links.
  ///
  /// - Throws: ``WeaveError/recording(_:_:)`` where a record belongs to no line of the source.
  package init(
    name: String, source: ChapterSource, recording: Recording,
    library: LibraryNames = LibraryNames([:])
  ) throws(WeaveError) {
    self.name = name
    self.source = source
    self.library = library
    origin = recording.origin
    var records: [Record] = []
    for var record in recording.records {
      guard record.file.hasSuffix("/main.swift") else {
        throw .recording(
          name, "\(record.file):\(record.line) shows text without the chapter's line; pass line:")
      }
      guard let line = source.line(ofCodeOrdinal: record.line) else {
        throw .recording(name, "the recording is of another source: make book")
      }
      record.line = line
      records.append(record)
    }
    self.records = records
  }

  /// Makes the whole page.
  ///
  /// - Parameters:
  ///   - previous: The folder and title of the chapter before, if any.
  ///   - next: Those of the chapter after.
  /// - Returns: The page's Markdown.
  /// - Throws: ``WeaveError/faults(_:)`` with every fault of the prose.
  package func markdown(
    previous: (name: String, title: String)?, next: (name: String, title: String)?
  ) throws(WeaveError) -> String {
    let back = previous.map { "[← \($0.title)](../\($0.name)/README.md)" }
    let forth = next.map { "[\($0.title) →](../\($0.name)/README.md)" }
    let links = [back, "[Contents](../README.md)", "[Source](main.swift)", forth].compactMap(\.self)
      .joined(separator: " · ")
    return """
      <!-- Generated from main.swift by `make book`; edit that. -->

      # \(source.header.title)

      \(links)

      \(try body())

      ---
      \(libraryLine)
      \(links)

      \(provenance)

      """
  }

  /// The page below its title: the section of the document, prose, code and what was shown.
  package func body() throws(WeaveError) -> String {
    var pieces: [String] = []
    if !source.header.section.isEmpty {
      pieces.append("*The document's section: \(source.header.section)*")
    }
    var faults: [String] = []
    var placed: Set<String> = []  // figures that the prose has placed
    let shownNumbers = self.shownNumbers
    for case .prose(let lines, let line) in source.blocks {
      for figure in figures where lines.contains(where: { $0.contains("{{\(figure.path)}}") }) {
        placed.insert(figure.path)
      }
      let prose = Prose(lines, from: line)
      let strangers = prose.typedNumbers.filter { !shownNumbers.contains(plain($0.number)) }.map {
        (
          line: $0.line,
          what: "the run shows no \($0.number): name the value as {{name}}, or write "
            + "{{=\($0.number)}} where no run gives it"
        )
      }
      faults += (prose.faults + strangers).map { "\(name)/main.swift:\($0.line): \($0.what)" }
    }
    var linked: Set<String> = []
    for block in source.blocks {
      switch block {
      case .prose(let lines, let line):
        let (text, unknown) = Prose(lines, from: line).filled(value)
        faults += unknown.map {
          "\(name)/main.swift:\($0.line): nothing is recorded under {{\($0.name)}}"
        }
        pieces.append(
          library.linking(text, linked: &linked, own: source.ownNames, up: "../../"))
      case .code(let code):
        if !code.shown.isEmpty {
          pieces.append(fenced(code.shown.joined(separator: "\n"), "swift"))
        }
        pieces += shown(by: code, without: placed)
      }
    }
    guard faults.isEmpty else { throw .faults(faults) }
    return pieces.map { $0.trimmingCharacters(in: .newlines) }.filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }

  /// The names of the libraries in the code, as links, with blank lines around; empty where there
  /// are none.
  private var libraryLine: String {
    let code = source.blocks.flatMap { block in
      if case .code(let code) = block { code.shown } else { [String]() }
    }
    let links = library.used(in: code).compactMap { name in
      library.file(of: name).map { "[`\(name.drop { $0 == "." })`](../../\($0))" }
    }
    return links.isEmpty ? "" : "\nIn the library: \(links.joined(separator: " · "))\n"
  }

  /// The numbers of four digits or more that the run gave or the page's code has, in plain form.
  private var shownNumbers: Set<String> {
    let texts = records.map { record in
      record.shown.parts.map { $0.kind == .volatile ? "\n" : $0.text }.joined()
    }
    let code = source.blocks.flatMap { block in
      if case .code(let code) = block { code.shown } else { [String]() }
    }
    return Set((texts + code).flatMap { numbers(in: $0) }.map(plain))
  }

  /// A number without marks between its thousands.
  private func plain(_ number: String) -> String { number.filter { $0 != "," && $0 != "_" } }

  /// One line on what the page was made from.
  package var provenance: String {
    let command = (["swift run \(Chapter.product(of: name))"] + origin.arguments)
      .joined(separator: " ")
    var facts = ["output of `\(command)`", "code `sha256:\(origin.inputs.prefix(16))`"]
    if let seed = value("seed") { facts.append("seed \(seed)") }
    if let digest = origin.corpusSHA256 {
      facts.append("recorded on the Penn Treebank, `sha256:\(digest.prefix(16))`")
    } else if let corpus = value("corpus") {
      facts.append("corpus \(corpus)")
    }
    return "<sub>Woven by `make book`: \(facts.joined(separator: "; ")).</sub>"
  }

  /// What a careful reader would want said of the source, though it does no harm: long lines of
  /// code and long pieces.
  package var remarks: [String] {
    source.blocks.flatMap { block -> [String] in
      guard case .code(let code) = block else { return [] }
      let place = "\(name)/main.swift:\(code.range.lowerBound)"
      let wide = code.shown.filter { $0.count > 78 }
        .map {
          "\(place): a page shows 78 columns of code without scrolling; this line has "
            + "\($0.count): \($0.prefix(40))…"
        }
      guard code.shown.count > 20 else { return wide }
      return wide + [
        "\(place): \(code.shown.count) lines of code in one piece; prose, or `//:-` alone, makes two"
          + " of it, and `//:- hide` leaves helpers out"
      ]
    }
  }

  /// The figures, each once.
  package var figures: [(path: String, alt: String)] {
    var seen: Set<String> = []
    return records.compactMap { record in
      guard case .figure(let path) = record.kind, seen.insert(path).inserted else { return nil }
      return (path, record.shown.text)
    }
  }

  private func value(_ name: String) -> String? {
    if let figure = figures.first(where: { $0.path == name }) {
      return image(figure.path, figure.alt)
    }
    if let record = records.last(where: { $0.kind == .value(name) }) { return record.shown.text }
    return labelled(name).map(withThousands)
  }

  /// What stands behind `label: ` in a line of the output; the last such line counts, and none whose
  /// value differs from run to run.
  private func labelled(_ label: String) -> String? {
    let lines = records.filter { $0.kind == .output }.flatMap(\.shown.lines)
    let line = lines.last { $0.text.hasPrefix(label + ": ") }
    guard let line, line.parts.allSatisfy({ $0.kind != .volatile }) else { return nil }
    return String(line.text.dropFirst(label.count + 2))
  }

  /// What the code showed: text in fences, figures between.
  private func shown(by code: ChapterSource.Code, without placed: Set<String>) -> [String] {
    var pieces: [String] = []
    var output: [Part] = []
    func endOutput() {
      guard !output.isEmpty else { return }
      pieces.append(fenced(Shown(parts: output).text, "text"))
      if let remark = remark(on: output) { pieces.append(remark) }
      output = []
    }
    for record in records where code.range.contains(record.line) {
      switch record.kind {
      case .output: output += record.shown.parts + [Part("\n")]
      case .value: continue
      case .figure(let path):
        endOutput()
        if !placed.contains(path) { pieces.append(image(path, record.shown.text)) }
      }
    }
    endOutput()
    return pieces
  }

  /// Which of the values differ from run to run, if any.
  private func remark(on output: [Part]) -> String? {
    var volatile: [String] = []
    var within: [String] = []
    for part in output {
      let text = part.text.trimmingCharacters(in: .whitespaces)
      switch part.kind {
      case .exact: continue
      case .volatile: volatile.append(text)
      case .within(let tolerance): within.append("\(text) ± \(tolerance)")
      }
    }
    var sentences: [String] = []
    if !volatile.isEmpty { sentences.append("Varies by machine: \(list(volatile)).") }
    if !within.isEmpty { sentences.append("Within a tolerance: \(list(within)).") }
    return sentences.isEmpty ? nil : "<sub>\(sentences.joined(separator: " "))</sub>"
  }

  private func list(_ values: [String]) -> String {
    let shown = values.prefix(6).joined(separator: ", ")
    return values.count > 6 ? "\(shown) and \(values.count - 6) more" : shown
  }

  private func image(_ path: String, _ alt: String) -> String {
    let text = alt.replacing("[", with: "\\[").replacing("]", with: "\\]")
      .replacing("\n", with: " ")
    return "![\(text)](../../\(path))"
  }
}

/// Text in a fence that no run of backticks in it can close.
package func fenced(_ text: String, _ language: String) -> String {
  var longest = 0
  var run = 0
  for character in text {
    run = character == "`" ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "`", count: max(3, longest + 1))
  return "\(fence)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
}

/// A whole number with commas between its thousands; other texts as they are.
private func withThousands(_ text: String) -> String {
  guard text.count > 3, text.allSatisfy(\.isNumber) else { return text }
  return text.reversed().enumerated().reduce("") { result, digit in
    "\(digit.element)\(digit.offset > 0 && digit.offset % 3 == 0 ? "," : "")\(result)"
  }
}
