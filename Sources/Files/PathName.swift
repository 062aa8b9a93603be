import Foundation

/// A path as text: its parts, `folder/stem.ending`, and the bytes that the system has for it.
///
/// A name may be of any bytes, and text only of those that are UTF-8. Each other byte b stands in the
/// text as the character U+10FF00 + b, and so do the bytes of these characters themselves: text and
/// bytes go over into each other without loss.
package enum PathName {
  private static let firstEscape: UInt32 = 0x10FF80

  /// The byte that a character of a path stands for; nil if it stands for itself.
  package static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    scalar.value >= firstEscape ? UInt8(scalar.value & 0xFF) : nil
  }

  /// The text of the system's bytes, which end with a zero.
  package static func text(of name: UnsafePointer<CChar>) -> String {
    if let text = String(validatingCString: name), !hasEscapes(text) { return text }
    var rest = UnsafeRawBufferPointer(start: name, count: strlen(name))[...]
    var text = String.UnicodeScalarView()
    while let first = rest.first {
      let scalar = (1...4).lazy.compactMap { String(validating: rest.prefix($0), as: UTF8.self) }
        .first.flatMap { $0.unicodeScalars.first }
      if let scalar, byte(of: scalar) == nil {
        text.append(scalar)
        rest.removeFirst(String(scalar).utf8.count)
      } else {
        text.append(Unicode.Scalar(firstEscape - 0x80 + UInt32(first)) ?? "?")
        rest.removeFirst()
      }
    }
    return String(text)
  }

  /// The name of an entry of a folder (`readdir`).
  static func text(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { text(of: $0) }
    }
  }

  /// The system's bytes of a path, with a zero at the end.
  package static func bytes(of path: String) -> [CChar] {
    guard hasEscapes(path) else { return path.utf8.map(CChar.init(bitPattern:)) + [0] }
    let bytes = path.unicodeScalars.flatMap { scalar in
      byte(of: scalar).map { [$0] } ?? Array(String(scalar).utf8)
    }
    return bytes.map(CChar.init(bitPattern:)) + [0]
  }

  private static func hasEscapes(_ text: String) -> Bool {
    text.utf8.contains(0xF4) && text.unicodeScalars.contains { byte(of: $0) != nil }
  }

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

  /// The path with a remark before its ending, which may be one of two parts: `a-remark.vec.gz`.
  package static func inserting(_ remark: String, into path: String) -> String {
    var (stem, ending) = parts(of: path)
    if ending == "gz" {
      let inner = parts(of: stem)
      (stem, ending) = (inner.stem, inner.ending.isEmpty ? "gz" : "\(inner.ending).gz")
    }
    return "\(stem)-\(remark)\(ending.isEmpty ? "" : ".\(ending)")"
  }
}

extension StringProtocol {
  /// What is left without the slashes at the end.
  fileprivate var withoutSlashes: SubSequence {
    self[..<(lastIndex { $0 != "/" }.map { index(after: $0) } ?? startIndex)]
  }
}

extension String {
  /// The bytes that the system has for this path, for its functions.
  package var systemPath: [CChar] { PathName.bytes(of: self) }
}
