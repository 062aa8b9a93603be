import Testing

@testable import Literate

@Suite("A recording")
struct RecordingTests {
  private func recording(_ shown: [Shown]) -> Recording {
    let records = shown.enumerated().map {
      Record(.output, $1, line: UInt($0 + 1), file: "M/main.swift")
    }
    return Recording(origin: Answer.origin, records: records)
  }

  @Test("survives being written and read")
  func text() throws {
    let recording = Answer.recording(of: try ChapterSource(Answer.text, name: "main.swift"))
    #expect(try Recording(recording.text()) == recording)
    let empty = self.recording([])
    #expect(try Recording(empty.text()) == empty)
  }

  @Test("keeps old values where only what may vary does")
  func keepsVolatileValues() {
    let old = recording(["a \(volatile: 1)", "b", "c \(0.40, places: 2, within: 0.02)"])
    let new = recording(["new", "a \(volatile: 234)", "b", "c \(0.41, places: 2, within: 0.02)"])
    let kept = new.keepingVolatileValues(of: old)
    #expect(kept.records.map(\.shown.text) == ["new", "a 1", "b", "c 0.40"])
    #expect(kept.records.map(\.line) == [1, 2, 3, 4])
  }

  @Test("takes new values where anything else does")
  func takesNewValues() {
    let old = recording(["a \(volatile: 1)", "c \(0.40, places: 2, within: 0.02)"])
    let new = recording(["A \(volatile: 2)", "c \(0.45, places: 2, within: 0.02)"])
    #expect(new.keepingVolatileValues(of: old) == new)
  }
}
