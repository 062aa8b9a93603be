import Files
import Foundation

/// What a program does about limits (`ulimit`) that nothing can be done within.
enum LeastLimits {
  /// Raises the limits to what is needed, as far as the program may, or ends it with a sentence; to be
  /// called first.
  static func prepare() {
    // All inputs and outputs, and three files that libdispatch opens for itself, whenever it first
    // needs them: it ends the program where it cannot, which would cost the vectors.
    raise(.openFiles, to: 24, name: "open files (ulimit -n)")
    // Swift's runtime takes more than 64 kB to make a type. A thread's stack is as large as the limit
    // was when the program began.
    if raise(.stack, to: 256 << 10, name: "bytes of a stack (ulimit -s)") { beginAnew() }
  }

  /// Starts the program again from its beginning, for what is settled before its first line.
  static func beginAnew() { execv("/proc/self/exe", CommandLine.unsafeArgv) }

  /// Raises a limit that is less than what is needed; returns whether it was.
  @discardableResult
  private static func raise(_ limit: ResourceLimit, to needed: Int, name: String) -> Bool {
    guard let value = limit.value, value < needed else { return false }
    if limit.set(needed) { return true }
    note("error: the limit of \(name) is \(limit.value ?? value); raise it to \(needed).")
    _exit(1)
  }
}
