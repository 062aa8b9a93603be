internal import CZlib
import Foundation

/// Unpacks a gzip file as it is read, of one member or of several (RFC 1952).
///
/// - Source: zlib's `inflate`.
package final class GzipReader {
  private let path: String
  private let source: BufferedInput.Source
  private var stream = z_stream()
  private let packed = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  /// Whether the last member is unpacked as far as its end.
  private var isBetweenMembers = false
  private var isAtEnd = false

  /// Begins to unpack.
  ///
  /// - Parameters:
  ///   - path: The file, for the errors.
  ///   - source: Gives the packed bytes.
  package init(path: String, source: @escaping BufferedInput.Source) {
    (self.path, self.source) = (path, source)
    let status = czlib_inflate_init(&stream)
    require(status == Z_OK, "zlib cannot begin to unpack: \(status)")
  }

  deinit {
    inflateEnd(&stream)
    packed.deallocate()
  }

  /// Unpacks the next bytes.
  ///
  /// - Parameter buffer: Where they go.
  /// - Returns: How many there are, 0 at the end.
  /// - Throws: `FileError` where the file is damaged or cut short, and what the source throws.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let room = min(buffer.count, 1 << 30)
    stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(room)
    while !isAtEnd, Int(stream.avail_out) == room, room > 0 {
      if stream.avail_in == 0 {
        let count = try source(packed)
        stream.next_in = packed.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = UInt32(count)
        if count == 0 {
          guard isBetweenMembers else { throw damaged("is cut short; get the gzip file again") }
          isAtEnd = true
          break
        }
      }
      if isBetweenMembers {  // another member, or zeros up to the end of a block
        while stream.avail_in > 0, stream.next_in.pointee == 0 {
          stream.next_in += 1
          stream.avail_in -= 1
        }
        if stream.avail_in == 0 { continue }
        inflateReset(&stream)
        isBetweenMembers = false
      }
      switch inflate(&stream, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isBetweenMembers = true
      default: throw damaged("is damaged; get the gzip file again")
      }
    }
    return room - Int(stream.avail_out)
  }

  private func damaged(_ what: String) -> FileError { FileError(path, .malformed(what)) }
}

/// Packs bytes into a gzip file; the same bytes give the same file.
///
/// - Source: zlib's `deflate`.
package final class GzipWriter {
  private var stream = z_stream()
  private var packed = [UInt8](repeating: 0, count: 1 << 18)

  /// Begins a file.
  package init() {
    let status = czlib_deflate_init(&stream)
    require(status == Z_OK, "zlib cannot begin to pack: \(status)")
  }

  deinit { deflateEnd(&stream) }

  /// Packs some bytes.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - isLast: Whether the file ends behind them.
  ///   - write: Takes the packed bytes, none or several times.
  /// - Throws: What `write` throws.
  package func pack(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool = false,
    to write: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    var rest = bytes
    repeat {
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      rest = UnsafeRawBufferPointer(rebasing: rest[part.count...])
      let flush = isLast && rest.isEmpty ? Z_FINISH : Z_NO_FLUSH
      stream.next_in = UnsafeMutablePointer(
        mutating: part.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(part.count)
      repeat {
        let count = packed.withUnsafeMutableBytes { packed in
          stream.next_out = packed.baseAddress?.assumingMemoryBound(to: UInt8.self)
          stream.avail_out = UInt32(packed.count)
          _ = deflate(&stream, flush)
          return packed.count - Int(stream.avail_out)
        }
        try packed.withUnsafeBufferPointer { packed throws(FileError) in
          try write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: packed[..<count])))
        }
      } while stream.avail_out == 0
    } while !rest.isEmpty
  }
}

