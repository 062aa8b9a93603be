import Foundation
import Literate
import Testing

/// The mistakes of `Tests/MistakenPage`: the number that makes them, and the sentence.
private let mistakes: [(name: String, number: String, says: String)] = [
  ("index", "20", "Index out of range."),
  ("function", "20", "Index out of range."),
  ("prefix", "-8", "Can't take a prefix of negative length from a collection."),
  ("suffix", "-1", "Can't drop a negative number of elements from a collection."),
  ("range", "-1", "Range requires lowerBound <= upperBound."),
  ("division", "1", "Division by zero."),
  ("overflow", "100", "arithmetic overflow."),
  ("conversion", "10000000000", "Not enough bits to represent the passed value."),
  ("shapes", "3", "shapes (1, 2) and (1, 3) differ"),
  ("shape", "-1", "shape (-1, -1) has an axis below 0"),
  ("shape", "5000000000", "shape (5000000000, 5000000000) is of more numbers than memory holds"),
  ("thread", "20", "Index out of range."),
  (
    "memory", "100000000000",
    "failed to allocate 400000000032 bytes of memory with alignment 8; take a shorter text, "
      + "smaller settings, or a higher limit of memory."
  ),
  ("top", "0", "what is wrong."),
  (
    "library", "10",
    "text: no word occurs 10 times or more, the most frequent occurs 1; lower the minimum count or "
      + "give a longer text."
  ),
  ("exit", "0", "what is wrong."),
]

/// The environment of a reader's run.
private let readers: [String: String?] = ["LITERATE_RECORD": nil]

@Suite("A mistake on a page")
struct MistakeTests {
  /// The lines of the page.
  private let page: [String] = {
    let file = Place.root.appendingPathComponent("Tests/MistakenPage/main.swift")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n")
  }()

  @Test("ends in one sentence behind the page's line", arguments: mistakes)
  func sentence(mistake: (name: String, number: String, says: String)) throws {
    let result = try run(
      "MistakenPage", ["--mistake", mistake.name, "--number", mistake.number],
      environment: readers)
    let called = mistake.name == "function" ? "func of(" : "case \"\(mistake.name)\""
    let line = try #require(page.firstIndex { $0.contains(called) }) + 1
    #expect(result.stderr == "MistakenPage/main.swift:\(line): \(mistake.says)\n")
    #expect(result.stdout == "")
    #expect(result.status == 1)
  }

  @Test(
    "is told apart from what goes wrong on a page that is the book's", arguments: ["top", "exit"])
  func thrown(mistake: String) throws {
    let result = try run("MistakenPage", ["--mistake", mistake])
    #expect(result.stderr == "error: what is wrong.\n")
    #expect(result.status == 1)
    #expect(try run("MistakenPage", ["--mistake", "none"]).status == 0)
  }

  @Test("has its line where memory runs out bit by bit, and none is left to find it")
  func memory() throws {
    let program = Place.products.appendingPathComponent("MistakenPage").path
    let result = try run(
      URL(fileURLWithPath: "/bin/sh"),
      arguments: [
        "-c", "ulimit -d 600000; exec \"$0\" --mistake bits --number 10000000", program,
      ], environment: readers, in: Place.root, timeout: 300)
    let line = try #require(page.firstIndex { $0.contains("case \"bits\"") }) + 1
    #expect(result.stderr.hasPrefix("MistakenPage/main.swift:\(line): failed to allocate "))
    #expect(result.stderr.count { $0 == "\n" } == 1)
    #expect(result.status == 1)
  }

  @Test("leaves the book's figure as it is")
  func figure() throws {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    func files(_ environment: [String: String?]) throws -> [String] {
      let result = try run(
        "MistakenPage", ["--mistake", "figure"], environment: environment, currentDirectory: folder)
      #expect(result.status == 0, "\(result.stderr)")
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
    #expect(try files(readers) == ["a-edited.csv", "a-edited.svg"])
    #expect(try files([:]) == ["a-edited.csv", "a-edited.svg", "a.csv", "a.svg"])
  }
}
