import Files
import Foundation
import Literate
import Testing
import Word2Vec

/// A short training run, down to the last bit of its vectors.
///
/// `make bits` holds builds for other processors against the same golden file.
@Suite("Bits of the vectors", .serialized)
struct BitsTests {
  private let file = Place.goldenFiles.appendingPathComponent("bits.txt")
  private let arguments = ["--corpus", "embedded", "--epochs", "1", "--quiet"]

  /// Trains and returns the SHA-256 of the file of vectors.
  private func digest(_ more: [String]) throws -> String {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let vectors = folder.appendingPathComponent("bits.vec")
    let printed = try run(
      "chapter-training", arguments + ["--save", vectors.path] + more, currentDirectory: folder)
    try #require(printed.status == 0, "\(printed.stderr)")
    return SHA256.hexDigest(of: try Data(contentsOf: vectors))
  }

  @Test("are those of the golden file, on any number of threads")
  func sameBytes() throws {
    let found = try digest(["--threads", "2"])
    #expect(try digest(["--threads", "1"]) == found)
    #expect(try digest(["--threads", "3", "--lr", "0.003"]) != found)  // the digest says something
    let text = """
      SHA-256 of the vectors of chapter-training \(arguments.joined(separator: " "))
      \(found)

      """
    if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded bits.txt; now run without GOLDEN=record")
      return
    }
    let expected = try? String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, "kernels that round otherwise? then record with: make golden")
  }
}
