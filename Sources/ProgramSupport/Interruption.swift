import Foundation
import Synchronization

/// What Ctrl-C does: before the training it ends the program at once, in the training it asks the
/// run to end between two steps.
public enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// Makes Ctrl-C end the program with a sentence and status 130.
  ///
  /// For as long as the program has written nothing.
  public static func endsProgram() {
    var signals = sigset_t()  // whoever started the program may have blocked the signal
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    signal(SIGINT) { _ in
      let sentence: StaticString = "\nstopped; nothing was written.\n"
      _ = write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
      _exit(130)
    }
  }

  /// Makes Ctrl-C ask the run to end (`isRequested`); a second one ends the program at once.
  public static func watch() {
    signal(SIGINT) { _ in
      Interruption.flag.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }

  /// Whether Ctrl-C was pressed since `watch`.
  public static var isRequested: Bool { flag.load(ordering: .relaxed) }
}
