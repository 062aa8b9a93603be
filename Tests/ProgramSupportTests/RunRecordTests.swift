import Foundation
import Testing

@testable import ProgramSupport

@Suite("Records of runs")
struct RunRecordTests {
  @Test("belong to a file's bytes, and tell runs apart")
  func record() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer {
      for path in [file, RunRecord.path(beside: file)] {
        try? FileManager.default.removeItem(atPath: path)
      }
    }
    let record = RunRecord(text: "t", textSHA256: "aa", settings: ["epochs": "5", "seed": "1"])
    #expect(RunRecord(beside: file) == nil)
    try Data("vectors".utf8).write(to: URL(filePath: file))
    #expect(RunRecord(beside: file) == nil)
    try record.write(beside: file)
    #expect(RunRecord(beside: file) == record)

    var other = record
    other.settings["epochs"] = "1"
    #expect(other.difference(from: record) == "of other settings, epochs 1")
    #expect(record.difference(from: record) == nil && other.shortDigest != record.shortDigest)
    other.textSHA256 = "bb"
    #expect(other.difference(from: record) == "of another state of t")
    other.text = "u"
    #expect(other.difference(from: record) == "of another text, u")

    try Data("other vectors".utf8).write(to: URL(filePath: file))
    #expect(RunRecord(beside: file) == nil, "the record is of other bytes")
    try Data("{".utf8).write(to: URL(filePath: RunRecord.path(beside: file)))
    #expect(RunRecord(beside: file) == nil)
  }
}
