import Files
import Foundation

/// What was to go into a file that cannot be written, and where it is now.
///
/// Folders, disks and permissions can change while a run trains. What it has computed then goes into
/// a new folder, so that it replaces nothing, in the first of these places that takes it: beside the
/// file, the folder for temporary files, `/var/tmp`, the user's own folder. Where the file would be
/// longer than the process may make one, no place helps, but a form of it that takes less.
public struct Rescue: Error, Equatable, CustomStringConvertible {
  /// Why the file cannot be written.
  public let reason: FileError
  /// What it was to hold, such as "the vectors".
  public let what: String
  /// Where that is.
  public let path: String

  /// One sentence: why the file is not there, and where its content is.
  public var description: String {
    var why = reason.description.dropLast()
    why = why[..<(why.lastIndex(of: ";") ?? why.endIndex)]  // the advice, which comes too late
    return "\(why); \(what) went to \(path)."
  }

  /// Writes a file where it was to go or, if that cannot be, somewhere else.
  ///
  /// - Parameters:
  ///   - what: What the file holds, for the sentence.
  ///   - path: Where it was to go.
  ///   - smaller: What stands behind the name of a file that takes less.
  ///   - folders: Where else it may go.
  ///   - write: Writes it, and what belongs beside it, to a path, in a form that takes less or not.
  /// - Throws: `Rescue` where it is somewhere else; what `write` has thrown first where it is nowhere.
  public static func write(
    _ what: String, to path: String, smaller: String, orIn folders: [String]? = nil,
    _ write: (_ path: String, _ isSmaller: Bool) throws -> Void
  ) throws {
    do {
      try write(path, false)
    } catch let reason as FileError {
      let isSmaller: Bool
      switch reason.problem {
      case .unwritable: isSmaller = false
      case .overLimit: isSmaller = true
      default: throw reason
      }
      for folder in folders ?? standard(path) {
        guard let own = newFolder(in: folder) else { continue }
        let other = "\(own)/\(PathName.name(of: path))\(isSmaller ? smaller : "")"
        if (try? write(other, isSmaller)) != nil {
          throw Rescue(reason: reason, what: what, path: other)
        }
        try? FileManager.default.removeItem(atPath: own)
      }
      throw reason
    }
  }

  /// The places for what was to go to `path`; the first is its own folder.
  static func standard(_ path: String) -> [String] {
    let manager = FileManager.default
    return [
      PathName.folder(of: path), manager.temporaryDirectory.path, "/var/tmp",
      manager.homeDirectoryForCurrentUser.path,
    ]
  }

  /// Makes a folder of a name that nobody has (`mkdtemp`).
  private static func newFolder(in folder: String) -> String? {
    let end = folder.hasSuffix("/") ? "" : "/"
    var name = "\(folder)\(end)rescued-XXXXXX".systemPath
    return mkdtemp(&name).map { PathName.text(of: $0) }
  }
}
