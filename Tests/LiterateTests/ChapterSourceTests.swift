import Foundation
import Testing

@testable import Literate

@Suite("A chapter's source")
struct ChapterSourceTests {
  private func source(_ text: String) throws -> ChapterSource {
    try ChapterSource("//: # Title\n" + text, name: "main.swift")
  }

  @Test("the header is read, and ends at the first other line")
  func header() throws {
    let source = try source(
      "//: section: A [link](x: y)\n//: corpus: ptb\n//: arguments: -k  3\n//: note: prose\n")
    #expect(
      source.header
        == .init(
          title: "Title", section: "A [link](x: y)", corpus: "ptb", arguments: ["-k", "3"]))
    #expect(
      source.blocks == [.prose(["note: prose"], from: 5), .code(.init(range: 6..<7, shown: []))]
        || source.blocks == [.prose(["note: prose"], from: 5)])
  }

  @Test("prose and code alternate, blank lines around code are dropped")
  func blocks() throws {
    let source = try source("//: One\n//:\n//:   indented\n\nlet a = 1\n\nlet b = 2\n\n//: Two\n")
    #expect(
      source.blocks.prefix(3) == [
        .prose(["One", "", "  indented"], from: 2),
        .code(.init(range: 5..<10, shown: ["let a = 1", "", "let b = 2"])),
        .prose(["Two"], from: 10),
      ])
  }

  @Test("a source whose page shows other code is told from the woven one")
  func edited() throws {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("main.swift")
    func write(_ text: String, _ name: String) throws {
      try text.write(
        to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let lines = ["//: # Title", "let a = 1", "//: Prose", "let b = 2", "f(b)  // hide"]
    let text = lines.joined(separator: "\n")
    try write(text, "main.swift")
    #expect(!Chapter.isEdited(source), "where there is no page")
    for (fixture, name) in [("answer.swift", "main.swift"), ("answer.md", "README.md")] {
      let file = Answer.folder.appendingPathComponent(fixture)
      try write(try String(contentsOf: file, encoding: .utf8), name)
    }
    #expect(!Chapter.isEdited(source), "as the weaver has made it")
    try write(text, "main.swift")
    #expect(Chapter.isEdited(source), "another page")
    try write("Prose\n\n```swift\nlet a = 1\n```\n\n```swift\nlet b = 2\n```\n", "README.md")
    #expect(!Chapter.isEdited(source))
    try write(
      text.replacing("Prose", with: "Other prose").replacing("f(b)", with: "f(0)"), "main.swift")
    #expect(!Chapter.isEdited(source), "what the page does not show")
    try write(text.replacing("b = 2", with: "b = 3"), "main.swift")
    #expect(Chapter.isEdited(source))
    try write(text + "\nlet c = 3", "main.swift")
    #expect(Chapter.isEdited(source))
  }

  @Test("a split ends a piece, and can hide the next")
  func splits() throws {
    let source = try source("a()\n//:-\nb()\n//:- hide\nc()\n//: Prose\nd()")
    let shown = source.blocks.compactMap { block -> [String]? in
      if case .code(let code) = block { code.shown } else { nil }
    }
    #expect(shown == [["a()"], ["b()"], [], ["d()"]])
  }

  @Test("marked lines of code are hidden, other comments stay")
  func marks() throws {
    let source = try source("a()  // hide\nb()  // to hide it\n  precondition(c)  // check\n// d")
    #expect(
      source.blocks == [.code(.init(range: 2..<6, shown: ["b()  // to hide it", "// d"]))])
  }

  @Test("code lines are counted without comments and blank lines")
  func ordinals() throws {
    let source = try source("\na()\n  // comment\n//: Prose\nb()\n")
    #expect(source.codeLines == [3, 6])
    #expect([1, 3, 5, 6].map { source.codeOrdinal(ofLine: $0) } == [0, 1, 1, 2])
    #expect(source.line(ofCodeOrdinal: 2) == 6)
    #expect(source.line(ofCodeOrdinal: 3) == nil)
    #expect(source.line(ofCodeOrdinal: 0) == nil)
  }

  @Test(
    "sources that cannot be read are refused with the line",
    arguments: [
      ("let a = 1\n", 1), ("//: Title\n", 1), ("", 1),
      ("//: # T\n//: corpus: brown\n", 2), ("//: # T\nif a {\n  //: inside\n}\n", 3),
    ])
  func refusals(text: String, line: Int) {
    #expect {
      try ChapterSource(text, name: "main.swift")
    } throws: { error in
      guard case .source("main.swift", line, _) = error as? WeaveError else { return false }
      return true
    }
  }
}
