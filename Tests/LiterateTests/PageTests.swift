import Foundation
import Testing

@testable import Literate

@Suite("A page")
struct PageTests {
  @Test("source and recording give the page, to the byte")
  func page() throws {
    let page = try Answer.page(Answer.text)
    let file = Answer.folder.appendingPathComponent("answer.md")
    let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
      try page.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded answer.md; now run without GOLDEN=record")
    }
    let difference = unifiedDifference(from: expected, to: page)
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("a changed constant changes the page")
  func changedConstant() throws {
    let changed = try Answer.text.replacing("let answer = 42", with: "let answer = 43")
    #expect(try Answer.page(changed) != Answer.page(Answer.text))
  }

  @Test("new prose does not move what code showed")
  func movedLines() throws {
    let moved = try Answer.text.replacing(
      "//: Now the time", with: "//: New.\n//:\n//: Now the time")
    #expect(
      try Answer.page(moved)
        == Answer.page(Answer.text).replacing("Now the time", with: "New.\n\nNow the time"))
  }

  @Test("a figure that the prose places is not shown again")
  func placedFigure() throws {
    let placed = try Answer.text.replacing(
      "//: Now the time", with: "//: {{figures/answer.svg}}\n//:\n//: Now the time")
    let page = try Answer.page(placed)
    #expect(page.components(separatedBy: "![The answer").count == 2)
    #expect(page.contains("(../../figures/answer.svg)\n\nNow the time"))
  }

  @Test("faults of the prose are reported together")
  func faults() throws {
    let text = try Answer.text.replacing("$`a`$", with: "$a$").replacing(
      "{{answer}}", with: "{{b}}")
    #expect(
      throws: WeaveError.faults([
        "0-answer/main.swift:4: write math as $`…`$ or in a ```math fence, not between bare $",
        "0-answer/main.swift:4: nothing is recorded under {{b}}",
      ])
    ) { try Answer.page(text) }
  }

  /// The page of one piece of prose and one of code, which showed `text`.
  private func page(_ prose: String, showing text: Shown, code: String = "a()") throws -> String {
    let source = try ChapterSource("//: # T\n//: \(prose)\n\(code)", name: "main.swift")
    let record = Record(.output, text, line: 1, file: "M/main.swift")
    let recording = Recording(origin: Answer.origin, records: [record])
    let library = LibraryNames([
      "Tensor": "Sources/A/T.swift", "A.f": "Sources/A/F.swift", ".m": "M",
    ])
    return try Page(name: "0-t", source: source, recording: recording, library: library)
      .markdown(previous: nil, next: nil)
  }

  @Test("a number in the prose is one that the run shows, or is marked")
  func numbers() throws {
    for prose in ["1,501,170 pairs", "1501170", "{{=9,999}} and 512", "{{pairs}}", "`4321`"] {
      _ = try page(prose, showing: "pairs: 1501170")
    }
    #expect(
      try page("{{pairs}} of them", showing: "pairs: 1501170").contains("\n1,501,170 of them"))
    _ = try page("0.4103 in the code", showing: "x", code: "let a = 0.4103")
    for (prose, shown) in [
      ("1,501,171", "pairs: 1501170" as Shown), ("1501170 s", "in \(volatile: 1_501_170) s"),
      ("{{time}}", "time: \(volatile: 15)"),
    ] {
      #expect(throws: WeaveError.self) { try page(prose, showing: shown) }
    }
  }

  @Test("library names become links, in the prose once, and below the page for the code")
  func libraryNames() throws {
    let page = try page(
      "`Tensor`, `Tensor`, `A.f`, `other`, `m`, `m(of:)`", showing: "x",
      code: "let a = Tensor(A.f(b)) // Shape")
    #expect(page.contains("[`Tensor`](../../Sources/A/T.swift), `Tensor`, [`A.f`]("))
    #expect(page.contains("`other`, `m`, [`m(of:)`](../../M)"))
    #expect(
      page.contains(
        "In the library: [`Tensor`](../../Sources/A/T.swift) · [`A.f`](../../Sources/A/F.swift)\n"))
  }

  @Test("a record of another file, or of a line that is not there, is refused")
  func strangers() throws {
    let source = try ChapterSource(Answer.text, name: "main.swift")
    for (file, line) in [("ChapterSupport/Report.swift", UInt(1)), ("M/main.swift", 99)] {
      let stranger = Record(.output, "x", line: line, file: file)
      let recording = Recording(origin: Answer.origin, records: [stranger])
      #expect(throws: WeaveError.self) {
        try Page(name: "0-answer", source: source, recording: recording)
      }
    }
  }

  @Test("long lines and long pieces are remarked on")
  func remarks() throws {
    let wide = "let a = \"" + String(repeating: "x", count: 80) + "\"\n//: Prose\n"
    let long = String(repeating: "f()\n", count: 21)
    let source = try ChapterSource("//: # T\n" + wide + long, name: "main.swift")
    let page = try Page(
      name: "0-t", source: source, recording: Recording(origin: Answer.origin, records: []))
    #expect(page.remarks.count == 2)
  }

  @Test("a fence is longer than any run of backticks inside")
  func fences() {
    #expect(fenced("a", "text") == "```text\na\n```")
    #expect(fenced("````\n", "") == "`````\n````\n`````")
  }
}
