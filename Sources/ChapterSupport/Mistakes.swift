import CTraps
import Files
import Foundation
import ProgramSupport

#if canImport(Runtime)
  import Runtime
#endif

/// What a mistake on a page ends in: a sentence behind the page's line, whoever noticed the mistake.
///
/// Swift's own traps (an index out of range, an overflow) come with a dump of registers, or with no
/// word, and a library's `require` names the library's line where an operator was called. The page's
/// line is that of the innermost call on the stack that the page itself has made.
enum Mistakes {
  /// The place that a library's `require` names, for want of the page's.
  nonisolated(unsafe) private static var required: String?

  /// How often it was tried to say why the program ends.
  ///
  /// The second time, the first one has failed, as where memory is wanting for that too, and nothing
  /// more is looked for.
  nonisolated(unsafe) private static var reports = 0

  /// Room that nothing uses, given back when the program ends: to find the place takes memory, too.
  nonisolated(unsafe) private static var room: UnsafeMutableRawPointer?
  private static let roomSize = 64 << 20

  /// Begins to look after a program's mistakes; to be called once, when it starts.
  static func lookAfterThisPage() {
    room = mmap(nil, roomSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    failureHandler = { sentence, place in
      guard place.hasPrefix("\(ThisPage.source.name):") else {
        required = place
        traps_end(sentence)
        return
      }
      note("\(place): \(sentence)")
      _exit(1)
    }
    traps_watch { said in if let said { Mistakes.end(said) } }
    traps_watch_throws()
    traps_watch_addresses()
  }

  /// An error's sentence behind `error:`, or behind the page's line where someone has changed the
  /// page: then the number that is wrong may well be there.
  static func sentence(_ error: String) -> String { "\(editedPlace ?? "error"): \(error)" }

  /// The page's line, where someone has changed the page.
  private static var editedPlace: String? {
    reports < 2 && ThisPage.isEdited ? trace().place : nil
  }

  /// Ends the program with what Swift's runtime or a library has said, if anything.
  private static func end(_ said: UnsafePointer<CChar>) -> Never {
    reports += 1
    munmap(room, roomSize)
    MemoryLimit.endProgram(ifAbout: said, at: editedPlace)
    var words = String(cString: said)
    let (mark, top) = ("Fatal error: ", "Error raised at top level: ")
    if let start = words.range(of: mark)?.upperBound {
      words = words[start...].trimmingCharacters(in: .whitespacesAndNewlines)
      if words.hasPrefix(top) {
        note(sentence(String(words.dropFirst(top.count))))
        exit(1)
      }
    }
    let (place, failure) = trace()
    if words.isEmpty { words = failure ?? unsaid }
    MemoryLimit.endProgram(ifAbout: words, at: editedPlace)
    if required == nil, !words.hasSuffix(".") { words += "." }
    note("\(place ?? required ?? "error"): \(words)")
    _exit(1)
  }

  /// What is said of a failure that says nothing: an optimised page has no words for most of its own.
  private static var unsaid: String {
    #if DEBUG
      "the program cannot go on"
    #else
      "the program cannot go on; built without `-c release` it says why"
    #endif
  }

  /// The page's line in the innermost call that the page has made, and what the compiler calls the
  /// failure.
  private static func trace() -> (place: String?, failure: String?) {
    #if canImport(Runtime)
      guard reports < 2, let frames = try? Backtrace.capture(limit: nil).symbolicated()?.frames
      else { return (nil, nil) }
      let symbols = frames.compactMap(\.symbol)
      let mark = "Swift runtime failure: "
      var failure = symbols.lazy.map(\.name).first { $0.hasPrefix(mark) }?.dropFirst(mark.count)
      // The runtime finds no memory to say so in.
      if symbols.contains(where: { $0.rawName == "swift_slowAlloc" }) {
        failure = "failed to allocate memory"
      }
      let line = symbols.lazy.compactMap(\.sourceLocation)
        .first { $0.path == ThisPage.source.path && $0.line > 0 }?.line
      return (line.map { "\(ThisPage.source.name):\($0)" }, failure.map(String.init))
    #else
      return (nil, nil)
    #endif
  }
}
