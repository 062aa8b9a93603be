import Foundation

/// What a program did: its exit status and what it wrote.
package struct ProgramRun: Sendable {
  package var status: Int32
  package var stdout: String
  package var stderr: String
  /// Whether it was ended because its time was up.
  package var timedOut: Bool
}

/// Runs a program to its end.
///
/// - Parameters:
///   - program: The file to run.
///   - arguments: Its arguments.
///   - environment: Variables set beside those of this process; nil removes one.
///   - directory: Its working directory.
///   - timeout: Seconds after which it is killed; the status is then that of the signal.
/// - Returns: What it did.
/// - Throws: What Foundation throws where the program cannot be started.
package func run(
  _ program: URL, arguments: [String] = [], environment: [String: String?] = [:],
  in directory: URL, timeout: TimeInterval = 300
) throws -> ProgramRun {
  let scratch = try temporaryDirectory()
  defer { try? FileManager.default.removeItem(at: scratch) }
  let outputs = ["stdout", "stderr"].map { scratch.appendingPathComponent($0) }
  for output in outputs { try Data().write(to: output) }
  let handles = try outputs.map { try FileHandle(forWritingTo: $0) }

  let process = Process()
  process.executableURL = program
  process.arguments = arguments
  process.currentDirectoryURL = directory
  process.environment = ProcessInfo.processInfo.environment.merging(
    environment.compactMapValues { $0 }, uniquingKeysWith: { $1 }
  ).filter { environment[$0.key] != .some(nil) }
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = handles[0]
  process.standardError = handles[1]
  let ended = DispatchSemaphore(value: 0)
  process.terminationHandler = { _ in ended.signal() }
  try start(process)
  let timedOut = ended.wait(timeout: .now() + timeout) == .timedOut
  if timedOut {
    kill(process.processIdentifier, SIGKILL)
    ended.wait()
  }
  for handle in handles { try handle.close() }
  let texts = try outputs.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
  return ProgramRun(
    status: process.terminationStatus, stdout: texts[0], stderr: texts[1], timedOut: timedOut)
}

/// Starts a process, again where its program is still open for writing (`ETXTBSY`): a child that
/// another thread is starting may hold what this one has just written.
private func start(_ process: Process) throws {
  for _ in 0..<100 {
    do {
      return try process.run()
    } catch let error as NSError {
      let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError
      guard cause?.code == Int(ETXTBSY) else { throw error }
      usleep(10_000)
    }
  }
  try process.run()
}

/// Makes a new, empty folder in the system's temporary one.
package func temporaryDirectory() throws -> URL {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("literate-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  return directory
}
