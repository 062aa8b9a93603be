import Foundation

/// What is wrong with a file: its path, where in it, and one sentence that says what to do.
public struct FileError: Error, Equatable, Sendable {
  /// The file, as the caller named it.
  public let path: String
  /// Where in the file, if the fault has a place.
  public let place: Place?
  /// What is wrong.
  public let problem: Problem

  /// A place in a file.
  public enum Place: Equatable, Sendable {
    /// A line; the first is 1.
    case line(Int)
    /// A byte; the first is 0.
    case byte(Int)
  }

  /// What can be wrong with a file.
  public enum Problem: Equatable, Sendable {
    /// There is no file of that name.
    case noSuchFile
    /// What was to be read is a folder.
    case isFolder
    /// It cannot be opened or read, for this reason.
    case unreadable(String)
    /// It cannot be written, for this reason.
    case unwritable(String)
    /// It would be longer than the process may make a file, in bytes (`ulimit -f`).
    case overLimit(Int)
    /// It is longer than a file of its kind may be, in bytes.
    case tooLong(limit: Int)
    /// Its content is not as it should be: the rest of a sentence that begins with the file and the
    /// place, without the full stop, such as "has 2 values where the header says 3".
    case malformed(String)
  }

  /// Creates an error about a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - place: Where in it.
  ///   - problem: What is wrong.
  public init(_ path: String, at place: Place? = nil, _ problem: Problem) {
    self.path = path
    self.place = place
    self.problem = problem
  }

  /// The same error about the file by another name, such as that of a link to it.
  package func about(_ path: String) -> FileError { FileError(path, at: place, problem) }

  /// The system's words for what just failed.
  package static var systemReason: String { String(cString: strerror(errno)) }

  /// What is wrong with a file that could just not be written to.
  static var writeProblem: Problem {
    if errno == EFBIG, let limit = ResourceLimit.fileSize.value { return .overLimit(limit) }
    return .unwritable(systemReason)
  }
}

extension FileError: CustomStringConvertible {
  /// The sentence to show.
  public var description: String {
    guard !path.isEmpty else { return "The name of a file is empty; give its path." }
    let subject =
      switch place {
      case nil: path
      case .line(let line): "\(path), line \(line)"
      case .byte(let byte): "\(path), byte \(byte)"
      }
    return switch problem {
    case .noSuchFile: "\(subject): no such file; check the path."
    case .isFolder: "\(subject) is a folder; name a file in it."
    case .unreadable(let reason): "\(subject) cannot be read: \(reason); check its permissions."
    case .unwritable(let reason): "\(subject) cannot be written: \(reason); choose another place."
    case .overLimit(let limit):
      "\(subject) cannot be written: this process may make no file longer than \(limit) bytes "
        + "(ulimit -f); raise that limit."
    case .tooLong(let limit): "\(subject) is longer than \(limit) bytes; is it the right file?"
    case .malformed(let what): "\(subject) \(what)\(what.hasSuffix("?") ? "" : ".")"
    }
  }
}
