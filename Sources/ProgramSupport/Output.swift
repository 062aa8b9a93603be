import Foundation
import Synchronization

/// A program's results on stdout, and whether all of them could be written.
///
/// A result that cannot be printed stops nothing: what the run computes is still to be saved. The
/// first failure is said on stderr, and the program ends with status 1.
public enum Output {
  private static let failure = Atomic<Bool>(false)

  /// Whether a result could not be written.
  public static var failed: Bool { failure.load(ordering: .relaxed) }

  /// Prints a result and a newline, at once.
  ///
  /// - Parameter text: The result.
  public static func print(_ text: String) {
    fflush(nil)  // what `Swift.print` holds back comes first
    if !writeAll(text + "\n", to: STDOUT_FILENO) {
      fail("stdout cannot be written (\(String(cString: strerror(errno))))")
    }
  }

  /// Remembers that a result is lost, of which somebody else has said so.
  public static func fail() { failure.store(true, ordering: .relaxed) }

  /// Remembers that a result is lost; says so on stderr the first time.
  ///
  /// - Parameter what: What cannot be written, and why.
  package static func fail(_ what: String) {
    if failure.exchange(true, ordering: .relaxed) { return }
    note("\(what); the program goes on without it, and ends with status 1.")
  }

  /// Makes a program that a closed pipe or a limit on the size of files does not kill, and that ends
  /// with status 1 instead of 0 where a result could not be written.
  ///
  /// To be called once, when the program starts.
  public static func prepare() {
    LeastLimits.prepare()
    MemoryLimit.prepare()
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // A file that takes the number of one that is closed would get what is printed.
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)  // fails when it is used
    }
    atexit {
      if fflush(nil) != 0 || Output.failed { _exit(1) }
    }
  }
}
