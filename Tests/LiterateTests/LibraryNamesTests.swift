import Foundation
import Testing

@testable import Literate

@Suite("Library names")
struct LibraryNamesTests {
  @Test("public names of the sources lead to their files, names that two files have to none")
  func sources() throws {
    let root = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: root) }
    for (path, text) in [
      "M/One.swift":
        "public struct One {\n  public func inner() {}\n}\n@inlinable\npublic func f() {}",
      "M/Two.swift": "package final class Two {}\npublic func f() {}\nstruct Own {}",
      "N/f.swift": "public func g() {}\n",
    ] {
      let file = root.appendingPathComponent("Sources/\(path)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let names = try LibraryNames(root: root)
    #expect(names.file(of: "One") == "Sources/M/One.swift")
    #expect(names.file(of: "Two") == "Sources/M/Two.swift")
    #expect(names.file(of: "N.g") == "Sources/N/f.swift")
    #expect(names.file(of: ".inner") == "Sources/M/One.swift")
    for none in ["f", "inner", "Own", "M.g"] { #expect(names.file(of: none) == nil, "\(none)") }
  }

  @Test("types and calls in code are used names; comments and own names are not")
  func used() {
    let names = LibraryNames([
      "Tensor": "T", "f": "F", "g": "G", "A.h": "H", "own": "O", ".m": "M", ".f": "N",
    ])
    let code = [
      "func own() {}", "let a: Tensor = f(g, own()) // Shape", "b.f() + A.h(g)", "c.Tensor, c.m",
    ]
    #expect(names.used(in: code) == ["Tensor", "f", ".f", "A.h"])
  }
}
