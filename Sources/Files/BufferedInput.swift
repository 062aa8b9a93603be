/// A file read through a buffer: by lines, or by counts of bytes.
///
/// The buffer grows to what the longest line or piece needs, never beyond the limit that is given
/// with it. Bytes that are handed out stay where they are until the next call.
package struct BufferedInput: ~Copyable {
  /// Fills a buffer with the next bytes; returns how many, 0 at the end.
  package typealias Source = (UnsafeMutableRawBufferPointer) throws(FileError) -> Int

  /// The path, for the errors.
  package let path: String
  /// The file's length in bytes; 0 where it is not known.
  package let size: Int
  /// What tells the file from what it may become; nil for what can be read only once.
  package let version: InputFile.Version?
  /// The number of lines that were read.
  package private(set) var line = 0
  /// The first bytes of a text, which may tell what else it is.
  private var beginning: [UInt8] = []
  /// The place in the file of the next byte.
  package private(set) var offset = 0
  /// Whether the line read last ended in a line feed.
  package private(set) var isLineTerminated = true

  private let source: Source
  private var buffer: UnsafeMutableRawBufferPointer
  /// The bytes at hand are `buffer[start..<end]`.
  private var start = 0
  private var end = 0
  private var isAtEnd = false

  /// Opens a file, which is unpacked as it is read where it is a gzip file.
  ///
  /// - Throws: `FileError` if it is not there, is a folder or may not be read.
  package init(path: String) throws(FileError) {
    let file = try InputFile(path: path)
    let bytes = try file.unpacked()
    self.init(path: path, size: bytes.size, version: file.version, source: bytes.source)
  }

  /// Reads from another source of bytes.
  ///
  /// - Parameters:
  ///   - path: What to call it in errors.
  ///   - size: How many bytes it has, 0 if that is not known.
  ///   - version: What tells its file from what it may become.
  ///   - bufferSize: The size of the buffer at the beginning.
  ///   - source: Gives the bytes.
  package init(
    path: String, size: Int = 0, version: InputFile.Version? = nil, bufferSize: Int = 1 << 18,
    source: @escaping Source
  ) {
    self.path = path
    self.size = size
    self.version = version
    self.source = source
    buffer = .allocate(byteCount: max(1, bufferSize), alignment: 16)
  }

  deinit { buffer.deallocate() }

  private var bytesAtHand: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: buffer[start..<end])
  }

  /// Reads once more from the source, behind the bytes at hand; false at the end of the file.
  private mutating func readMore() throws(FileError) -> Bool {
    if isAtEnd { return false }
    if end == buffer.count {
      var room = buffer
      if 2 * (end - start) > buffer.count {
        room = .allocate(byteCount: 2 * buffer.count, alignment: 16)
      }
      room.copyMemory(from: bytesAtHand)
      if room.baseAddress != buffer.baseAddress {
        buffer.deallocate()
        buffer = room
      }
      (start, end) = (0, end - start)
    }
    let count = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
    end += count
    isAtEnd = count == 0
    return !isAtEnd
  }

  /// The next bytes, which stay to be read: `count` of them, fewer where the file ends before.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  package mutating func peek(_ count: Int) throws(FileError) -> UnsafeRawBufferPointer {
    while end - start < count, try readMore() {}
    return UnsafeRawBufferPointer(rebasing: buffer[start..<min(end, start + count)])
  }

  /// Reads the next bytes: `count` of them, fewer where the file ends before.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  package mutating func take(_ count: Int) throws(FileError) -> UnsafeRawBufferPointer {
    let bytes = try peek(count)
    start += bytes.count
    offset += bytes.count
    return bytes
  }

  /// Reads the bytes up to `stop`, which is passed over.
  ///
  /// - Parameters:
  ///   - stop: The byte at which to end.
  ///   - limit: The most bytes before it.
  /// - Returns: The bytes before it; those up to the end of the file where it does not come; nil
  ///   where there are more than `limit`. `found` says whether it came.
  /// - Throws: `FileError` if the file cannot be read.
  package mutating func take(
    upTo stop: UInt8, limit: Int
  ) throws(FileError) -> (bytes: UnsafeRawBufferPointer, found: Bool)? {
    var searched = 0
    while true {
      let fresh = UnsafeRawBufferPointer(rebasing: buffer[start + searched..<end])
      if let place = fresh.firstIndex(of: stop) {
        let count = searched + place
        guard count <= limit else { return nil }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[start..<start + count])
        start += count + 1
        offset += count + 1
        return (bytes, true)
      }
      searched = end - start
      guard searched <= limit else { return nil }
      if try !readMore() { return (try take(searched), false) }
    }
  }

  /// Reads whole lines: as many as `count` bytes hold, one at least.
  ///
  /// They do not count in `line`.
  ///
  /// - Parameters:
  ///   - count: How many bytes to read at most, unless the first line has more.
  ///   - limit: The most bytes of a line.
  /// - Returns: The lines with their line feeds, of which the file's last may have none; empty at the
  ///   end of the file; nil where the first line is longer than `limit`.
  /// - Throws: `FileError` if the file cannot be read.
  package mutating func takeLines(
    _ count: Int, limit: Int
  ) throws(FileError) -> UnsafeRawBufferPointer? {
    var wanted = count
    while true {
      let bytes = try peek(wanted)
      if bytes.count < wanted { return try take(bytes.count) }
      if let end = bytes.lastIndex(of: 0x0A) { return try take(end + 1) }
      guard wanted <= limit else { return nil }
      wanted *= 2
    }
  }

  /// Reads the next line.
  ///
  /// - Parameter limit: The most bytes of a line.
  /// - Returns: The line without its line feed; nil at the end of the file.
  /// - Throws: `FileError` if the file cannot be read, or the line is longer than `limit`.
  package mutating func nextLine(limit: Int) throws(FileError) -> UnsafeRawBufferPointer? {
    guard try !peek(1).isEmpty else { return nil }
    line += 1
    guard let (bytes, found) = try take(upTo: 0x0A, limit: limit) else {
      throw FileError(path, at: .line(line), .tooLong(limit: limit))
    }
    isLineTerminated = found
    return bytes
  }

  /// Reads the next line of a text.
  ///
  /// - Parameter limit: The most bytes of a line.
  /// - Returns: The line without its line feed; nil at the end of the file.
  /// - Throws: `FileError` where `nextLine` does, or the line is not UTF-8; it says what the file is
  ///   where its beginning shows that.
  package mutating func nextLineOfText(limit: Int) throws(FileError) -> String? {
    if line == 0 { beginning = Array(try peek(ContentKind.bytesLookedAt)) }
    guard let bytes = try nextLine(limit: limit) else { return nil }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw .notUTF8(path, line: line, beginning: beginning, near: Array(bytes))
  }
}
