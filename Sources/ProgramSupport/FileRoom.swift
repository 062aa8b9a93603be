import Files
import Foundation

/// The room for the files of a run, looked at before it.
///
/// A limit on the size of files (`ulimit -f`) holds everywhere, so a result that is over it would be
/// lost. A full disk may have room again at the end of the run, and other places may have some
/// (`Rescue`), so it is only warned of while one of them has.
public struct FileRoom: Sendable {
  /// A file that a run will write.
  public struct Expected: Sendable {
    /// Where it goes.
    let path: String
    /// Its bytes, from the fewest to the most.
    let bytes: ClosedRange<Double>

    /// Describes a file.
    ///
    /// - Parameters:
    ///   - path: Where it goes.
    ///   - bytes: Its bytes, from the fewest to the most.
    public init(_ path: String, bytes: ClosedRange<Double>) {
      (self.path, self.bytes) = (path, bytes)
    }

    /// The beginning of a sentence about it, where there is room for some bytes and not for more.
    fileprivate func sentence(_ room: Double) -> String {
      let middle = (bytes.lowerBound + bytes.upperBound) / 2
      return room < middle
        ? "\(path) will have about \(AvailableMemory.text(middle))"
        : "\(path) may have up to \(AvailableMemory.text(bytes.upperBound))"
    }
  }

  /// Why a run would be in vain: a sentence that says what to do.
  public struct Shortage: Error, Equatable, CustomStringConvertible {
    /// The sentence.
    public let description: String
  }

  /// The bytes that a file may have; nil where there is no limit.
  let limit: Int?
  /// The bytes that are free where a file of this path goes; nil where that is not known.
  let free: @Sendable (_ path: String) -> Double?

  /// The room here and now.
  public static let now = FileRoom(limit: ResourceLimit.fileSize.value, free: freeBytes)

  /// Checks that there is room for a result, and for a checkpoint on the way to it.
  ///
  /// - Parameters:
  ///   - result: The file that the run is for.
  ///   - isText: Whether it is vectors as text, which take less in another format.
  ///   - checkpoint: A file that the run can do without; it and the one before it are there at once.
  ///   - folders: Where else the result may go.
  /// - Returns: What the run may suffer, a sentence each.
  /// - Throws: `Shortage` where the result would be lost.
  public func check(
    _ result: Expected, isText: Bool, checkpoint: Expected? = nil, orIn folders: [String]? = nil
  ) throws(Shortage) -> [String] {
    var warnings: [String] = []
    if let fault = overLimit(result) {
      let smaller = isText ? "name a file that ends in .bin" : "keep fewer words"
      let sentence = "\(fault); raise that limit or \(smaller)."
      guard result.bytes.lowerBound <= Double(limit ?? 0) else {
        throw Shortage(description: sentence)
      }
      warnings.append(sentence)
    }
    if let free = free(result.path), free < result.bytes.upperBound {
      let fault = "\(result.sentence(free)), and its disk has \(AvailableMemory.text(free)) free"
      let others = (folders ?? Array(Rescue.standard(result.path).dropFirst())).map {
        self.free("\($0)/file") ?? .infinity
      }
      guard max(free, others.max() ?? 0) >= result.bytes.lowerBound else {
        throw Shortage(description: "\(fault), other places no more; free some.")
      }
      warnings.append("\(fault); free some before the run ends, or it goes to another place.")
    }
    guard let checkpoint else { return warnings }
    if let fault = overLimit(checkpoint) {
      warnings.append("\(fault); raise that limit, or there is no checkpoint.")
    } else if let free = free(checkpoint.path), free < 2 * checkpoint.bytes.upperBound {
      warnings.append(
        "\(checkpoint.sentence(0)), twice that while it is written anew, and its disk has "
          + "\(AvailableMemory.text(free)) free; free some, or there is no checkpoint.")
    }
    return warnings
  }

  private func overLimit(_ file: Expected) -> String? {
    guard let limit, file.bytes.upperBound > Double(limit) else { return nil }
    return "\(file.sentence(Double(limit))), and this process may make no file longer than "
      + "\(AvailableMemory.text(Double(limit))) (ulimit -f)"
  }

  /// What is free on the file system of a path whose folder need not be there yet (`statvfs`).
  @Sendable private static func freeBytes(_ path: String) -> Double? {
    var folder = PathName.folder(of: path)
    var status = statvfs()
    while statvfs(folder.systemPath, &status) != 0 {
      guard errno == ENOENT, folder != "/", folder != "." else { return nil }
      folder = PathName.folder(of: folder)
    }
    guard status.f_blocks > 0 else { return nil }  // some file systems do not count
    // Blocks may be kept for the root user.
    let blocks = geteuid() == 0 ? status.f_bfree : status.f_bavail
    return Double(blocks) * Double(status.f_frsize)
  }
}
