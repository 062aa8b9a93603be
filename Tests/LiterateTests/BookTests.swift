import Files
import Foundation
import Testing

@testable import Literate

/// A package with one chapter, whose product is a shell script that reads a constant in
/// `main.swift` and shows it, as a build of the source would.
private final class Package {
  let root: URL
  private let products: URL

  init(corpus: String? = nil) throws {
    root = try temporaryDirectory()
    products = root.appendingPathComponent("products")
    try write(
      """
      //: # A constant
      \(corpus.map { "//: corpus: \($0)" } ?? "//: section: none")
      //: It is {{answer}}.
      let answer = 42
      show("\\(answer), \\(volatile: time)")
      """, to: "chapters/0-constant/main.swift")
    try write("let library = 1\n", to: "Sources/Word2Vec/A.swift")
    try write("1,2.5\n", to: "numbers.csv")
    try write("[0](0-constant/) [a](../figures/a.svg)\n", to: "chapters/README.md")
    try writeScript(stray: "")
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func write(_ text: String, to path: String) throws {
    let file = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  func edit(_ path: String, _ old: String, _ new: String) throws {
    try write(try read(path).replacing(old, with: new), to: path)
  }

  func read(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Writes the chapter's product; `stray` is printed past `show`.
  func writeScript(stray: String) throws {
    let script = """
      #!/bin/sh
      answer=$(sed -n 's/^let answer = //p' '\(root.path)/chapters/0-constant/main.swift')
      time=$(date +%N)
      mkdir figures; cp '\(root.path)/numbers.csv' figures/a.csv; echo '<svg/>' >figures/a.svg
      echo "$answer, $time"
      \(stray.isEmpty ? ":" : "echo \(stray)")
      at='"file":"ChapterConstant/main.swift","line":5'
      {
        echo '{'$at',"parts":[{"text":"'$answer', "},{"text":"'$time'","volatile":true}]}'
        echo '{'$at',"name":"answer","parts":[{"text":"'$answer'"}]}'
        echo '{'$at',"figure":"figures/a.svg","parts":[{"text":"A square"}]}'
      } >>"$LITERATE_RECORD"
      """
    try writeProduct(script)
  }

  func writeProduct(_ script: String) throws {
    try write(script, to: "products/chapter-constant")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: products.appendingPathComponent("chapter-constant").path)
  }

  func update(pennTreebank: URL? = nil) throws -> BookUpdate {
    BookUpdate(of: try Book(root: root, products: products, pennTreebank: pennTreebank))
  }
}

@Suite("A book")
struct BookTests {
  private let page = "chapters/0-constant/README.md"
  private let source = "chapters/0-constant/main.swift"

  @Test("weaving writes page, recording and figure; nothing is to do then")
  func weaving() throws {
    let package = try Package()
    #expect(try package.update().differences().count == 4)
    let update = try package.update()
    #expect(update.problems.isEmpty)
    try update.write()
    #expect(try package.read(page).contains("It is 42."))
    #expect(try package.read("figures/a.csv") == "1,2.5\n")
    // The time of a second run differs, and is volatile.
    #expect(try package.update().differences().isEmpty)
  }

  @Test("a changed constant is caught by the check, which writes nothing")
  func changedConstant() throws {
    let package = try Package()
    try package.update().write()
    let before = try package.read(page)
    try package.edit(source, "answer = 42", "answer = 43")
    let differences = try package.update().differences()
    #expect(differences.contains { $0.contains("-It is 42.") && $0.contains("+It is 43.") })
    #expect(try package.read(page) == before)
    try package.update().write()
    #expect(try package.update().differences().isEmpty)
  }

  @Test("changed code of a library is caught, a changed comment is not")
  func changedLibrary() throws {
    let package = try Package()
    try package.update().write()
    try package.edit("Sources/Word2Vec/A.swift", "let", "// A comment.\n\nlet")
    #expect(try package.update().differences().isEmpty)
    try package.edit("Sources/Word2Vec/A.swift", "= 1", "= 2")
    #expect(try package.update().differences().count == 2)
  }

  @Test("changed code beside the chapter's is caught")
  func changedNeighbour() throws {
    let package = try Package()
    try package.write("let a = 1\n", to: "chapters/0-constant/Options.swift")
    try package.update().write()
    #expect(try package.update().differences().isEmpty)
    try package.edit("chapters/0-constant/Options.swift", "= 1", "= 2")
    #expect(try package.update().differences().count == 2)
  }

  @Test("a page edited by hand is caught")
  func editedPage() throws {
    let package = try Package()
    try package.update().write()
    try package.edit(page, "It is 42", "It was 42")
    #expect(try package.update().differences().count == 1)
  }

  @Test("numbers of a figure may move by a rounding, not more")
  func figureNumbers() throws {
    let package = try Package()
    try package.update().write()
    try package.write("1,2.500001\n", to: "numbers.csv")
    #expect(try package.update().differences().isEmpty)
    try package.write("1,2.6\n", to: "numbers.csv")
    #expect(try package.update().differences().count == 1)
  }

  @Test("a chapter that is not there is a problem")
  func unknownName() throws {
    let package = try Package()
    let book = try Book(root: package.root, products: package.root, pennTreebank: nil)
    let update = BookUpdate(of: book, names: ["9-none"])
    #expect(update.problems.first == "there is no chapter 9-none in chapters/")
    #expect(update.files.isEmpty)
  }

  @Test("a link to a file that is not there is a problem")
  func brokenLink() throws {
    let package = try Package()
    try package.edit(source, "It is", "See [the code](../../Sources/Word2Vec/B.swift). It is")
    #expect(
      try package.update().problems.first
        == "0-constant/main.swift:3: a link leads to ../../Sources/Word2Vec/B.swift, which is not "
        + "there")
    try package.write("let b = 1\n", to: "Sources/Word2Vec/B.swift")
    try package.update().write()
    #expect(try package.update().problems.isEmpty)
    try package.edit(source, "See [the", "See [above](README.md#a-part) and [the")
    #expect(
      try package.update().problems.first
        == "0-constant/main.swift:3: 0-constant has no heading #a-part")
    try package.edit(source, "//: See", "//: ## A part.\n//: See")
    #expect(try package.update().problems.isEmpty)
  }

