import Foundation

/// A file that is written whole or not at all.
///
/// The bytes go to a temporary file beside it, which `finish` moves into place; without that it is
/// removed.
struct OutputFile: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var isFinished = false

  /// Creates the temporary file (`open`).
  init(path: String) throws(WordVectorsError) {
    var status = stat()
    if stat(path, &status) == 0 {
      let kind = status.st_mode & S_IFMT
      if kind == S_IFDIR { throw .isDirectory(path: path) }
      if kind != S_IFREG {  // a device, say, must not be moved away
        throw .unwritable(path: path, reason: "it is not an ordinary file")
      }
    }
    let temporary = "\(path).\(getpid()).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    self.path = path
    self.temporary = temporary
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
    if !isFinished { unlink(temporary) }
  }

  /// Appends bytes (`write`).
  func write(_ bytes: [UInt8]) throws(WordVectorsError) {
    try bytes.withUnsafeBufferPointer { bytes throws(WordVectorsError) in
      var written = 0
      while written < bytes.count {
        let count = Foundation.write(
          descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if count > 0 {
          written += count
        } else if errno != EINTR {
          throw .unwritable(path: path, reason: String(cString: strerror(errno)))
        }
      }
    }
  }

  /// Moves the file into place (`rename`).
  mutating func finish() throws(WordVectorsError) {
    guard rename(temporary, path) == 0 else {
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    isFinished = true
  }
}
