import Figures
import Foundation

/// A file that a run will write.
///
/// Its place is checked before the run, and nothing is made then; the folder comes with the file.
public struct OutputPath: Sendable, Equatable {
  /// Where the file goes.
  public let path: String
  /// Whether the place is the package's choice; only then is its folder made.
  public let isDefault: Bool

  /// Describes a file: the place that was asked for, or the package's choice.
  public init(_ asked: String?, default path: String) {
    self.path = asked ?? path
    isDefault = asked == nil
  }

  private init(path: String, isDefault: Bool) {
    self.path = path
    self.isDefault = isDefault
  }

  /// The table of numbers that is written beside a figure.
  ///
  /// - Throws: `FigureError` where the figure's ending names no format.
  public func table() throws -> OutputPath {
    let ending = try FigureFormat(ofFile: path).rawValue
    return OutputPath(path: path.dropLast(ending.count) + "csv", isDefault: isDefault)
  }

  /// Checks that the files of a run can be written, each to a place of its own.
  ///
  /// - Parameters:
  ///   - outputs: The files.
  ///   - inputs: Files that the run reads and must not write over.
  /// - Throws: `ChapterError.unwritable` or `ChapterError.sameFile`.
  public static func check(_ outputs: [OutputPath], apartFrom inputs: [String] = []) throws {
    var taken = inputs.map(place)
    for output in outputs {
      try output.check()
      let place = place(output.path)
      guard !taken.contains(place) else { throw ChapterError.sameFile(path: output.path) }
      taken.append(place)
    }
  }

  /// Makes the folder of the file if it is one of the package's own.
  public func makeFolder() throws {
    guard isDefault else { return }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw ChapterError.unwritable(path: path, reason: "the folder \(folder) cannot be made")
    }
  }

  private var folder: String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }

  private static func place(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Checks what is at the path now, then makes an empty file beside it and removes it again.
  private func check() throws {
    guard !path.isEmpty else { throw unwritable("the name is empty") }
    var status = stat()
    if stat(path, &status) == 0 {
      let kind = status.st_mode & S_IFMT
      if kind == S_IFDIR { throw unwritable("it is a folder") }
      if kind != S_IFREG { throw unwritable("it is not an ordinary file") }
    }
    if path.hasSuffix("/") { throw unwritable("the name ends in a slash") }
    var folder = folder
    if isDefault {  // a folder that is not there yet is made in one that is
      while stat(folder, &status) != 0, errno == ENOENT, folder != ".", folder != "/" {
        folder = (folder as NSString).deletingLastPathComponent
        if folder.isEmpty { folder = "." }
      }
    }
    guard stat(folder, &status) == 0 else {
      throw unwritable(errno == ENOENT ? "there is no folder \(folder)" : systemReason())
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw unwritable("\(folder) is no folder") }
    let probe = "\(folder)/\((path as NSString).lastPathComponent).\(getpid()).part"
    let descriptor = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw unwritable(systemReason()) }
    close(descriptor)
    unlink(probe)
  }

  private func unwritable(_ reason: String) -> ChapterError {
    .unwritable(path: path, reason: reason)
  }

  /// The system's words for what just failed (`errno`).
  private func systemReason() -> String { String(cString: strerror(errno)) }
}
