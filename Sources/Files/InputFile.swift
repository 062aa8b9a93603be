import Foundation

/// A file open for reading, closed when nothing holds it any more.
package final class InputFile: Sendable {
  /// The path by which it was opened.
  package let path: String
  /// The file's length in bytes when it was opened; 0 for what has none, such as a pipe.
  package let size: Int
  /// What tells the file from what it may become; nil for what can be read only once, such as a pipe.
  package let version: Version?
  private let descriptor: Int32

  /// What tells a file from one that took its place, or that it became.
  package struct Version: Equatable, Sendable {
    let device, inode, size, seconds, nanoseconds: Int

    init(_ status: stat) {
      #if canImport(Darwin)
        let modified = status.st_mtimespec
      #else
        let modified = status.st_mtim
      #endif
      (device, inode) = (
        Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino)
      )
      (size, seconds, nanoseconds) = (Int(status.st_size), modified.tv_sec, modified.tv_nsec)
    }
  }

  /// Opens a file for reading (`open`, `fstat`).
  ///
  /// - Parameter path: The file; a pipe or a device is read as well.
  /// - Throws: `FileError` if it is not there, is a folder or may not be read.
  package init(path: String) throws(FileError) {
    let descriptor = open(path.systemPath, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let isMissing = errno == ENOENT || errno == ENOTDIR
      throw FileError(path, isMissing ? .noSuchFile : .unreadable(FileError.systemReason))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = FileError.systemReason
      close(descriptor)
      throw FileError(path, .unreadable(reason))
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw FileError(path, .isFolder)
    }
    self.path = path
    self.descriptor = descriptor
    version = status.st_mode & S_IFMT == S_IFREG ? Version(status) : nil
    size = version?.size ?? 0
  }

  /// Takes an open file, whose length is not asked for.
  package init(path: String, descriptor: Int32) {
    (self.path, self.descriptor, size, version) = (path, descriptor, 0, nil)
  }

  deinit { close(descriptor) }

  /// Reads bytes from a place in the file (`pread`), on any thread.
  ///
  /// - Parameters:
  ///   - buffer: Where they go.
  ///   - offset: The place, in bytes from the beginning.
  /// - Returns: How many bytes were read, 0 at the end of the file.
  /// - Throws: `FileError` with the system's reason.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(FileError) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw FileError(path, .unreadable(FileError.systemReason)) }
    }
  }

  /// Reads the next bytes (`read`).
  ///
  /// - Parameter buffer: Where they go; it is filled as far as the system has bytes at hand.
  /// - Returns: How many bytes were read, 0 at the end of the file.
  /// - Throws: `FileError` with the system's reason.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw FileError(path, .unreadable(FileError.systemReason)) }
    }
  }

  /// Goes back to the file's beginning (`lseek`).
  ///
  /// - Throws: `FileError` for what cannot be read twice, such as a pipe.
  package func rewind() throws(FileError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw FileError(path, .unreadable(FileError.systemReason))
    }
  }

  /// Hands the bytes of the rest of the file to `body`, a piece at a time.
  ///
  /// - Throws: What `read` and `body` throw.
  package func forEachPiece(
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = try read(into: piece)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The most bytes that it may have, so that a device does not fill the memory.
  /// - Returns: All its bytes.
  /// - Throws: `FileError`, `tooLong` where the file has more bytes than `limit`.
  package static func bytes(of path: String, limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
    let file = try InputFile(path: path)
    guard file.size <= limit else { throw FileError(path, .tooLong(limit: limit)) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.size)
    try file.forEachPiece { piece throws(FileError) in
      guard bytes.count + piece.count <= limit else {
        throw FileError(path, .tooLong(limit: limit))
      }
      bytes.append(contentsOf: piece)
    }
    return bytes
  }

  /// Reads a whole file of UTF-8 text, without the byte order mark that it may begin with.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The most bytes that it may have.
  /// - Returns: The text.
  /// - Throws: `FileError`, with the line whose bytes are not UTF-8.
  package static func text(of path: String, limit: Int = 1 << 30) throws(FileError) -> String {
    let bytes = try bytes(of: path, limit: limit)
    let beginning = bytes.prefix(ContentKind.bytesLookedAt)
    if ContentKind.wideEncoding(beginning) == nil {
      let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      if let text = String(validating: bytes[start...], as: UTF8.self) { return text }
    }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
    throw .notUTF8(path, line: line + 1, beginning: beginning, near: Array(lines[line].prefix(512)))
  }
}

extension SHA256 {
  /// The digest of a file, which is read in pieces.
  ///
  /// - Parameter path: The file.
  /// - Returns: 64 lower-case hexadecimal digits.
  /// - Throws: `FileError` if it cannot be read.
  package static func hexDigest(ofFile path: String) throws(FileError) -> String {
    var hasher = SHA256()
    try InputFile(path: path).forEachPiece { piece throws(FileError) in hasher.update(piece) }
    return hasher.hexDigest()
  }
}
