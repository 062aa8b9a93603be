import Files
import Foundation

/// The names that a package's libraries declare, and the files that do.
///
/// Pages link to them: in prose by the name in backticks, below a page for the names in its code.
/// Methods are known by a point before their name; in prose they are written `method(of:)`.
package struct LibraryNames: Sendable {
  /// The files by name, and by module and name as in `Word2Vec.skipGram`; a path in the package.
  private var files: [String: Set<String>] = [:]

  /// Methods that types of Swift's own have, too.
  private static let standard: Set = [
    "append", "index", "insert", "map", "next", "prefix", "random", "remove", "replacing", "sorted",
    "squareRoot", "write",
  ]

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
      for match in text.matches(of: /(?m)^  (?:public|package) (?:[a-z]+ )*?func (\w+)/) {
        let name = String(match.1)
        if !Self.standard.contains(name) { add(".\(name)", in: "Sources/\(path)") }
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
  /// functions and methods where they are called.
  package func used(in code: [String]) -> [String] {
    let text = code.map { $0.replacing(/\/\/.*/, with: "") }.joined(separator: "\n")
    let own = Set(text.matches(of: /(?:func|struct|enum|let|var) (\w+)/).map { String($0.1) })
    var used: [String] = []
    let word = /(\.?)\b((?:[A-Z]\w*\.)?[A-Za-z]\w*)(\(?)/.wordBoundaryKind(.simple)
    for match in text.matches(of: word) {
      let (isMember, name, isCalled) = (!match.1.isEmpty, String(match.2), !match.3.isEmpty)
      let type = String(name.prefix { $0 != "." })
      var candidates = isCalled ? [isMember ? "." + name : name] : []
      if !isMember, type.first?.isUppercase == true { candidates.append(type) }
      let found = candidates.first { !own.contains($0) && file(of: $0) != nil }
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
      return String(line).replacing(
        /\[[^\]]*\]\([^)]*\)|\$`[^`]*`\$|`([A-Za-z][\w.]*)(\([\w:]*\))?`/
      ) { match in
        guard let name = match.1.map(String.init), !own.contains(name),
          let file = file(of: name) ?? (match.2 == nil ? nil : file(of: ".\(name)")),
          linked.insert(name).inserted
        else { return String(match.0) }
        return "[\(match.0)](\(up)\(file))"
      }
    }.joined(separator: "\n")
  }
}
