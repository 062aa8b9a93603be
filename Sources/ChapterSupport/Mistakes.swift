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
  /// The page's source: as the compiler knows it, and as it is named in sentences.
  nonisolated(unsafe) private static var page = (path: "", name: "")

  /// Begins to look after a program's mistakes; to be called once, when it starts.
  ///
  /// - Parameters:
  ///   - path: The page's source (`#filePath`).
  ///   - name: Its name in sentences (`#fileID`).
  static func lookAfter(_ path: StaticString, _ name: StaticString) {
    page = ("\(path)", "\(name)")
    failureHandler = { sentence, place in
      MemoryLimit.endProgram(ifAbout: sentence)
      let isOnPage = place.hasPrefix("\(page.name):")
      note("\(isOnPage ? place : trace().place ?? place): \(sentence)")
      _exit(1)
    }
    traps_watch { said in
      if let said { MemoryLimit.endProgram(ifAbout: said) }
      Mistakes.end(said.map { String(cString: $0) } ?? "")
    }
  }

  /// Ends the program with what Swift's runtime has said, if anything.
  private static func end(_ words: String) -> Never {
    let said =
      words.range(of: "Fatal error: ").map {
        words[$0.upperBound...].trimmingCharacters(in: .whitespacesAndNewlines)
      } ?? ""
    let top = "Error raised at top level: "
    if said.hasPrefix(top) {
      let sentence = said.dropFirst(top.count)
      note(sentence.hasPrefix("error: ") ? "\(sentence)" : "error: \(sentence)")
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
        .first { $0.path == page.path && $0.line > 0 }?.line
      return (line.map { "\(page.name):\($0)" }, failure.map { String($0.dropFirst(mark.count)) })
    #else
      return (nil, nil)
    #endif
  }
}
