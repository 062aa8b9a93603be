import Foundation
import Synchronization

/// Whether Ctrl-C was pressed, so that a long run can end between two steps.
public enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// Begins to catch Ctrl-C; a second one ends the program at once.
  public static func watch() {
    signal(SIGINT) { _ in
      Interruption.flag.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }

  /// Whether Ctrl-C was pressed since `watch`.
  public static var isRequested: Bool { flag.load(ordering: .relaxed) }
}
