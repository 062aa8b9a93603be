import Foundation

/// The files of a book as they should be, to be written or to be compared.
package struct BookUpdate {
  /// A file by its path in the package.
  package struct File {
    package var path: String
    package var content: Data
  }

  package private(set) var files: [File] = []
  /// What kept chapters from being woven.
  package private(set) var problems: [String] = []
  /// What is worth a look, but no fault.
  package private(set) var remarks: [String] = []
  private let root: URL

  /// Weaves every chapter whose name is among `names` (all where it is empty), and the index.
  package init(of book: Book, names: [String] = [], progress: (String) -> Void = { _ in }) {
    root = book.root
    for (index, chapter) in book.chapters.enumerated()
    where names.isEmpty || names.contains(chapter.name) {
      progress(chapter.name)
      do {
        let woven = try book.weave(index)
        let folder = "chapters/\(chapter.name)"
        add("\(folder)/README.md", woven.page)
        add("\(folder)/recording.jsonl", try woven.recording.text())
        for file in woven.drawn { files.append(File(path: file.path, content: file.content)) }
        remarks += woven.remarks
      } catch {
        problems.append("\(error)")
      }
    }
    for name in names where !book.chapters.contains(where: { $0.name == name }) {
      problems.append("there is no chapter \(name) in chapters/")
    }
    add("chapters/README.md", contents(of: book))
  }

  private mutating func add(_ path: String, _ text: String) {
    files.append(File(path: path, content: Data(text.utf8)))
  }

  /// Writes the files, each whole or not at all.
  package func write() throws {
    for file in files {
      let url = root.appendingPathComponent(file.path)
      if (try? Data(contentsOf: url)) == file.content { continue }
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try file.content.write(to: url, options: .atomic)
    }
  }

  /// How the package's files differ from these: a diff for each that does.
  ///
  /// Pages and recordings are compared byte for byte, numbers in CSV files with a tolerance.
  /// Pictures are not compared: their bytes depend on the version of the drawing library.
  package func differences() -> [String] {
    files.compactMap { file in
      let name = file.path as NSString
      let isText = ["md", "jsonl", "csv"].contains(name.pathExtension)
      guard let old = try? Data(contentsOf: root.appendingPathComponent(file.path)) else {
        return "\(file.path) is missing"
      }
      guard isText else { return nil }
      let texts = [old, file.content].map { String(decoding: $0, as: UTF8.self) }
      if name.pathExtension == "csv", tablesAgree(texts[0], texts[1]) { return nil }
      return unifiedDifference(from: texts[0], to: texts[1]).map {
        "--- \(file.path)\n+++ \(file.path) as woven now\n\($0)"
      }
    }
  }

  /// The index: the preface, if there is one, and a table of the chapters.
  private func contents(of book: Book) -> String {
    let preface = book.root.appendingPathComponent("chapters/preface.md")
    let opening = (try? String(contentsOf: preface, encoding: .utf8)) ?? "# Contents\n"
    let rows = book.chapters.map { chapter in
      let header = chapter.source.header
      let command = (["swift run \(chapter.product)"] + header.arguments).joined(separator: " ")
      let figures = figureLinks(of: chapter).joined(separator: ", ")
      return "| [\(header.title)](\(chapter.name)/README.md) | \(header.section) "
        + "| `\(command)` | \(figures) |"
    }
    return """
      <!-- Generated from preface.md and the chapters by `make book`; edit those. -->

      \(opening.trimmingCharacters(in: .newlines))

      | Chapter | The document's section | Command | Figures |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))

      """
  }

  private func figureLinks(of chapter: Chapter) -> [String] {
    let path = "chapters/\(chapter.name)/recording.jsonl"
    let woven = files.first { $0.path == path }
      .flatMap { try? Recording(String(decoding: $0.content, as: UTF8.self)) }
    var links: [String] = []
    for case .figure(let path) in (woven ?? chapter.recording)?.records.map(\.kind) ?? [] {
      let link = "[\((path as NSString).lastPathComponent)](../\(path))"
      if !links.contains(link) { links.append(link) }
    }
    return links
  }
}

/// Whether two CSV texts have the same cells, numbers within 0.1 % (or a millionth) of each other.
package func tablesAgree(_ a: String, _ b: String) -> Bool {
  let cells = [a, b].map { text in
    text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }
  guard cells[0].map(\.count) == cells[1].map(\.count) else { return false }
  return zip(cells[0].joined(), cells[1].joined()).allSatisfy { x, y in
    if x == y { return true }
    guard let p = Double(x), let q = Double(y) else { return false }
    return abs(p - q) <= 1e-6 + 1e-3 * max(abs(p), abs(q))
  }
}
