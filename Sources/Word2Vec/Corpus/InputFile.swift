import Foundation

/// A file open for reading, closed when it goes out of scope.
struct InputFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  /// The file's length in bytes; 0 for what has none, such as a pipe.
  let size: Int

  /// Opens a file for reading (`open`, `fstat`).
  init(path: String) throws(CorpusError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { throw .noSuchFile(path: path) }
      throw .unreadable(path: path, reason: String(cString: strerror(code)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw .unreadable(path: path, reason: reason)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw .isDirectory(path: path)
    }
    self.path = path
    self.descriptor = descriptor
    self.size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  }

  deinit { close(descriptor) }

  /// Reads up to `buffer.count` bytes; returns how many, 0 at the end (`read`).
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR {
        throw .unreadable(path: path, reason: String(cString: strerror(errno)))
      }
    }
  }
}
