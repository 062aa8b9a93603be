import Foundation

/// A file that is written whole or not at all.
///
/// The bytes go to `NAME.PID.part` beside it; `commit` syncs that and renames it into place. Without
/// `commit` it is removed, and the file of before is as it was. A symbolic link stays, and the file
/// that it names is written; the mode of an existing file stays, too.
package struct OutputFile: ~Copyable {
  private let path: String
  /// The file itself, at the end of all links.
  private let target: String
  private let temporary: String
  private let descriptor: Int32
  private var isInPlace = false

  /// Creates the file beside its place, and removes what ended programs have left there.
  ///
  /// - Parameter path: Where the file goes.
  /// - Throws: `FileError.Problem.unwritable` where there is a folder, a device or a read-only file,
  ///   or no folder to write into.
  package init(path: String) throws(FileError) {
    do throws(WriteFailure) {
      let target = try OutputPlace.target(of: path)
      let existing = try OutputPlace.existingFile(at: target)
      PartFile.removeLeftovers(of: target)
      (temporary, descriptor) = try PartFile.create(for: target)
      self.path = path
      self.target = target
      if let existing {  // the owner first: a new owner takes bits from the mode
        _ = fchown(descriptor, existing.st_uid, existing.st_gid)
        fchmod(descriptor, existing.st_mode & 0o7777)
      }
    } catch {
      throw FileError(path, .unwritable(error.reason))
    }
  }

  deinit {
    if !isInPlace { unlink(temporary.systemPath) }
    close(descriptor)
  }

  private func failure() -> FileError { FileError(path, FileError.writeProblem) }

  /// Appends bytes (`write`).
  ///
  /// - Throws: `FileError` with the system's reason, such as a disk that is full, or `overLimit`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try Self.write(bytes, to: descriptor, of: path)
  }

  /// Writes bytes to an open file (`write`).
  ///
  /// - Throws: `FileError` about `path`: `unwritable` with the system's reason, or `overLimit`.
  static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, of path: String
  ) throws(FileError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno != EINTR {
        throw FileError(path, FileError.writeProblem)
      }
    }
  }

  /// Appends bytes.
  ///
  /// - Throws: `FileError` with the system's reason.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.withUnsafeBufferPointer { bytes throws(FileError) in
      try write(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Puts what was written on the disk (`fsync`): a full disk may show only here.
  ///
  /// The file stays open and locked until it is in its place.
  ///
  /// - Throws: `FileError` with the system's reason.
  package func sync() throws(FileError) {
    // Some file systems cannot sync, and say so; what they hold is as safe as it gets.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else { throw failure() }
  }

  /// Puts the whole file in its place (`rename`), for good once its folder is synced.
  ///
  /// - Throws: `FileError` with the system's reason; the file of before is then as it was.
  package mutating func commit() throws(FileError) {
    try sync()
    guard rename(temporary.systemPath, target.systemPath) == 0 else { throw failure() }
    isInPlace = true
    let folder = open(
      PathName.folder(of: target).systemPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }  // a folder may be writable and not readable
    fsync(folder)
    close(folder)
  }

  /// Puts this file and another in their places, of which each says nothing without the other.
  ///
  /// A new one never stands beside an old one, at whatever moment the program ends: the other's place
  /// is empty while this one takes its own. Programs that write the same two take turns.
  ///
  /// - Parameter other: The other file, in the same folder.
  /// - Throws: `FileError` with the system's reason; if it is about this file, both files of before are
  ///   then as they were.
  package mutating func commit(with other: inout OutputFile) throws(FileError) {
    try commit(with: &other) {}
  }

  /// Does so; calls `moment` behind each change of the folder, where the program may end.
  mutating func commit(
    with other: inout OutputFile, moment: () -> Void
  ) throws(FileError) {
    try sync()
    try other.sync()
    let turn = FolderTurn(toWrite: target)
    defer { turn.end() }
    let before = "\(other.target).\(getpid()).before"
    let isReplaced = rename(other.target.systemPath, before.systemPath) == 0
    guard isReplaced || errno == ENOENT else { throw other.failure() }
    defer { unlink(before.systemPath) }
    moment()
    do throws(FileError) {
      try commit()
      moment()
    } catch {
      if isReplaced { rename(before.systemPath, other.target.systemPath) }
      throw error
    }
    try other.commit()
    moment()
  }

  /// Writes a whole file.
  ///
  /// - Parameters:
  ///   - bytes: Its bytes.
  ///   - path: Where it goes.
  /// - Throws: `FileError` as `write(_:)` does; the file of before is then as it was.
  package static func write(
    _ bytes: some Collection<UInt8>, to path: String
  ) throws(FileError) {
    try write([(path, Array(bytes))])
  }

  /// Writes several files: all are on the disk before the first is put in its place.
  ///
  /// - Parameter files: Where each goes, and its bytes.
  /// - Throws: `FileError` about the first that fails. Unless it is a rename that
  ///   fails, after others, all files of before are as they were.
  package static func write(_ files: [(path: String, bytes: [UInt8])]) throws(FileError) {
    try write(files[...])
  }

  /// Writes the first file, then the others, then puts the first in its place: the stack holds the
  /// files that are open, which no array can.
  private static func write(
    _ files: ArraySlice<(path: String, bytes: [UInt8])>
  ) throws(FileError) {
    guard let first = files.first else { return }
    var file = try OutputFile(path: first.path)
    try file.write(first.bytes)
    try file.sync()
    try write(files.dropFirst())
    try file.commit()
  }

  /// The file that a path stands for, at the end of all links.
  ///
  /// - Parameter path: The path; nothing need be there.
  /// - Returns: Its path, or the same one where links lead nowhere.
  package static func target(of path: String) -> String {
    (try? OutputPlace.target(of: path)) ?? path
  }

  /// What programs left beside a file that ended while they wrote it: `NAME.PID.part`, a new one, or
  /// `NAME.PID.before`, the one that was to be replaced.
  ///
  /// - Parameter path: The file, which need not be there.
  /// - Returns: The paths of the leftovers.
  package static func leftovers(of path: String) -> [String] {
    PartFile.leftovers(of: target(of: path))
  }

  /// Checks that a file can be written, by making an empty one beside it and removing it again.
  ///
  /// - Parameter path: Where the file would go.
  /// - Throws: `FileError.Problem.unwritable`, as writing it would.
  package static func check(_ path: String) throws(FileError) {
    _ = try OutputFile(path: path)
  }
}
