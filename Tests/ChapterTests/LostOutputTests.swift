import Foundation
import Literate
import Testing

@Suite("Results that cannot be printed")
struct LostOutputTests {
  @Test(
    "do not keep the run from saving its vectors; it ends with status 1",
    arguments: [">/dev/full", "| true", "2>&1 | true"])
  func saved(redirection: String) throws {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = Place.products.appendingPathComponent("chapter-training").path
    let script = """
      { "$0" --corpus embedded --epochs 1 --save a.vec --figure a.svg; echo $? >status; } \(redirection)
      while [ ! -s status ]; do sleep 0.1; done
      """
    let result = try run(
      URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", script, program], in: folder, timeout: 60)
    #expect(!result.timedOut)
    let files = try contents(of: folder)
    #expect(files.keys.sorted() == ["a.csv", "a.svg", "a.vec", "a.vec.json", "status"])
    #expect(files["status"] == .text("1\n"))
    if !redirection.hasPrefix("2") {
      #expect(result.stderr.contains("stdout cannot be written"), "\(result.stderr)")
    }
  }
}
