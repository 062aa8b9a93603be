import Files
import Foundation

/// A file that a run will write.
///
/// Its place is checked before the run, and nothing is made then; the folder comes with the file.
public struct OutputPath: Sendable, Equatable {
  /// Where the file goes.
  public let path: String
  /// Whether the place is the package's choice; only then is its folder made.
  public let isDefault: Bool

  /// Describes a file.
  ///
  /// - Parameters:
  ///   - asked: The place that was asked for.
  ///   - path: The package's choice where none was.
  public init(_ asked: String?, default path: String) {
    self.path = asked ?? path
    isDefault = asked == nil
  }

  private init(path: String, isDefault: Bool) {
    self.path = path
    self.isDefault = isDefault
  }

  /// The file beside this one whose name ends in something else, such as `csv`.
  public func withEnding(_ ending: String) -> OutputPath {
    OutputPath(path: "\(PathName.parts(of: path).stem).\(ending)", isDefault: isDefault)
  }

  /// The file whose name has something behind its ending, such as `.json`.
  public func withSuffix(_ suffix: String) -> OutputPath {
    OutputPath(path: path + suffix, isDefault: isDefault)
  }

  /// The file whose name says more, before its ending.
  public func withRemark(_ remark: String) -> OutputPath {
    OutputPath(path: PathName.inserting(remark, into: path), isDefault: isDefault)
  }

  /// The same with a number where there is a file already: what another run left is not written over.
  public func unused(_ remark: String) -> OutputPath {
    var (place, number, status) = (withRemark(remark), 1, stat())
    while lstat(place.path.systemPath, &status) == 0 {
      number += 1
      place = withRemark("\(remark)-\(number)")
    }
    return place
  }

  /// Checks that the files of a run can be written, each to a place of its own.
  ///
  /// - Parameters:
  ///   - outputs: The files.
  ///   - inputs: Files that the run reads and must not write over.
  /// - Throws: `FileError` about the first that cannot be.
  public static func check(
    _ outputs: [OutputPath], apartFrom inputs: [String] = []
  ) throws(FileError) {
    var taken = inputs.map(identity)
    for output in outputs {
      try output.check()
      let identity = identity(of: output.path)
      guard !taken.contains(identity) else {
        throw FileError(
          output.path, .unwritable("another file of this run would be written over"))
      }
      taken.append(identity)
    }
  }

  /// Makes the folder of the file if it is one of the package's own.
  ///
  /// - Throws: `FileError` where it cannot be made.
  public func makeFolder() throws(FileError) {
    guard isDefault else { return }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError(path, .unwritable("the folder \(folder) cannot be made"))
    }
  }

  private var folder: String { PathName.folder(of: path) }

  /// What two names of one file have in common.
  private static func identity(of path: String) -> String {
    var status = stat()
    if stat(path.systemPath, &status) == 0 { return "\(status.st_dev):\(status.st_ino)" }
    // What is not there yet is told by its folder, which has many names, and its own.
    let target = OutputFile.target(of: path)
    if stat(PathName.folder(of: target).systemPath, &status) == 0 {
      return "\(status.st_dev):\(status.st_ino)/\(PathName.name(of: target))"
    }
    return URL(fileURLWithPath: target).standardizedFileURL.path
  }

  /// Checks the place; a folder that is not there yet is made in one that is, which stands for it.
  private func check() throws(FileError) {
    var standIn = path
    var status = stat()
    if isDefault {
      while stat(PathName.folder(of: standIn).systemPath, &status) != 0, errno == ENOENT {
        standIn = PathName.folder(of: standIn)
      }
    }
    do {
      try OutputFile.check(standIn)
    } catch {
      throw error.about(path)
    }
  }
}
