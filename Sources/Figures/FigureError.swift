/// A figure that could not be drawn or written: its path and why.
public struct FigureError: Error, Equatable, CustomStringConvertible {
  /// The file that was asked for; empty where a figure was drawn in memory.
  public let path: String
  /// What went wrong and, where it helps, what to do.
  public let reason: String

  /// Creates an error about the file at `path`.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// One sentence for a person.
  public var description: String {
    path.isEmpty
      ? "The figure cannot be drawn: \(reason)." : "\(path) cannot be written: \(reason)."
  }
}
