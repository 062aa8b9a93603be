import Files
import Foundation
import ProgramSupport

/// The book as one HTML page that needs no other file: math as MathML, figures inside.
package struct HTMLBook {
  private let root: URL
  private let pandoc: URL
  private let pages: [Source]

  /// A page of the book: the id of its section and its file.
  private struct Source {
    var id: String
    var file: URL
  }

  /// Finds the woven pages: contents, chapters, then other pages of `chapters/`.
  package init(root: URL) throws {
    self.root = root
    pandoc = try Self.find("pandoc")
    let folder = root.appendingPathComponent("chapters")
    let others = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".md") && $0 != "README.md" && $0 != "preface.md" }
      .map { Source(id: String($0.dropLast(3)), file: folder.appendingPathComponent($0)) }
    pages =
      [Source(id: "contents", file: folder.appendingPathComponent("README.md"))]
      + (try Chapter.all(in: root)).map { Source(id: $0.name, file: $0.pageFile) } + others
  }

  /// The whole page.
  package func text() throws -> String {
    let sections = try pages.map { page in
      "<section id=\"\(page.id)\">\n\(try section(page))\n</section>"
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Pretraining word2vec, in Swift</title>
      <style>
      \(styleSheet)
      </style>
      </head>
      <body>
      <main>
      \(sections.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private func section(_ page: Source) throws -> String {
    guard let markdown = try? String(contentsOf: page.file, encoding: .utf8) else {
      throw WeaveError.system("\(page.file.lastPathComponent) of \(page.id) is missing: make book")
    }
    let scratch = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: scratch) }
    let input = scratch.appendingPathComponent("page.md")
    try Data(withDollarMath(markdown).utf8).write(to: input)
    let result = try run(
      pandoc,
      arguments: [
        "--from=gfm+tex_math_dollars", "--to=html5", "--mathml", "--no-highlight", "--wrap=none",
        "--id-prefix=\(page.id)-", input.path,
      ], in: scratch)
    guard result.status == 0 else {
      throw WeaveError.system("pandoc on the page \(page.id): \(result.stderr)")
    }
    if !result.stderr.isEmpty { note("\(page.id): \(result.stderr)") }
    return try withFigures(withLinks(result.stdout, in: page), in: page)
  }

  /// Turns links between pages into links inside this one; others go up from `book/`.
  private func withLinks(_ html: String, in page: Source) -> String {
    let folder = page.file.deletingLastPathComponent()
    return html.replacing(/href="([^":]*)"/) { match in
      let link = String(match.output.1)
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let anchor = parts.count > 1 ? "-\(parts[1])" : ""
      if parts[0].isEmpty { return "href=\"#\(page.id)\(anchor)\"" }
      let target = folder.appendingPathComponent(String(parts[0])).standardized
      let page = target.hasDirectoryPath ? target.appendingPathComponent("README.md") : target
      if let other = pages.first(where: { $0.file.standardized.path == page.path }) {
        return "href=\"#\(other.id)\(anchor)\""
      }
      let path = target.path.dropFirst(root.standardized.path.count + 1)
      return "href=\"../\(path)\(parts.count > 1 ? "#\(parts[1])" : "")\""
    }
  }

  /// Puts the figures into the page, as images of their own so that their ids do not meet.
  private func withFigures(_ html: String, in page: Source) throws -> String {
    let folder = page.file.deletingLastPathComponent()
    var missing: [String] = []
    let text = html.replacing(/<img src="([^":]*)"/) { match in
      let file = folder.appendingPathComponent(String(match.output.1)).standardized
      guard let data = try? Data(contentsOf: file) else {
        missing.append(file.lastPathComponent)
        return String(match.output.0)
      }
      let type = file.pathExtension == "svg" ? "svg+xml" : file.pathExtension
      return "<img src=\"data:image/\(type);base64,\(data.base64EncodedString())\""
    }
    guard missing.isEmpty else {
      throw WeaveError.system("\(page.id) shows figures that are missing: \(missing)")
    }
    return text
  }

  private static func find(_ program: String) throws -> URL {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") {
      let file = URL(fileURLWithPath: String(folder)).appendingPathComponent(program)
      if FileManager.default.isExecutableFile(atPath: file.path) { return file }
    }
    throw WeaveError.system("\(program) is not installed: apt install \(program)")
  }
}

/// Markdown with GitHub's forms of math replaced by those that pandoc reads.
package func withDollarMath(_ markdown: String) -> String {
  var output: [String] = []
  var fence: String?
  for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
    if let mark = fenceMark(of: String(line)) {
      let isMath = fence == "math" || fence == nil && line.hasSuffix("```math")
      if fence == nil {
        fence = isMath ? "math" : mark
      } else if isMath || mark.hasPrefix(fence ?? "") {
        fence = nil
      }
      output.append(isMath ? "$$" : String(line))
    } else if fence == nil {
      output.append(String(line).replacing(/\$`([^`]*)`\$/) { "$\($0.output.1)$" })
    } else {
      output.append(String(line))
    }
  }
  return output.joined(separator: "\n")
}
