import Foundation

/// The folder with the texts that are fetched: `WORD2VEC_DATA` names it, else it is `data/ptb`.
public struct DataFolder: Sendable, Equatable {
  /// The folder's path.
  public let path: String

  /// Finds the folder.
  ///
  /// - Parameters:
  ///   - root: The folder in which `data/ptb` is; the working directory by default.
  ///   - environment: The variables of the process.
  public init(
    under root: String = "", environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let named = environment["WORD2VEC_DATA"] ?? ""
    path = named.isEmpty ? (root.isEmpty ? "data/ptb" : "\(root)/data/ptb") : named
  }

  /// Where the training text is, or would be.
  public var trainingText: String { "\(path)/ptb.train.txt" }

  /// Whether the training text is there.
  public var hasTrainingText: Bool { FileManager.default.fileExists(atPath: trainingText) }
}
