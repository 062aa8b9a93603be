import Foundation

/// Calls `body` with a new, empty folder, which is removed afterwards.
func withScratchFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// The names in a folder, in order.
func names(in folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// The text of a file, read without the package.
func text(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

/// Makes a file, without the package.
func put(_ text: String, at path: String) throws {
  try text.write(toFile: path, atomically: false, encoding: .utf8)
}

/// The permission bits of a file.
func mode(of path: String) -> mode_t? {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
}
