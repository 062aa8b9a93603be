import Foundation
import Literate
import Testing

@Suite("Ctrl-C, a closed terminal and kill")
struct InterruptionTests {
  @Test(
    "save the vectors so far beside a whole run's, and say where",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func vectorsWritten(signal: Int32) throws {
    let before = Data.text("1 1\nfinished 0.5\n")
    let result = try interrupted(
      "chapter-training", ["--corpus", "embedded", "--save", "a.vec", "--embed-size", "10"],
      files: ["a.vec": before], by: signal)
    #expect(result.status == 128 + signal)
    #expect(isBeforeTheLoop(result.stdout))
    #expect(result.sentence.hasPrefix("stopped after "), "\(result.sentence)")
    let place = String(result.sentence.dropLast().split(separator: " ").last ?? "")
    #expect(place.hasPrefix("a-after-") && place.hasSuffix("-epochs.vec"), "\(result.sentence)")
    #expect(result.files.keys.sorted() == [place, place + ".json", "a.vec"].sorted())
    #expect(result.files["a.vec"] == before, "the finished run's vectors stay")
    let lines = String(decoding: result.files[place] ?? Data(), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.first == "1103 10")
    #expect(lines.count == 1104)
    #expect(lines.dropFirst().allSatisfy { $0.split(separator: " ").count == 11 })
  }

  @Test("save as much where no place was given, and a checkpoint where one was")
  func defaultPlace() throws {
    let result = try interrupted(
      "chapter-training", ["--corpus", "embedded", "--checkpoint", "c"], by: SIGTERM)
    #expect(result.status == 143)
    #expect(result.sentence.hasSuffix("; --resume c goes on from there."), "\(result.sentence)")
    let names = result.files.keys.filter { $0.hasSuffix("-epochs.vec") }
    #expect(names.count == 1 && names[0].hasPrefix("vectors/embedded-epochs-1000000-after-"))
    #expect(result.files["c"] != nil)
  }

  /// Starts a training run of very many epochs, lets it come to the training, sends a signal.
  private func interrupted(
    _ product: String, _ arguments: [String], files: [String: Data] = [:],
    by signal: Int32 = SIGINT
  ) throws -> (status: Int32, stdout: String, sentence: Substring, files: [String: Data]) {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try bytes.write(to: folder.appendingPathComponent(name)) }
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
    usleep(2000)
    kill(process.processIdentifier, signal)  // as `timeout` does
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
