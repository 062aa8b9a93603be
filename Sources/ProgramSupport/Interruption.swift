import Foundation
import Synchronization

/// What Ctrl-C, a closed terminal and `kill` do, all the same.
///
/// Before the training they end the program at once; in the training they ask the run to end between
/// two steps. The signals are SIGINT, SIGHUP, SIGTERM, and SIGXCPU, which says that the time is over
/// that the system has for the program (`ulimit -St`).
public enum Interruption {
  private static let first = Atomic<Int32>(0)
  /// When it came, in milliseconds.
  private static let time = Atomic<Int>(0)
  private static let signals = [SIGINT, SIGHUP, SIGTERM, SIGXCPU]

  /// Makes the signals end the program with a sentence and status 128 + signal.
  ///
  /// For as long as the program has written nothing. A SIGHUP that was ignored when the program
  /// started (`nohup`) stays ignored.
  public static func endsProgram() {
    var set = sigset_t()  // whoever started the program may have blocked them
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    handle { signal in
      let sentence: StaticString = "\nstopped; nothing was written.\n"
      _ = write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
      _exit(128 + signal)
    }
  }

  /// Makes the signals ask the run to end (`isRequested`); another one ends the program at once.
  ///
  /// Within half a second it does not: `timeout` sends its signal twice, to the program and to its
  /// group. SIGXCPU comes again each second, and ends nothing then.
  public static func watch() {
    handle { signal in
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      let time = now.tv_sec * 1000 + now.tv_nsec / 1_000_000
      if Interruption.first.compareExchange(expected: 0, desired: signal, ordering: .relaxed)
        .exchanged
      {
        Interruption.time.store(time, ordering: .relaxed)
      } else if signal != SIGXCPU, time - Interruption.time.load(ordering: .relaxed) > 500 {
        Foundation.signal(signal, SIG_DFL)
        raise(signal)
      }
    }
  }

  private static func handle(_ handler: @escaping @convention(c) (Int32) -> Void) {
    for signal in signals {
      var old = sigaction()
      sigaction(signal, nil, &old)
      if signal == SIGHUP, isIgnored(old) { continue }
      Foundation.signal(signal, handler)
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Glibc) || canImport(Musl)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Whether one of the signals came since `watch`.
  public static var isRequested: Bool { first.load(ordering: .relaxed) != 0 }

  /// The status of a program that ends for the signal that came: 130 for Ctrl-C.
  public static var status: Int32 {
    let signal = first.load(ordering: .relaxed)
    return 128 + (signal == 0 ? SIGINT : signal)
  }
}
