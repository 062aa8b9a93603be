import Foundation
import Literate
import Testing

@Suite("Comparing a run with the expected ranges")
struct ExpectedRangesTests {
  /// Compares a run on the embedded corpus with a table of two seeds.
  private func compare(with rows: [String]) throws -> (
    status: Int32, stdout: String, stderr: String
  ) {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = folder.appendingPathComponent("seeds.csv")
    let header = "tab,seed,loss,last epoch,first,second,third"
    let text = ([header] + rows).joined(separator: "\n") + "\n"
    try text.write(to: table, atomically: true, encoding: .utf8)
    let result = try run(
      "chapter-exercises", ["--corpus", "embedded", "--compare", "--ranges", table.path],
      currentDirectory: folder)
    return (result.status, result.stdout, result.stderr)
  }

  @Test("a run between the seeds is as expected")
  func inside() throws {
    let result = try compare(with: [
      "pytorch,0,0.42,0.32,soprano,melody,opera", "pytorch,1,0.45,0.35,flute,melody,violin",
    ])
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(result.stdout.contains("The run is as expected."))
    #expect(!result.stdout.contains("OUTSIDE"))
  }

  @Test(
    "a run with another loss, or other neighbours, is not, and the program says so",
    arguments: [
      ["pytorch,0,0.50,0.32,soprano,melody,opera", "pytorch,1,0.51,0.35,flute,melody,violin"],
      ["pytorch,0,0.42,0.22,soprano,melody,opera", "pytorch,1,0.45,0.23,flute,melody,violin"],
      ["pytorch,0,0.42,0.32,ship,oven,wave", "pytorch,1,0.45,0.35,ship,oven,bank"],
    ])
  func outside(rows: [String]) throws {
    let result = try compare(with: rows)
    #expect(result.status == 1)
    #expect(result.stdout.contains("The run is NOT as expected."))
  }

  @Test("the rows of the other tab do not count")
  func otherTab() throws {
    let result = try compare(with: ["mxnet,0,0.42,0.32,soprano,melody,opera"])
    #expect(result.status == 1)
    #expect(result.stderr.contains("seeds.csv has no seeds of the pytorch tab"))
  }

  @Test("a table that is none is named with its line")
  func malformed() throws {
    let result = try compare(with: ["pytorch,0,0.42,0.32,a,b,c", "pytorch,1,much,0.35,a,b,c"])
    #expect(result.status == 1)
    #expect(result.stderr.contains("seeds.csv, line 3 is not a tab, a seed"))
  }
}

@Suite("The figure of the engines")
struct EngineFigureTests {
  /// Draws from a table; returns the status, stderr and the figure's numbers.
  private func draw(_ table: String) throws -> (status: Int32, stderr: String, numbers: String?) {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("table.csv")
    try table.write(to: file, atomically: true, encoding: .utf8)
    let result = try run(
      "chapter-exercises", ["--engines", file.path], currentDirectory: folder)
    let numbers = folder.appendingPathComponent("figures/engines.csv")
    return (result.status, result.stderr, try? String(contentsOf: numbers, encoding: .utf8))
  }

  @Test("is drawn from the benchmark's table, the slowest first")
  func drawn() throws {
    let result = try draw(
      "engine,group,seconds\nfused,this package,1.5\nD2L on PyTorch,others,120\n")
    #expect(result.status == 0, "\(result.stderr)")
    let lines = result.numbers?.split(separator: "\n").dropFirst() ?? []
    #expect(lines == ["D2L on PyTorch,others,120.0", "fused,this package,1.5"])
  }

  @Test(
    "a table without seconds is refused with a sentence",
    arguments: ["engine,seconds\nfused,1\n", "engine,group,seconds\nfused,ours,fast\n", ""])
  func refused(table: String) throws {
    let result = try draw(table)
    #expect(result.status == 1)
    #expect(result.stderr.contains("table.csv"))
    #expect(result.numbers == nil)
  }
}
