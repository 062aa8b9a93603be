import Foundation

/// The files in a folder and in the folders within it.
package enum Folder {
  /// Whether there is a folder of this name.
  package static func exists(_ path: String) -> Bool { kind(of: path, stat) == S_IFDIR }

  /// The ordinary files in a folder, or links to such, in the order of their names.
  ///
  /// Those whose names begin with a dot are left out, and what lies in folders of such names; links
  /// to folders are not followed.
  ///
  /// - Parameter path: The folder.
  /// - Returns: The files' paths, which begin with the folder's.
  /// - Throws: `FileError` where a folder cannot be read.
  package static func files(in path: String) throws(FileError) -> [String] {
    var (names, files) = ([""], [String]())
    while let name = names.popLast() {
      let place = name.isEmpty ? path : "\(path)/\(name)"
      guard let entries = opendir(place.systemPath) else {
        throw FileError(place, .unreadable(FileError.systemReason))
      }
      defer { closedir(entries) }
      while let entry = readdir(entries) {
        let own = PathName.text(of: entry)
        guard !own.hasPrefix(".") else { continue }
        let inner = name.isEmpty ? own : "\(name)/\(own)"
        if kind(of: "\(path)/\(inner)", lstat) == S_IFDIR {
          names.append(inner)
        } else if kind(of: "\(path)/\(inner)", stat) == S_IFREG {
          files.append(inner)
        }
      }
    }
    return files.sorted().map { "\(path)/\($0)" }
  }

  private static func kind(
    of path: String, _ look: (UnsafePointer<CChar>, UnsafeMutablePointer<stat>) -> Int32
  ) -> mode_t? {
    var status = stat()
    return look(path.systemPath, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}
