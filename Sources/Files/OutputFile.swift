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

/// Why a file cannot be written, before it is known by which name the caller knows it.
private struct WriteFailure: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

/// What lies where a file is to go.
private enum OutputPlace {
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

/// The file beside a file's place that is written first, `NAME.PID.part`.
///
/// It is locked (`flock`) by the program that writes it, so that a leftover can be told from a file
/// of a program that runs, even one that has another view of process numbers.
private enum PartFile {
  /// Creates the file for `target`, empty and locked.
  static func create(for target: String) throws(WriteFailure) -> (path: String, descriptor: Int32) {
    let path = "\(target).\(getpid()).part"
    for _ in 0..<2 {
      let descriptor = open(
        path.systemPath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        flock(descriptor, LOCK_EX | LOCK_NB)
        return (path, descriptor)
      }
      guard errno == EEXIST else { throw WriteFailure(OutputPlace.reason(target)) }
      removeUnlocked(path)  // of an ended program that had this one's number
    }
    throw WriteFailure("this program is writing it already")
  }

  /// The files that programs left beside `target` which ended before they could rename them.
  static func leftovers(of target: String) -> [String] {
    let folder = PathName.folder(of: target)
    let beginning = PathName.name(of: target) + "."
    guard let entries = opendir(folder.systemPath) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = PathName.text(of: entry)
      let parts = PathName.parts(of: name)
      guard name.hasPrefix(beginning), ["part", "before"].contains(parts.ending),
        let process = Int32(parts.stem.dropFirst(beginning.count)), process > 0,
        process != getpid(), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      names.append(folder == "." ? name : "\(folder)/\(name)")
    }
    return names.sorted()
  }

  /// Removes them.
  static func removeLeftovers(of target: String) {
    for path in leftovers(of: target) { removeUnlocked(path) }
  }

  private static func removeUnlocked(_ path: String) {
    let descriptor = open(path.systemPath, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path.systemPath) }
    close(descriptor)
  }
}
