/// The parts of a path, as text: `folder/stem.ending`.
package enum PathName {
  /// The folder of a file, "." where the path names none.
  package static func folder(of path: String) -> String {
    let end = path.withoutSlashes
    guard let slash = end.lastIndex(of: "/") else { return path.hasPrefix("/") ? "/" : "." }
    let folder = end[..<slash].withoutSlashes
    return folder.isEmpty ? "/" : String(folder)
  }

  /// The file's own name.
  package static func name(of path: String) -> String {
    let end = path.withoutSlashes
    return String(end[(end.lastIndex(of: "/").map { end.index(after: $0) } ?? end.startIndex)...])
  }

  /// The path without its ending, and the ending without its dot; empty where there is none.
  package static func parts(of path: String) -> (stem: String, ending: String) {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return (path, "") }
    let ending = String(name[name.index(after: dot)...])
    return (String(path.dropLast(ending.count + 1)), ending)
  }
}

extension StringProtocol {
  /// What is left without the slashes at the end.
  fileprivate var withoutSlashes: SubSequence {
    self[..<(lastIndex { $0 != "/" }.map { index(after: $0) } ?? startIndex)]
  }
}
