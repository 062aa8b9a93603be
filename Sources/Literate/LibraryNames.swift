import Files
import Foundation

/// The names that a package's libraries declare outside other types, and the files that do.
///
/// Pages link to them: in prose by the name in backticks, below a page for the names in its code.
package struct LibraryNames: Sendable {
  /// The files by name, and by module and name as in `Word2Vec.skipGram`; a path in the package.
  private var files: [String: Set<String>] = [:]

  /// Reads what the sources below `Sources/` declare as `public` or `package`.
  package init(root: URL) throws {
    let folder = root.appendingPathComponent("Sources")
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    for path in paths.sorted() where path.hasSuffix(".swift") {
      let module = path.prefix { $0 != "/" }
      let text = try InputFile.text(of: folder.appendingPathComponent(path).path)
      let declaration =
        /(?m)^(?:public|package) (?:[a-z]+ )*?(?:struct|class|enum|protocol|func|typealias) (\w+)/
      for match in text.matches(of: declaration) {
        add(String(match.1), in: "Sources/\(path)")
        add("\(module).\(match.1)", in: "Sources/\(path)")
      }
    }
  }

  /// Names with their files, for a book without sources.
  package init(_ files: [String: String]) {
    for (name, file) in files { add(name, in: file) }
  }

  private mutating func add(_ name: String, in file: String) {
    files[name, default: []].insert(file)
  }

  /// The file that declares a name; nil where none does, or several do.
  package func file(of name: String) -> String? {
    guard let found = files[name], found.count == 1 else { return nil }
    return found.first
  }

  /// The names in a chapter's code that a library declares, in the order in which they come.
  ///
  /// Names that the code declares itself are its own. Types count where they stand in code,
  /// functions where they are called.
  package func used(in code: [String]) -> [String] {
    let text = code.map { $0.replacing(/\/\/.*/, with: "") }.joined(separator: "\n")
    let own = Set(text.matches(of: /(?:func|struct|enum|let|var) (\w+)/).map { String($0.1) })
    var used: [String] = []
    for match in text.matches(of: /(\.?)\b((?:[A-Z]\w*\.)?[A-Za-z]\w*)(\(?)/) where match.1.isEmpty
    {
      let name = String(match.2)
      let candidates = name.contains(".") ? [name, String(name.prefix { $0 != "." })] : [name]
      let found = candidates.first { candidate in
        let isCalled = !match.3.isEmpty && candidate == name
        let isType = candidate.first?.isUppercase == true && !candidate.contains(".")
        return !own.contains(candidate) && (isType || isCalled) && file(of: candidate) != nil
      }
      if let found, !used.contains(found) { used.append(found) }
    }
    return used
  }

  /// Markdown with each of these names in backticks turned into a link where it first stands outside
  /// fences and other links.
  ///
  /// - Parameters:
  ///   - markdown: The text.
  ///   - linked: The names that have their link already; those of this text are added.
  ///   - own: Names that are the page's own.
  ///   - up: The way from the page to the package's folder, such as `../../`.
  /// - Returns: The text with links.
  package func linking(
    _ markdown: String, linked: inout Set<String>, own: Set<String>, up: String
  ) -> String {
    var fence: String?
    return markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if let mark = fenceMark(of: String(line)) {
        if fence == nil { fence = mark } else if mark.hasPrefix(fence ?? "") { fence = nil }
        return String(line)
      }
      guard fence == nil, !line.hasPrefix("#") else { return String(line) }
      return String(line).replacing(/\[[^\]]*\]\([^)]*\)|\$`[^`]*`\$|`([A-Za-z][\w.]*)`/) { match in
        guard let name = match.1.map(String.init), !own.contains(name), let file = file(of: name),
          linked.insert(name).inserted
        else { return String(match.0) }
        return "[`\(name)`](\(up)\(file))"
      }
    }.joined(separator: "\n")
  }
}
