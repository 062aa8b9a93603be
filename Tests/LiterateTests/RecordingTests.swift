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
    var new = recording(["a \(volatile: 234)", "b", "c \(0.41, places: 2, within: 0.02)"])
    for index in new.records.indices { new.records[index].line += 1 }
    let kept = new.keepingVolatileValues(of: old)
    #expect(kept.records.map(\.shown.text) == ["a 1", "b", "c 0.40"])
    #expect(kept.records.map(\.line) == [2, 3, 4])
  }

  @Test("takes all values anew where anything else does, so that they are of one run")
  func takesNewValues() {
    let old = recording(["a \(volatile: 1)", "b", "c \(0.40, places: 2, within: 0.02)"])
    for new in [
      recording(["a \(volatile: 2)", "B", "c \(0.40, places: 2, within: 0.02)"]),
      recording(["a \(volatile: 2)", "b", "c \(0.45, places: 2, within: 0.02)"]),
      recording(["a \(volatile: 2)", "b", "c \(0.41, places: 2, within: 0.02)", "new"]),
      recording(["a \(volatile: 2)", "b"]),
    ] {
      #expect(new.keepingVolatileValues(of: old) == new)
    }
  }
}
