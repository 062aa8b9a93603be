import Foundation
import Literate
import Testing

/// A program and the golden file of what it prints.
struct GoldenRun: CustomTestStringConvertible, Sendable {
  var product: String
  var arguments: [String] = []
  var environment: [String: String] = [:]
  /// The golden file's name without its ending.
  var golden: String

  var testDescription: String { golden }
}

/// The programs that need no data.
private let offline: [GoldenRun] = [
  GoldenRun(
    product: "chapter-dataset", arguments: ["--corpus", "embedded"],
    golden: "chapter-dataset-embedded"),
  GoldenRun(product: "chapter-embedding-layer", golden: "chapter-embedding-layer"),
  GoldenRun(product: "chapter-skip-gram", golden: "chapter-skip-gram"),
  GoldenRun(product: "chapter-bce-loss", golden: "chapter-bce-loss"),
  GoldenRun(
    product: "chapter-training", arguments: ["--corpus", "embedded"],
    golden: "chapter-training-embedded"),
  GoldenRun(
    product: "chapter-similar-tokens", arguments: ["--corpus", "embedded"],
    golden: "chapter-similar-tokens-embedded"),
  GoldenRun(
    product: "chapter-exercises", arguments: ["--corpus", "embedded"],
    golden: "chapter-exercises-embedded"),
]

/// The programs on the Penn Treebank.
private let onPennTreebank: [GoldenRun] = [
  GoldenRun(
    product: "chapter-dataset", arguments: ["--corpus", "ptb"], golden: "chapter-dataset-ptb"),
  GoldenRun(
    product: "chapter-training", arguments: ["--corpus", "ptb"], golden: "chapter-training-ptb"),
  GoldenRun(
    product: "chapter-similar-tokens", arguments: ["--corpus", "ptb"],
    golden: "chapter-similar-tokens-ptb"),
]

@Suite("Golden files of the chapters", .serialized)
struct GoldenTests {
  @Test("stdout is what the golden file says", arguments: offline)
  func standardOutput(_ program: GoldenRun) throws {
    try expectGolden(program, pennTreebank: false)
  }

  @Test(
    "stdout on the Penn Treebank is what the golden file says",
    .enabled(if: Place.pennTreebank != nil, "needs the Penn Treebank: make data"),
    arguments: onPennTreebank)
  func standardOutputOnPennTreebank(_ program: GoldenRun) throws {
    try expectGolden(program, pennTreebank: true)
  }
}

/// Runs the program and compares all of its stdout; records it where `GOLDEN=record` is set, and
/// then fails too.
private func expectGolden(
  _ program: GoldenRun, pennTreebank: Bool, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let scratch = try temporaryDirectory()
  defer { try? FileManager.default.removeItem(at: scratch) }
  let recording = scratch.appendingPathComponent("recording.jsonl")
  var environment = program.environment.mapValues { Optional($0) }
  environment["LITERATE_RECORD"] = recording.path
  let printed = try run(
    program.product, program.arguments, environment: environment, currentDirectory: scratch,
    pennTreebank: pennTreebank)
  guard printed.status == 0, !printed.timedOut else {
    let reason = printed.timedOut ? "was out of time" : "ended with status \(printed.status)"
    Issue.record("\(program.product) \(reason)\n\(printed.stderr)", sourceLocation: sourceLocation)
    return
  }

  let lines = (try? String(contentsOf: recording, encoding: .utf8)) ?? ""
  let shown = Shown(parts: Record.outputParts(of: try Record.list(fromJSONLines: lines)))
  if let stray = unifiedDifference(from: shown.text, to: printed.stdout) {
    Issue.record(
      "\(program.product) printed past show():\n\(stray)", sourceLocation: sourceLocation)
    return
  }

  let file = Place.goldenFiles.appendingPathComponent("\(program.golden).txt")
  if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
    try Golden.text(of: shown).write(to: file, atomically: true, encoding: .utf8)
    Issue.record("recorded \(file.lastPathComponent); now run without GOLDEN=record")
    return
  }
  guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record(
      "no golden file \(file.lastPathComponent): make golden", sourceLocation: sourceLocation)
    return
  }
  if let difference = Golden.difference(golden: golden, shown: shown) {
    Issue.record(
      "\(file.lastPathComponent) (-) and what was printed (+) differ:\n\(difference)",
      sourceLocation: sourceLocation)
  }
}
