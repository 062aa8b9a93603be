import Foundation

@testable import Literate

/// A small chapter for the tests, with what it shows when it runs.
enum Answer {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static var text: String {
    get throws {
      try String(contentsOf: folder.appendingPathComponent("answer.swift"), encoding: .utf8)
    }
  }

  /// The chapter's records, their lines those of the file.
  static let records: [Record] = [
    record(.value("answer"), "42", 14),
    record(.output, "a = 42", 15),
    record(.output, "first took \(volatile: 1.5, places: 1) s", 19),
    record(.output, "second took \(volatile: 1.6, places: 1) s", 19),
    record(.output, "```", 22),
    record(.figure("figures/answer.svg"), "The answer [sic] is 42.", 23),
    record(.output, "loss \(0.41, places: 3, within: 0.01)", 24),
    record(.output, "from hidden code", 26),
  ]

  static let origin = Recording.Origin(
    arguments: ["--quiet"], corpus: nil, corpusSHA256: nil,
    inputs: "0123456789abcdef0123456789abcdef")

  /// The recording of `records`, its lines counted in code lines of `source`.
  static func recording(of source: ChapterSource) -> Recording {
    let lines = records.map { record in
      var record = record
      record.line = source.codeOrdinal(ofLine: record.line)
      return record
    }
    return Recording(origin: origin, records: lines)
  }

  /// The page of a source, perhaps an edited one, with the recording of the fixture.
  static func page(_ text: String) throws -> String {
    let source = try ChapterSource(text, name: "0-answer/main.swift")
    let recording = recording(of: try ChapterSource(Answer.text, name: "main.swift"))
    let page = try Page(name: "0-answer", source: source, recording: recording)
    return try page.markdown(previous: nil, next: (name: "1-more", title: "More"))
  }

  private static func record(_ kind: Record.Kind, _ shown: Shown, _ line: UInt) -> Record {
    Record(kind, shown, line: line, file: "ChapterAnswer/main.swift")
  }
}
