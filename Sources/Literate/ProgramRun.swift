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
  let variables = ProcessInfo.processInfo.environment
    .merging(environment.compactMapValues { $0 }, uniquingKeysWith: { $1 })
    .filter { environment[$0.key] != .some(nil) }
  let process = try start(
    program.path, arguments, variables.map { "\($0.key)=\($0.value)" }, in: directory.path,
    outputs: outputs.map(\.path))
  let (status, timedOut) = wait(for: process, timeout: timeout)
  let texts = try outputs.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
  return ProgramRun(status: status, stdout: texts[0], stderr: texts[1], timedOut: timedOut)
}

#if canImport(Darwin)
  private let addFolder = posix_spawn_file_actions_addchdir_np
#else
  /// glibc and musl have it, and declare it only for C that asks for their extensions.
  private typealias AddFolder =
    @convention(c) (
      UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>
    ) -> Int32
  private let addFolder = unsafeBitCast(
    dlsym(nil, "posix_spawn_file_actions_addchdir_np"), to: AddFolder.self)
#endif

/// Starts a program in a process group of its own, with no input and its two outputs in files.
///
/// Foundation's `Process` learns of the end by a socket, which another child that is started at the
/// same time may hold open; `waitpid` cannot miss it.
private func start(
  _ program: String, _ arguments: [String], _ environment: [String], in directory: String,
  outputs: [String]
) throws -> pid_t {
  #if canImport(Darwin)
    var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
  #else
    var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
  #endif
  posix_spawn_file_actions_init(&actions)
  posix_spawnattr_init(&attributes)
  defer {
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
  }
  _ = addFolder(&actions, directory)
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  for (descriptor, path) in zip([1, 2] as [Int32], outputs) {
    posix_spawn_file_actions_addopen(
      &actions, descriptor, path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
  }
  var (none, all) = (sigset_t(), sigset_t())
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setflags(
    &attributes,
    Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETPGROUP))
  var (argv, envp) = (([program] + arguments).map { strdup($0) }, environment.map { strdup($0) })
  defer { for text in argv + envp { free(text) } }
  argv.append(nil)
  envp.append(nil)
  var process: pid_t = 0
  // A child that another thread is starting may hold the program open for writing (`ETXTBSY`).
  for _ in 0..<100 {
    let error = posix_spawn(&process, program, &actions, &attributes, argv, envp)
    if error == 0 { return process }
    guard error == ETXTBSY else {
      throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EINVAL)
    }
    usleep(10_000)
  }
  throw POSIXError(.ETXTBSY)
}

/// Waits for a process, which is killed with its group when its time is up.
///
/// - Returns: Its exit status or the signal that ended it, and whether its time was up.
private func wait(for process: pid_t, timeout: TimeInterval) -> (status: Int32, timedOut: Bool) {
  let end = ContinuousClock.now.advanced(by: .seconds(timeout))
  var (status, timedOut, pause): (Int32, Bool, UInt32) = (0, false, 100)
  while true {
    let ended = waitpid(process, &status, timedOut ? 0 : WNOHANG)
    if ended == process || (ended < 0 && errno != EINTR) { break }
    if !timedOut, ContinuousClock.now >= end {
      timedOut = true
      kill(-process, SIGKILL)
    }
    usleep(pause)
    pause = min(2 * pause, 10_000)
  }
  let signal = status & 0x7F
  return (signal == 0 ? (status >> 8) & 0xFF : signal, timedOut)
}

/// Makes a new, empty folder in the system's temporary one.
package func temporaryDirectory() throws -> URL {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("literate-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  return directory
}
