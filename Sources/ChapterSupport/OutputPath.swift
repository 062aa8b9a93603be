import Foundation

/// Checks of the places that a run will write to, made before the run and not after it.
public enum OutputPath {
  /// Makes the folder of a file if it is one of the package's own, and checks that the file can be
  /// written.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isDefault: Whether the path is the package's choice; then its folder is made.
  /// - Throws: `ChapterError.unwritable`.
  public static func prepare(_ path: String, isDefault: Bool) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let files = FileManager.default
    if isDefault { try? files.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    var isDirectory: ObjCBool = false
    guard files.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw ChapterError.unwritable(path: path, reason: "there is no folder \(folder)")
    }
    guard files.isWritableFile(atPath: folder) else {
      throw ChapterError.unwritable(path: path, reason: "the folder is not writable")
    }
    if files.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
      throw ChapterError.unwritable(path: path, reason: "it is a folder")
    }
  }
}
