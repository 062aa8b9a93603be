/// What keeps a page from being woven.
package enum WeaveError: Error, Equatable, CustomStringConvertible {
  /// A line of a chapter's source that cannot be read.
  case source(String, Int, String)
  /// A chapter that did not run to its end.
  case run(String, String)
  /// A chapter that wrote to stdout past `show`.
  case stray(String, String)
  /// A chapter that needs data that is not here, and has no recording, or an old one.
  case recording(String, String)
  /// Faults of the prose, each with its place.
  case faults([String])
  /// A file or a tool that is missing or refuses.
  case system(String)

  package var description: String {
    switch self {
    case .source(let name, let line, let what): "\(name):\(line): \(what)"
    case .run(let name, let what): "\(name): \(what)"
    case .stray(let name, let difference):
      "\(name) printed past show(), so the page would miss it (+):\n\(difference)"
    case .recording(let name, let what): "\(name): \(what)"
    case .faults(let faults): faults.joined(separator: "\n")
    case .system(let what): what
    }
  }
}