  @Test("the difference of two recordings is told in words, not in JSON")
  func readableDifference() throws {
    let package = try Package()
    try package.update().write()
    try package.edit(source, "answer = 42", "answer = 43")
    let difference = try #require(
      package.update().differences().first { $0.contains("recording.jsonl") })
    #expect(difference.contains("-code line 2 records {{answer}} as 42"))
    #expect(!difference.contains("\"parts\""))
  }

  @Test("an index without a chapter or a figure is a problem")
  func index() throws {
    let package = try Package()
    try package.update().write()
    #expect(try package.update().problems.isEmpty)
    try package.write("Nothing.\n", to: "chapters/README.md")
    #expect(
      try package.update().problems == [
        "chapters/README.md has no link (0-constant/",
        "chapters/README.md has no link (../figures/a.svg)",
      ])
  }

  @Test("text printed past show() is refused")
  func stray() throws {
    let package = try Package()
    try package.writeScript(stray: "stray")
    let problems = try package.update().problems
    #expect(problems.count == 1)
    #expect(problems.first?.contains("+stray") == true)
  }

  @Test("a chapter that fails, or is not built, is named")
  func failure() throws {
    let package = try Package()
    try package.writeProduct("#!/bin/sh\necho why >&2\nexit 3\n")
    #expect(try package.update().problems.first?.contains("status 3\nwhy") == true)
    try FileManager.default.removeItem(
      at: package.root.appendingPathComponent("products/chapter-constant"))
    #expect(try package.update().problems.first?.contains("not built") == true)
  }

  @Test("without the data the recording is shown, as long as the code is the same")
  func replay() throws {
    let package = try Package(corpus: "ptb")
    #expect(try package.update().problems.first?.contains("has no recording") == true)
    try package.write("the cat\n", to: "ptb/ptb.train.txt")
    let data = package.root.appendingPathComponent("ptb")
    try package.update(pennTreebank: data).write()
    let digest = SHA256.hexDigest(of: "the cat\n".utf8).prefix(16)
    #expect(try package.read(page).contains("recorded on the Penn Treebank, `sha256:\(digest)`"))

    // Neither the data nor the product is needed now; prose may change.
    try FileManager.default.removeItem(at: data)
    try package.writeProduct("#!/bin/sh\nexit 1\n")
    #expect(try package.update().problems.isEmpty)
    #expect(try package.update().differences().isEmpty)
    try package.edit(source, "It is", "\n//: It is surely")
    #expect(try package.update().differences().count == 1)

    try package.edit(source, "answer = 42", "answer = 43")
    #expect(try package.update().problems.first?.contains("from other code") == true)
  }
}
