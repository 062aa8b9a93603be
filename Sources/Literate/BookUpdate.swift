import Files
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
  /// The figures of the woven chapters.
  private var figures: [String] = []

  /// Weaves every chapter whose name is among `names` (all where it is empty), and
  /// checks the index, which is written by hand.
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
        for case .figure(let path) in woven.recording.records.map(\.kind) { figures.append(path) }
      } catch {
        problems.append("\(error)")
      }
    }
    for name in names where !book.chapters.contains(where: { $0.name == name }) {
      problems.append("there is no chapter \(name) in chapters/")
    }
    problems += gaps(inIndexOf: book)
  }

  private mutating func add(_ path: String, _ text: String) {
    files.append(File(path: path, content: Data(text.utf8)))
  }

  /// Writes the files that have changed; all are on the disk before the first is put in its place.
  package func write() throws {
    var changed: [(path: String, bytes: [UInt8])] = []
    for file in files {
      let url = root.appendingPathComponent(file.path)
      if (try? Data(contentsOf: url)) == file.content { continue }
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      changed.append((url.path, Array(file.content)))
    }
    try OutputFile.write(changed)
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
      var texts = [old, file.content].map { String(decoding: $0, as: UTF8.self) }
      if name.pathExtension == "csv", tablesAgree(texts[0], texts[1]) { return nil }
      if texts[0] == texts[1] { return nil }
      if name.pathExtension == "jsonl" { texts = texts.map(readableRecording) }
      return unifiedDifference(from: texts[0], to: texts[1]).map {
        "--- \(file.path)\n+++ \(file.path) as woven now\n\($0)"
      }
    }
  }

  /// What the index lacks: links to chapters, and to the figures that they draw.
  private func gaps(inIndexOf book: Book) -> [String] {
    let path = "chapters/README.md"
    let url = root.appendingPathComponent(path)
    guard let index = try? String(contentsOf: url, encoding: .utf8) else {
      return ["\(path) is missing: it links to every chapter and figure"]
    }
    var links = book.chapters.map { "(\($0.name)/" }
    for figure in figures where !links.contains("(../\(figure))") {
      links.append("(../\(figure))")
    }
    return links.filter { !index.contains($0) }.map { "\(path) has no link \($0)" }
  }
}

/// A recording as lines that a person can compare; text that is none, as it is.
private func readableRecording(_ text: String) -> String {
  (try? Recording(text))?.readable ?? text
}

/// Whether two CSV texts have the same cells, numbers within 0.1 % (or a millionth) of each other.
package func tablesAgree(_ a: String, _ b: String) -> Bool {
  guard let first = try? CSV.rows(a).map(\.fields), let second = try? CSV.rows(b).map(\.fields),
    first.map(\.count) == second.map(\.count)
  else { return false }
  return zip(first.joined(), second.joined()).allSatisfy { x, y in
    if x == y { return true }
    guard let p = Double(x), let q = Double(y) else { return false }
    return abs(p - q) <= 1e-6 + 1e-3 * max(abs(p), abs(q))
  }
}
