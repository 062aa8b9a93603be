import Foundation

/// What a program does about a limit on the files that it may have open (`ulimit -n`).
///
/// libdispatch opens three for itself, whenever it first needs them, and ends the program where it
/// cannot: that would cost the vectors, which are written by several threads.
enum OpenFileLimit {
  /// As many as a program needs with all its inputs and outputs.
  private static let needed: rlim_t = 24

  /// Raises the limit to what is needed, as far as the program may, or ends it with a sentence; to be
  /// called first.
  static func prepare() {
    #if canImport(Glibc) || canImport(Musl)
      let resource = Int32(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < needed else { return }
    limit.rlim_cur = min(needed, limit.rlim_max)
    guard limit.rlim_cur == needed, setrlimit(resource, &limit) == 0 else {
      note(
        "error: the limit of open files (ulimit -n) is \(limit.rlim_max); raise it to \(needed).")
      _exit(1)
    }
  }
}
