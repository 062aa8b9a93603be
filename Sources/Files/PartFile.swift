import Foundation

/// The file beside a file's place that is written first, `NAME.PID.part`.
///
/// It is locked (`flock`) by the program that writes it, so that a leftover can be told from a file
/// of a program that runs, even one that has another view of process numbers.
enum PartFile {
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
