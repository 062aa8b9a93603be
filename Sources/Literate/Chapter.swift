import Files
import Foundation

/// A chapter's folder, `chapters/N-name`, and what lies in it.
package struct Chapter: Sendable {
  /// The folder's name, such as `4-training`.
  package let name: String
  package let directory: URL
  package let source: ChapterSource

  /// The product that the folder builds: `chapter-training` for `4-training`.
  package static func product(of name: String) -> String {
    "chapter-" + name.drop { $0.isNumber }.dropFirst()
  }

  package var product: String { Chapter.product(of: name) }
  package var pageFile: URL { directory.appendingPathComponent("README.md") }
  package var recordingFile: URL { directory.appendingPathComponent("recording.jsonl") }

  package init(directory: URL) throws {
    self.directory = directory
    name = directory.lastPathComponent
    let text = try InputFile.text(of: directory.appendingPathComponent("main.swift").path)
    source = try ChapterSource(text, name: "\(name)/main.swift")
  }

  /// The chapters of a package, by their numbers.
  package static func all(in root: URL) throws -> [Chapter] {
    let folder = root.appendingPathComponent("chapters")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try names.filter { $0.first?.isNumber == true }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
      .map { try Chapter(directory: folder.appendingPathComponent($0)) }
  }

  /// The recording that is committed with the chapter, if there is a readable one.
  package var recording: Recording? {
    (try? String(contentsOf: recordingFile, encoding: .utf8)).flatMap { try? Recording($0) }
  }
}

extension Chapter {
  /// Whether a chapter's source, its `main.swift`, shows other code than its woven page, as when
  /// someone has changed a number to see what moves; never where there is no page.
  package static func isEdited(_ source: URL) -> Bool {
    guard let chapter = try? Chapter(directory: source.deletingLastPathComponent()),
      let page = try? String(contentsOf: chapter.pageFile, encoding: .utf8)
    else { return false }
    var woven: [[Substring]] = []
    var fence: String?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if let mark = fence {
        if line == mark { fence = nil } else { woven[woven.count - 1].append(line) }
      } else if line.hasSuffix("swift"), let mark = fenceMark(of: String(line)) {
        fence = mark
        woven.append([])
      }
    }
    let shown = chapter.source.blocks.compactMap { block in
      if case .code(let code) = block, !code.shown.isEmpty {
        code.shown.map { $0[...] }
      } else {
        nil
      }
    }
    return shown != woven
  }
}

/// The SHA-256 of a chapter's code and of the libraries under it.
///
/// Comments, blank lines and indentation do not count, so that a recording stays valid when only
/// they change. Prose counts by the page itself.
package func inputsDigest(of chapter: Chapter, root: URL) throws -> String {
  var text = chapter.source.header.arguments.joined(separator: " ") + "\n"
  for file in try sources(in: chapter.directory) + librarySources(in: root) {
    let path = file.path.dropFirst(root.path.count)
    text += "\(path)\n" + codeAlone(try InputFile.text(of: file.path))
  }
  return SHA256.hexDigest(of: text.utf8)
}

private func codeAlone(_ text: String) -> String {
  text.split(separator: "\n").filter { isCode($0) }
    .map { $0.trimmingCharacters(in: .whitespaces) + "\n" }.joined()
}

/// The sources of the libraries that a chapter's results come from, by path.
private func librarySources(in root: URL) throws -> [URL] {
  let folders = [
    "CSIMD", "CScheduler", "CTraps", "ChapterSupport", "D2L", "Figures", "Files", "PortableMath",
    "RandomStreams", "Word2Vec",
  ]
  return try folders.flatMap { try sources(in: root.appendingPathComponent("Sources/\($0)")) }
}

/// The sources in a folder and in those below it, by path; none where it is missing.
private func sources(in directory: URL) throws -> [URL] {
  guard FileManager.default.fileExists(atPath: directory.path) else { return [] }
  return try FileManager.default.subpathsOfDirectory(atPath: directory.path)
    .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".c") || $0.hasSuffix(".h") }
    .sorted().map { directory.appendingPathComponent($0) }
}
