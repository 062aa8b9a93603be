import Foundation
import Literate

/// What can go wrong in a chapter beside its files and its training.
public enum ChapterError: Error, Equatable, CustomStringConvertible {
  /// `--corpus ptb` without the data.
  case noPennTreebank(path: String)
  /// A place that the run could not write to.
  case unwritable(path: String, reason: String)

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .noPennTreebank(let path):
      "\(path): the Penn Treebank is not there; run `make data`, or take `--corpus embedded`."
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason); choose another place."
    }
  }
}

/// Returns what `body` returns; if it throws, prints the error's sentence on stderr and ends the
/// program with status 1.
public func orExit<T>(_ body: () throws -> T) -> T {
  do {
    return try body()
  } catch {
    note("error: \(error)")
    exit(1)
  }
}
