import Files
import Foundation

/// A text file that is read again and again, at any place.
struct RereadableFile: Sendable {
  /// The path by which it was opened.
  let path: String
  /// The contents of a file that is packed by gzip.
  private let unpacked: InputFile?
  private let size: Int
  private let modified: timespec

  /// Looks at a file, and unpacks it where it is packed by gzip.
  ///
  /// - Throws: `FileError` if it is not there, or no regular file.
  init(_ path: String) throws(FileError) {
    self.path = path
    var status = stat()
    if stat(path.systemPath, &status) == 0, status.st_mode & S_IFMT != S_IFREG,
      status.st_mode & S_IFMT != S_IFDIR
    {
      throw FileError(
        path,
        .malformed(
          "can be read only once, and a text that is streamed is read again for each epoch; "
            + "save it in a file"))
    }
    (size, modified) = (Int(status.st_size), status.modified)
    unpacked = try InputFile.unpackedCopy(of: path)
  }

  /// Gives the bytes from a place on.
  func source(from offset: Int) throws(FileError) -> TextReader.Source {
    let file: InputFile
    if let unpacked { file = unpacked } else { file = try InputFile(path: path) }
    var offset = offset
    return { buffer throws(FileError) in
      let count = try file.read(into: buffer, at: offset)
      offset += count
      return count
    }
  }

  /// Throws if the file has changed since it was first looked at.
  func checkSame() throws(FileError) {
    var status = stat()
    guard stat(path.systemPath, &status) == 0 else {
      throw FileError(path, .noSuchFile)
    }
    let now = status.modified
    guard
      Int(status.st_size) == size, now.tv_sec == modified.tv_sec, now.tv_nsec == modified.tv_nsec
    else { throw changed }
  }

  /// What is said of a file that has changed.
  var changed: FileError {
    FileError(path, .malformed("changed while it was being read; leave it alone during a run"))
  }
}

extension stat {
  /// When the file was last written.
  fileprivate var modified: timespec {
    #if canImport(Darwin)
      st_mtimespec
    #else
      st_mtim
    #endif
  }
}
