import Foundation
import Testing

@testable import Literate

@Suite("The HTML book")
struct HTMLBookTests {
  @Test("GitHub's math becomes pandoc's, code stays")
  func math() {
    let markdown = "a $`x_1`$ b $`y`$\n```math\nz\n```\n````swift\n$`q`$\n```math\n````\n`$5`"
    #expect(
      withDollarMath(markdown)
        == "a $x_1$ b $y$\n$$\nz\n$$\n````swift\n$`q`$\n```math\n````\n`$5`")
  }

  private static let hasPandoc = [
    "/usr/bin/pandoc", "/usr/local/bin/pandoc", "/opt/homebrew/bin/pandoc",
  ]
  .contains { FileManager.default.isExecutableFile(atPath: $0) }

  @Test("pages become one, with links and figures inside", .enabled(if: hasPandoc, "needs pandoc"))
  func book() throws {
    let root = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: root) }
    let files = [
      "chapters/README.md": "# All\n\n[one](0-one/README.md#end) [folder](0-one/)\n",
      "chapters/0-one/main.swift": "//: # One\n",
      "chapters/0-one/README.md": """
      # One

      $`x_1`$ [all](../README.md) [self](#end) [code](../../Sources/A.swift) [out](https://a.b)

      [← All](../README.md) · [Source](main.swift)

      ```swift
      let a = 1 // one
      ```

      ## End

      ![A square](../../figures/a.svg)
      """,
      "Sources/A.swift": "let ownCode = 1\n",
      "figures/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    ]
    for (path, text) in files {
      let file = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let html = try HTMLBook(root: root).text()
    for link in [
      "#0-one-end", "#0-one", "#contents", "#file-Sources-A.swift", "https://a.b", "#files",
    ] {
      #expect(html.contains("href=\"\(link)\""), "\(link)")
    }
    for id in ["contents", "0-one", "0-one-end", "figure-a", "files"] {
      #expect(html.contains("id=\"\(id)\""))
    }
    #expect(html.contains("<math"))
    #expect(html.contains("src=\"data:image/svg+xml;base64,"))
    #expect(!html.contains("figures/a.svg"))
    #expect(html.contains("<figcaption>A square</figcaption>"))
    #expect(html.contains("<h1>Pretraining word2vec, in Swift</h1>"))
    #expect(html.contains("<li><a href=\"#0-one\"><span class=\"number\">0</span> One</a>"))
    #expect(html.contains("<span class=\"kw\">let</span>") && html.contains("ownCode"))
    #expect(!html.contains("Source</a>") && !html.contains("tabindex"))

    try FileManager.default.removeItem(at: root.appendingPathComponent("Sources/A.swift"))
    #expect(throws: WeaveError.self) { try HTMLBook(root: root).text() }
    try "let".write(
      to: root.appendingPathComponent("Sources/A.swift"), atomically: true, encoding: .utf8)

    try FileManager.default.removeItem(at: root.appendingPathComponent("figures/a.svg"))
    #expect(throws: WeaveError.self) { try HTMLBook(root: root).text() }
  }
}
