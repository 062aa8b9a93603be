import Foundation
import Literate
import Testing

@Suite("Ctrl-C, a closed terminal and kill")
struct InterruptionTests {
  @Test("end a training run with a sentence and status 130, and write nothing")
  func nothingWritten() throws {
    let result = try interrupted("chapter-training", ["--corpus", "embedded"])
    #expect(result.status == 130)
    #expect(isBeforeTheLoop(result.stdout))
    #expect(result.sentence.hasSuffix("nothing was written."), "\(result.sentence)")
    #expect(result.files.isEmpty, "\(result.files.keys)")
  }

  @Test(
    "save the vectors so far, whole, where --save asked for them",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func vectorsWritten(signal: Int32) throws {
    let result = try interrupted(
      "chapter-training", ["--corpus", "embedded", "--save", "a.vec", "--embed-size", "10"],
      by: signal)
    #expect(result.status == 128 + signal)
    #expect(isBeforeTheLoop(result.stdout))
    #expect(result.sentence.hasPrefix("stopped after "), "\(result.sentence)")
    #expect(result.sentence.hasSuffix("the vectors so far are in a.vec."), "\(result.sentence)")
    #expect(result.files.keys.sorted() == ["a.vec"])
    let lines = String(decoding: result.files["a.vec"] ?? Data(), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.first == "1103 10")
    #expect(lines.count == 1104)
    #expect(lines.dropFirst().allSatisfy { $0.split(separator: " ").count == 11 })
  }

  /// Starts a training run of very many epochs, lets it come to the training, sends a signal.
  private func interrupted(
    _ product: String, _ arguments: [String], by signal: Int32 = SIGINT
  ) throws -> (status: Int32, stdout: String, sentence: Substring, files: [String: Data]) {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let outputs = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: outputs) }
    let (out, err) = (outputs.appendingPathComponent("out"), outputs.appendingPathComponent("err"))
    for file in [out, err] { try Data().write(to: file) }

    let process = Process()
    process.executableURL = Place.products.appendingPathComponent(product)
    process.arguments = arguments + ["--epochs", "1000000"]
    process.currentDirectoryURL = folder
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    let timeout = Date(timeIntervalSinceNow: 60)
    while try !text(err).contains("training: "), process.isRunning, Date() < timeout {
      usleep(20_000)
    }
    usleep(100_000)
    kill(process.processIdentifier, signal)
    while process.isRunning, Date() < timeout { usleep(20_000) }
    if process.isRunning {
      Issue.record("the run goes on")
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    return (
      process.terminationStatus, try text(out),
      try text(err).split(separator: "\n").last ?? "", try contents(of: folder)
    )
  }

  private func text(_ file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
