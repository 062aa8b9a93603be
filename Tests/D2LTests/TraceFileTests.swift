import Files
import Foundation
import TestSupport
import Testing

@testable import D2L
@testable import Word2Vec

@Suite("Trace files")
struct TraceFileTests {
  @Test("give a trace back as it was written")
  func roundTrip() throws {
    var trace = try smallTrace()
    trace.data.tokensHead[1] = "\"a\\b\u{1}ü\""
    trace.similar["chip"] = [Trace.Hit(cosine: -0.25, word: "näher")]
    trace.similar["other"] = []
    let path = temporaryPath(".json")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try trace.write(to: path)
    #expect(try Trace(contentsOf: path) == trace)
  }

  @Test("give the original's traces back", arguments: [0, 2_465_463_373, 7])
  func originals(seed: UInt64) throws {
    let path = temporaryPath(".json")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let original = try originalTrace(seed: seed)
    try original.write(to: path)
    #expect(try Trace(contentsOf: path) == original)
  }

  @Test("name the field that is missing or wrong")
  func malformed() throws {
    let path = temporaryPath(".json")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try originalTrace(seed: 0).write(to: path)
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    for (old, new, reason) in [
      ("\"batches\"", "\"packs\"", "the field training.batches is missing"),
      ("\"seed\" : 0", "\"seed\" : \"zero\"", "the field seed is of another kind"),
      ("\"final_loss\" : 0.", "\"final_loss\" : x0.", "it is not JSON"),
    ] {
      let wrong = text.replacingOccurrences(of: old, with: new)
      try withTemporaryFile(wrong.utf8) { path in
        _ = #expect(throws: FileError(path, .malformed("is no trace: \(reason)"))) {
          try Trace(contentsOf: path)
        }
      }
    }
  }

  @Test("that are not there or cannot be written are named")
  func paths() throws {
    let path = temporaryPath("/none.json")
    #expect(throws: FileError(path, .noSuchFile)) { try Trace(contentsOf: path) }
    let trace = try originalTrace(seed: 0)
    #expect(throws: FileError.self) { try trace.write(to: path) }
  }
}
