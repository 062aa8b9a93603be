import Foundation

/// Where the Penn Treebank is: the folder that `WORD2VEC_DATA` names, else `data/ptb` here.
public let ptbTrainingText: String = {
  let folder =
    ProcessInfo.processInfo.environment["WORD2VEC_DATA"]
    ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "data/ptb").path
  return folder + "/ptb.train.txt"
}()

/// Whether the tests that need the Penn Treebank can run; `make data` fetches it.
public let hasPTB = FileManager.default.isReadableFile(atPath: ptbTrainingText)

/// A name for a file in the temporary folder that nobody else has.
public func temporaryPath(_ suffix: String = "") -> String {
  FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + suffix).path
}

/// Writes `bytes` to a temporary file, which is removed after `body`.
public func withTemporaryFile<Result>(
  _ bytes: some Sequence<UInt8>, _ body: (String) throws -> Result
) throws -> Result {
  let path = temporaryPath()
  try Data(bytes).write(to: URL(filePath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}
