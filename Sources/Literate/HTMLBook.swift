import Files
import Foundation
import ProgramSupport

/// The book as one HTML page that needs no other file: math as MathML, figures inside, code in
/// colours, and at its end the files that the chapters link to.
package struct HTMLBook {
  private let root: URL
  private let pandoc: URL
  private let pages: [Source]

  /// A page of the book: the id of its section and its file.
  private struct Source {
    var id: String
    var file: URL
    /// The chapter's number before its title; empty for other pages.
    var number = ""
  }

  /// Finds the woven pages: contents, chapters, then other pages of `chapters/`.
  package init(root: URL) throws {
    self.root = root.standardized
    pandoc = try Self.find("pandoc")
    let folder = root.appendingPathComponent("chapters")
    let others = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".md") && $0 != "README.md" }
      .map { Source(id: String($0.dropLast(3)), file: folder.appendingPathComponent($0)) }
    let chapters = try Chapter.all(in: root).map {
      Source(id: $0.name, file: $0.pageFile, number: String($0.name.prefix { $0.isNumber }))
    }
    pages =
      [Source(id: "contents", file: folder.appendingPathComponent("README.md"))] + chapters + others
  }

  /// The whole page.
  package func text() throws -> String {
    var links = Links()
    let sections = try pages.map { try section($0, &links) }
    let bodies = zip(pages, sections).map { page, html in
      "<section id=\"\(page.id)\">\n\(html)\n</section>"
    }
    let files = try filesSection(links)
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
      <header>
      <h1>Pretraining word2vec, in Swift</h1>
      <p>The chapter “word2vec Ön Eğitimi” of <a href="https://tr.d2l.ai">Dive into Deep
      Learning</a>, release 0.17.5, written anew: each section's program, with what it prints.</p>
      </header>
      <nav aria-label="Contents">
      \(contents(sections))
      </nav>
      <main>
      \(bodies.joined(separator: "\n"))
      \(files)
      </main>
      </body>
      </html>

      """
  }

  /// What the pages' links lead to beside other pages.
  private struct Links {
    /// Files by their paths in the package, in the order in which they come.
    var files: [String] = []
    /// The figures that pages show, and those that they only link to.
    var shownFigures: Set<String> = []
    var linkedFigures: Set<String> = []

    mutating func add(_ path: String) {
      if !files.contains(path) { files.append(path) }
    }
  }

  /// The list of chapters, each with its sections.
  private func contents(_ sections: [String]) -> String {
    let items = zip(pages, sections).map { page, html in
      let title = html.firstMatch(of: /<h2[^>]*>(.*?)<\/h2>/).map { String($0.1) } ?? page.id
      let parts = html.matches(of: /<h3 id="([^"]*)"[^>]*>(.*?)<\/h3>/)
        .map { "<li><a href=\"#\($0.1)\">\(withoutLinks($0.2))</a></li>" }
      let list = parts.isEmpty ? "" : "<ol>\(parts.joined())</ol>"
      return "<li><a href=\"#\(page.id)\">\(withoutLinks(title))</a>\(list)</li>"
    }
    return "<ol>\(items.joined(separator: "\n"))<li><a href=\"#files\">Files</a></li></ol>"
  }

  private func withoutLinks(_ html: some StringProtocol) -> String {
    String(html).replacing(/<\/?a[^>]*>/, with: "")
  }

  private func section(_ page: Source, _ links: inout Links) throws -> String {
    guard let markdown = try? String(contentsOf: page.file, encoding: .utf8) else {
      throw WeaveError.system("\(page.file.lastPathComponent) of \(page.id) is missing: make book")
    }
    // The way to the next chapter is the contents list's.
    let text = markdown.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains(" · [Source](main.swift)") }.joined(separator: "\n")
    var html = try self.html(of: withDollarMath(text), id: page.id)
    html = try withFigures(withLinks(html, in: page, &links), in: page, &links)
    guard !page.number.isEmpty, let title = html.firstRange(of: /<h2[^>]*>/) else { return html }
    html.insert(contentsOf: "<span class=\"number\">\(page.number)</span> ", at: title.upperBound)
    return html
  }

  /// Markdown as HTML, headings a level lower than they are in it.
  private func html(of markdown: String, id: String) throws -> String {
    let scratch = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: scratch) }
    let input = scratch.appendingPathComponent("page.md")
    try Data(markdown.utf8).write(to: input)
    let result = try run(
      pandoc,
      arguments: [
        "--from=gfm+tex_math_dollars", "--to=html5", "--mathml", "--wrap=none",
        "--shift-heading-level-by=1", "--id-prefix=\(id)-", input.path,
      ], in: scratch)
    guard result.status == 0 else {
      throw WeaveError.system("pandoc on the page \(id): \(result.stderr)")
    }
    if !result.stderr.isEmpty { note("\(id): \(result.stderr)") }
    // Colours stay; the anchors of lines go.
    return result.stdout
      .replacing(/<div class="sourceCode"[^>]*>(<pre\s[^>]*>)/) { "\($0.1)" }
      .replacing("</code></pre></div>", with: "</code></pre>")
      .replacing(
        /<span id="[^"]*"><a href="[^"]*" aria-hidden="true" tabindex="-1"><\/a>(.*)<\/span>/
      ) { "\($0.1)" }
      .replacing(/(<code class="sourceCode swift">)((?s).*?)(<\/code>)/) {
        "\($0.1)\(withTypes($0.2))\($0.3)"
      }
  }

  /// Coloured Swift in which every type has a type's colour, and a range's end is no number.
  private func withTypes(_ code: Substring) -> String {
    let token = /<span class="[^"]*">[^<]*<\/span>|&\w+;|\b[A-Z]\w*/.wordBoundaryKind(.simple)
    return String(code).replacing(token) { match in
      match.0.first?.isLetter == true ? "<span class=\"dt\">\(match.0)</span>" : String(match.0)
    }
    .replacing(/<span class="(?:fu|va)">([A-Z])/) { "<span class=\"dt\">\($0.1)" }
    .replacing(/<span class="fl">(\d+)\.<\/span>/) { "<span class=\"dv\">\($0.1)</span>." }
  }

  /// Turns links between pages, and to files of the package, into links inside this page.
  private func withLinks(
    _ html: String, in page: Source, _ links: inout Links
  ) throws -> String {
    let folder = page.file.deletingLastPathComponent()
    var missing: [String] = []
    let text = html.replacing(/href="([^":]*)"/) { match in
      let link = String(match.output.1)
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let anchor = parts.count > 1 ? "-\(parts[1])" : ""
      if parts[0].isEmpty { return "href=\"#\(page.id)\(anchor)\"" }
      var target = folder.appendingPathComponent(String(parts[0])).standardized
      if target.hasDirectoryPath { target.appendPathComponent("README.md") }
      if let other = pages.first(where: { $0.file.standardized.path == target.path }) {
        return "href=\"#\(other.id)\(anchor)\""
      }
      guard FileManager.default.fileExists(atPath: target.path) else {
        missing.append(link)
        return String(match.output.0)
      }
      let path = String(target.path.dropFirst(root.path.count + 1))
      if target.pathExtension == "svg" {
        links.linkedFigures.insert(path)
        return "href=\"#\(figureID(path))\""
      }
      links.add(path)
      return "href=\"#\(fileID(path))\""
    }
    guard missing.isEmpty else {
      throw WeaveError.system("\(page.id) links to what is missing: \(missing)")
    }
    return text
  }

  /// Puts the figures into the page, as images of their own so that their ids do not meet; their
  /// sentences stand below.
  private func withFigures(
    _ html: String, in page: Source, _ links: inout Links
  ) throws -> String {
    let folder = page.file.deletingLastPathComponent()
    var missing: [String] = []
    let text = html.replacing(/<p><img\s+src="([^":]*)"\s+alt="([^"]*)"\s*\/><\/p>/) { match in
      let file = folder.appendingPathComponent(String(match.1)).standardized
      let path = String(file.path.dropFirst(root.path.count + 1))
      guard let image = image(path, alt: String(match.2)) else {
        missing.append(file.lastPathComponent)
        return String(match.0)
      }
      let id = links.shownFigures.insert(path).inserted ? " id=\"\(figureID(path))\"" : ""
      return "<figure\(id)>\(image)<figcaption>\(match.2)</figcaption></figure>"
    }
    guard missing.isEmpty else {
      throw WeaveError.system("\(page.id) shows figures that are missing: \(missing)")
    }
    return text
  }

  private func image(_ path: String, alt: String) -> String? {
    let file = root.appendingPathComponent(path)
    guard let data = try? Data(contentsOf: file) else { return nil }
    let type = file.pathExtension == "svg" ? "svg+xml" : file.pathExtension
    return "<img src=\"data:image/\(type);base64,\(data.base64EncodedString())\" alt=\"\(alt)\">"
  }

  /// The last section: figures that are only linked to, and the linked files, folded.
  private func filesSection(_ links: Links) throws -> String {
    var pieces = ["<h2>Files</h2>", "<p>What the chapters link to, as it is in the package.</p>"]
    for path in links.linkedFigures.subtracting(links.shownFigures).sorted() {
      guard let image = image(path, alt: path) else { continue }
      pieces.append(
        "<figure id=\"\(figureID(path))\">\(image)<figcaption>\(path)</figcaption></figure>")
    }
    let mark = "file-break-between-two-files"
    let markdown = try links.files.map { path in
      let text = try InputFile.text(of: root.appendingPathComponent(path).path)
      let language = path.hasSuffix(".swift") ? "swift" : "text"
      return fenced(text, language)
    }.joined(separator: "\n\n\(mark)\n\n")
    let listings = try html(of: markdown, id: "files").components(separatedBy: "<p>\(mark)</p>")
    for (path, listing) in zip(links.files, listings) {
      pieces.append(
        "<details id=\"\(fileID(path))\"><summary><code>\(path)</code></summary>\(listing)</details>"
      )
    }
    return "<section id=\"files\">\n\(pieces.joined(separator: "\n"))\n</section>"
  }

  private func fileID(_ path: String) -> String { "file-\(path.replacing("/", with: "-"))" }

  private func figureID(_ path: String) -> String {
    "figure-\(URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent)"
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