extension InputFile {
  /// What gives the file's bytes, unpacked where it is a gzip file, and how many they are: 0 where
  /// that is not known.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  package func unpacked() throws(FileError) -> (
    size: Int, isPacked: Bool, source: BufferedInput.Source
  ) {
    let byte = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { byte.deallocate() }
    var ahead: ArraySlice<UInt8> = []
    while ahead.count < 2, try read(into: byte) == 1 { ahead.append(byte[0]) }
    let isGzip = ahead == [0x1F, 0x8B]
    let all: BufferedInput.Source = { buffer throws(FileError) in
      guard !ahead.isEmpty else { return try self.read(into: buffer) }
      let part = ahead.prefix(buffer.count)
      buffer.copyBytes(from: part)
      ahead = ahead[part.endIndex...]
      return part.count
    }
    guard isGzip else { return (size, false, all) }
    let reader = GzipReader(path: path, source: all)
    return (0, true, { buffer throws(FileError) in try reader.read(into: buffer) })
  }
}

/// A file that is written whole or not at all, packed where its name ends in `.gz`.
package struct PackedOutput: ~Copyable {
  private var file: OutputFile
  private let gzip: GzipWriter?
  private var isSynced = false

  /// Creates the file beside its place.
  ///
  /// - Parameter path: Where the file goes.
  /// - Throws: `FileError.Problem.unwritable`.
  package init(path: String) throws(FileError) {
    file = try OutputFile(path: path)
    gzip = path.hasSuffix(".gz") ? GzipWriter() : nil
  }

  /// Appends bytes.
  ///
  /// - Throws: `FileError` with the system's reason.
  package func write(_ bytes: UnsafeRawBufferPointer, isLast: Bool = false) throws(FileError) {
    guard let gzip else { return try file.write(bytes) }
    // The file has one owner, which no closure can hold: the packed bytes come here first.
    var packed: [UInt8] = []
    try gzip.pack(bytes, isLast: isLast) { part in packed.append(contentsOf: part) }
    try file.write(packed)
  }

  /// Appends bytes.
  ///
  /// - Throws: `FileError` with the system's reason.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.withUnsafeBufferPointer { bytes throws(FileError) in
      try write(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Puts all bytes on the disk, so that `commit` is a rename.
  private mutating func sync() throws(FileError) {
    guard !isSynced else { return }
    if gzip != nil { try write(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) }
    try file.sync()
    isSynced = true
  }

  /// Puts the whole file in its place.
  ///
  /// - Throws: `FileError` with the system's reason; the file of before is then as it was.
  package mutating func commit() throws(FileError) {
    try sync()
    try file.commit()
  }

  /// Puts this file and another in their places, of which each says nothing without the other.
  ///
  /// - Throws: `FileError`, as `OutputFile.commit(with:)` does.
  package mutating func commit(with other: inout PackedOutput) throws(FileError) {
    try sync()
    try other.sync()
    try file.commit(with: &other.file)
  }
}

extension InputFile {
  /// Unpacks a gzip file into a copy that can be read at any place.
  ///
  /// The copy lies in the folder `TMPDIR`, or `/var/tmp`, has no name, and goes with its last holder.
  ///
  /// - Returns: The copy; nil for a file that is not packed.
  /// - Throws: `FileError` where the file cannot be read, or the copy not be written.
  package func unpackedCopy() throws(FileError) -> InputFile? {
    let text = try unpacked()
    guard text.isPacked else { return nil }
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
    func failure() -> FileError {
      FileError(
        folder,
        .unwritable(
          "\(FileError.systemReason) (\(path) is unpacked there, or where TMPDIR says)"))
    }
    var name = Array("\(folder)/unpacked-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw failure() }
    unlink(name)
    let copy = InputFile(path: path, descriptor: descriptor)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = try text.source(piece)
      if count == 0 { return copy }
      do throws(FileError) {
        try OutputFile.write(
          UnsafeRawBufferPointer(rebasing: piece[..<count]), to: descriptor, of: folder)
      } catch {
        guard case .overLimit(let limit) = error.problem else { throw failure() }
        throw FileError(
          path,
          .malformed(
            "has more bytes, unpacked, than this process may write into a file, \(limit) (ulimit -f); "
              + "raise that limit"))
      }
    }
  }
}
