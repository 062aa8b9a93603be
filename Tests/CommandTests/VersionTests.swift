import Foundation
import Testing

@testable import Command

@Suite("The version")
struct VersionTests {
  private func text(of name: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
  }

  @Test("is that of the changelog's newest heading, -dev before its release, and README's")
  func changelog() throws {
    let heading = try #require(
      text(of: "CHANGELOG.md").firstMatch(
        of: /(?m)^## \[(\d+\.\d+\.\d+)\] - (unreleased|\d{4}-\d\d-\d\d)$/))
    let version = heading.1 + (heading.2 == "unreleased" ? "-dev" : "")
    #expect(Word2VecCommand.configuration.version == version)
    #expect(try Workplace().run("--version").stdout == "\(version)\n")
    #expect(try text(of: "README.md").contains("from:\n\"\(heading.1)\")"))
  }
}
