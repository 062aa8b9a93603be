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
  /// Begins to look after a program's mistakes; to be called once, when it starts.
  static func lookAfterThisPage() {
    failureHandler = { sentence, place in
      MemoryLimit.endProgram(ifAbout: sentence, at: editedPlace)
      let isOnPage = place.hasPrefix("\(ThisPage.source.name):")
      note("\(isOnPage ? place : trace().place ?? place): \(sentence)")
      _exit(1)
    }
    traps_watch { said in
      if let said { MemoryLimit.endProgram(ifAbout: said, at: Mistakes.editedPlace) }
      Mistakes.end(said.map { String(cString: $0) } ?? "")
    }
  }

  /// An error's sentence behind `error:`, or behind the page's line where someone has changed the
  /// page: then the number that is wrong may well be there.
  static func sentence(_ error: String) -> String { "\(editedPlace ?? "error"): \(error)" }

  /// The page's line, where someone has changed the page.
  private static var editedPlace: String? { ThisPage.isEdited ? trace().place : nil }

  /// Ends the program with what Swift's runtime has said, if anything.
  private static func end(_ words: String) -> Never {
    let said =
      words.range(of: "Fatal error: ").map {
        words[$0.upperBound...].trimmingCharacters(in: .whitespacesAndNewlines)
      } ?? ""
    let top = "Error raised at top level: "
    if said.hasPrefix(top) {
      note(Mistakes.sentence(String(said.dropFirst(top.count))))
      exit(1)
    }
    let (place, failure) = trace()
    let sentence = said.isEmpty ? failure ?? "the program cannot go on" : said
    note("\(place.map { "\($0): " } ?? "error: ")\(sentence)\(sentence.hasSuffix(".") ? "" : ".")")
    _exit(1)
  }

  /// The page's line in the innermost call that the page has made, and what the compiler calls the
  /// failure.
  private static func trace() -> (place: String?, failure: String?) {
    #if canImport(Runtime)
      guard let frames = try? Backtrace.capture().symbolicated()?.frames else { return (nil, nil) }
      let mark = "Swift runtime failure: "
      let failure = frames.lazy.compactMap { $0.symbol?.name }.first { $0.hasPrefix(mark) }
      let line = frames.lazy.compactMap { $0.symbol?.sourceLocation }
        .first { $0.path == ThisPage.source.path && $0.line > 0 }?.line
      return (
        line.map { "\(ThisPage.source.name):\($0)" },
        failure.map { String($0.dropFirst(mark.count)) }
      )
    #else
      return (nil, nil)
    #endif
  }
}
