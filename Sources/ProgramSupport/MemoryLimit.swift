import CTraps
import Files
import Foundation

/// What a program does about memory that it cannot have, beside asking for less (`AvailableMemory`).
///
/// An allocation that fails ends it with a sentence and status 1, in Swift's runtime and in the
/// library's own tables.
public enum MemoryLimit {
  /// The limit that the program has set itself.
  nonisolated(unsafe) private(set) static var own: Int?

  /// Limits the process's data to what there is, so that a text without end, say, ends in a sentence
  /// before the system ends the program without one.
  private static func set() {
    #if canImport(Glibc) || canImport(Musl)
      let available = AvailableMemory.now
      // Threads' stacks and OpenBLAS's threads take more than they use; of a cgroup the program's own
      // pages leave less.
      let unused =
        available.owner == .group
        ? 20_000_000 : 150_000_000 * ProcessInfo.processInfo.activeProcessorCount
      guard available.owner != .process, let data = AvailableMemory.statusValue("VmData:") else {
        return
      }
      let most = Int(data + available.bytes) + unused
      ResourceLimit.data.set(min(ResourceLimit.data.value ?? .max, most))
      own = ResourceLimit.data.value
    #endif
  }

  /// Prepares the program to live within the limit (`ulimit -v`, `-d`), or sets one where there is
  /// none; to be called first.
  static func prepare() {
    let owner = AvailableMemory.now.owner
    guard owner != .machine else { return set() }
    #if canImport(Glibc)
      // Each of OpenBLAS's threads takes 134 MB, at any time, or waits for them without end; each
      // thread that allocates sets 64 MB aside. Both are settled before this line, so the program
      // begins anew without.
      let settings = [("OPENBLAS_NUM_THREADS", "1"), ("MALLOC_ARENA_MAX", "1")]
      if settings.contains(where: { getenv($0.0) == nil }) {
        for (name, value) in settings { setenv(name, value, 0) }
        LeastLimits.beginAnew()
      }
    #endif
    guard owner == .process else { return set() }
    // libdispatch waits without end for a thread's stack, of 8 MB, that it does not get.
    let size = 48 << 20
    let probe = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard probe != MAP_FAILED else {
      say("error: the limit of the process (ulimit) leaves too little memory to begin with; ")
      say("raise it.\n")
      _exit(1)
    }
    munmap(probe, size)
  }

  /// Makes a program that says a sentence, instead of a dump of registers, where it cannot go on.
  ///
  /// To be called once, when the program starts. A chapter has a page whose line to name, and does
  /// more (`ChapterSupport`).
  public static func saysLastWords() {
    failureHandler = { sentence, _ in MemoryLimit.endProgram(ifAbout: sentence) }
    traps_watch { said in
      guard let said, said.pointee != 0 else {
        MemoryLimit.say("error: the program cannot go on, for a fault of its own.\n")
        _exit(1)
      }
      MemoryLimit.endProgram(ifAbout: said)
      _ = write(STDERR_FILENO, said, strlen(said))
      _exit(1)
    }
  }

  /// Ends the program with a sentence if words are about memory that could not be had; takes none.
  ///
  /// - Parameters:
  ///   - words: What the library or Swift's runtime says.
  ///   - place: What goes before the sentence in place of `error`; asked only where it is said.
  package static func endProgram(
    ifAbout words: UnsafePointer<CChar>, at place: @autoclosure () -> String? = nil
  ) {
    guard let failure = strstr(words, "failed to allocate ") else { return }
    if let place = place() {
      place.withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
      say(": ")
    } else {
      say("error: ")
    }
    _ = write(STDERR_FILENO, failure, strcspn(failure, "\n"))
    say("; take a shorter text, smaller settings, or a higher limit of memory.\n")
    _exit(1)
  }

  private static func say(_ text: StaticString) {
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}
