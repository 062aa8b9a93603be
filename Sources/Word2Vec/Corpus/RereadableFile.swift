import Files

/// A text file that is read again and again, at any place.
struct RereadableFile: Sendable {
  /// The path by which it was opened.
  let path: String
  /// What the file was when it was first looked at.
  private let version: InputFile.Version
  /// The contents of a file that is packed by gzip.
  private let unpacked: InputFile?

  /// Looks at a file, and unpacks it where it is packed by gzip.
  ///
  /// - Throws: `FileError` if it is not there, or no regular file.
  init(_ path: String) throws(FileError) {
    let file = try InputFile(path: path)
    guard let version = file.version else {
      throw FileError(
        path,
        .malformed(
          "can be read only once, and a text that is streamed is read again for each epoch; "
            + "save it in a file"))
    }
    (self.path, self.version) = (path, version)
    unpacked = try file.unpackedCopy()
  }

  /// Gives the bytes from one place up to another, or to the end of the file.
  ///
  /// - Throws: `FileError` if the file cannot be read, or is not what it was.
  func source(_ range: Range<Int>) throws(FileError) -> TextReader.Source {
    let file: InputFile
    if let unpacked { file = unpacked } else { file = try InputFile(path: path) }
    guard unpacked != nil || file.version == version else { throw changed }
    var rest = range
    return { buffer throws(FileError) in
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(rest.count))
      let count = try file.read(into: room, at: rest.lowerBound)
      rest = rest.dropFirst(count)
      return count
    }
  }

  /// What is said of a file that has changed.
  var changed: FileError {
    FileError(path, .malformed("changed while it was being read; leave it alone during a run"))
  }
}
