import Files
import Foundation
import Testing

@testable import Figures

@Suite("Tables") struct TableTests {
  @Test("quote what CSV reserves, and nothing else")
  func quoting() {
    let table = Table(
      columns: ["word", "count"], rows: [["\"s,", "1"], ["a\nb", "2"], ["n't", "3"]])
    #expect(table.csv == "word,count\n\"\"\"s,\",1\n\"a\nb\",2\nn't,3\n")
  }

  @Test("of panels share columns of one name")
  func panels() {
    let bars = BarChart(title: "", x: Axis("time (s)"), bars: [Bar("a", 1.5)])
    let more = BarChart(title: "", x: Axis("bytes"), bars: [Bar("b", 2)])
    #expect(
      Panels(title: "", columns: 2, [bars, more]).table.csv
        == "panel,name,time (s),bytes\n1,a,1.5,\n2,b,,2.0\n")
  }

  @Test("are read back as they were written")
  func reading() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/table.csv"
    let table = Table(columns: ["a", "b,c"], rows: [["1", "\"x\"\ny"], ["", "é"]])
    try table.csv.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try Table(contentsOf: path) == table)
  }

  @Test(
    "that cannot be read say where",
    arguments: [("", "empty"), ("a,b\n1\n", "line 2 has 1"), ("a\n\"", "line 2 has a quote")])
  func unreadable(text: String, words: String) throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/table.csv"
    #expect(throws: FileError.self) { try Table(contentsOf: path) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let error = #expect(throws: FileError.self) { try Table(contentsOf: path) }
    #expect(error?.description.contains(words) == true)
  }

  @Test("of a row that is too long are the caller's mistake")
  func shape() async {
    await #expect(processExitsWith: .failure) { _ = Table(columns: ["a"], rows: [["1", "2"]]) }
  }
}
