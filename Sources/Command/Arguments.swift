import Foundation
import ProgramSupport

/// The program's arguments as text.
///
/// The name of a file may be of any bytes, and a `String` cannot hold those that are not UTF-8. A file
/// of such a name is opened here, and the argument becomes the name that the system has for what is
/// open.
enum Arguments {
  /// The names that stand for files whose names are not UTF-8: they can be read, not written.
  nonisolated(unsafe) private(set) static var standIns: Set<String> = []

  /// The arguments but the program's name.
  ///
  /// - Throws: `RefusedArgument` where one is not UTF-8 and no file has it for a name.
  static func given() throws -> [String] {
    try (1..<max(1, Int(CommandLine.argc))).map { i in
      guard let bytes = CommandLine.unsafeArgv[i] else { return "" }
      if let text = String(validatingCString: bytes) { return text }
      let descriptor = open(bytes, O_RDONLY)
      guard descriptor >= 0 else { throw RefusedArgument.notUTF8(String(cString: bytes)) }
      let name = "/dev/fd/\(descriptor)"
      standIns.insert(name)
      return name
    }
  }

  /// Refuses the stand-in of a file for a place to write to.
  static func checkWritable(_ path: String) throws {
    guard !standIns.contains(path) else { throw RefusedArgument.notUTF8("the file to write") }
  }
}

/// An argument that cannot be used.
enum RefusedArgument: Error, CustomStringConvertible {
  /// It is not UTF-8.
  case notUTF8(String)

  var description: String {
    switch self {
    case .notUTF8(let text):
      "\(text) has a name that is not UTF-8: such a file can be read where it is there, and not "
        + "written; choose another name."
    }
  }
}

/// A text with its control characters as `\u{1B}`: shown as it is, it could do things to a terminal.
func visible(_ text: String) -> String {
  let isHarmless = text.unicodeScalars.allSatisfy { !isControl($0) }
  if isHarmless { return text }
  return text.unicodeScalars.reduce(into: "") { shown, scalar in
    if isControl(scalar) {
      shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
}

/// Whether a character is a control character or turns the direction of writing around.
private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
  default: false
  }
}

/// A word of a shell's command line.
func quoted(_ word: String) -> String {
  let isPlain = word.utf8.allSatisfy {
    0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || "._-/+:,@%".utf8.contains($0)
  }
  return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
