import Foundation

/// Why a file cannot be written, before it is known by which name the caller knows it.
struct WriteFailure: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

/// What lies where a file is to go.
enum OutputPlace {
  /// Follows symbolic links, as far as they go; what the last one names need not be there.
  static func target(of path: String) throws(WriteFailure) -> String {
    guard !path.isEmpty else { throw WriteFailure("the name is empty") }
    guard !path.utf8.contains(0) else { throw WriteFailure("the name has a zero byte") }
    var target = path
    for _ in 0..<40 {  // as many as Linux follows
      guard PathName.folder(of: target) != "/proc/self/fd" else {
        throw WriteFailure("it is an open file of this program, and not to be replaced")
      }
      var status = stat()
      guard lstat(target.systemPath, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else {
        return target
      }
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = readlink(target.systemPath, &bytes, bytes.count - 1)
      guard count > 0 else { throw WriteFailure(FileError.systemReason) }
      let link = PathName.text(of: bytes)
      target = link.hasPrefix("/") ? link : "\(PathName.folder(of: target))/\(link)"
    }
    throw WriteFailure("it is a link to itself")
  }

  /// The status of the ordinary file that is there and may be replaced; nil where nothing is.
  static func existingFile(at target: String) throws(WriteFailure) -> stat? {
    var status = stat()
    guard stat(target.systemPath, &status) == 0 else {
      if target.hasSuffix("/") { throw WriteFailure("the name ends in a slash") }
      return nil
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw WriteFailure("it is a folder")
    default: throw WriteFailure("it is not an ordinary file")  // a device must not be moved away
    }
    // The root user may write to a read-only file, but whoever made it so meant it.
    guard status.st_mode & 0o222 != 0 else { throw WriteFailure("the file there is read-only") }
    guard access(target.systemPath, W_OK) == 0 else { throw WriteFailure(FileError.systemReason) }
    return status
  }

  /// Why nothing can be made in the folder of `target`, where the system only says that it is not
  /// there.
  static func reason(_ target: String) -> String {
    let code = errno
    let folder = PathName.folder(of: target)
    var status = stat()
    if code == ENOTDIR { return "\(folder) is no folder" }
    if code == ENOENT, stat(folder.systemPath, &status) != 0 {
      return "there is no folder \(folder)"
    }
    return String(cString: strerror(code))
  }
}
