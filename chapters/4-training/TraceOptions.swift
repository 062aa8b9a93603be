import ArgumentParser
import ChapterSupport
import D2L
import Foundation
import Literate
import ProgramSupport
import Word2Vec

/// The options that hold a run against the original program's run of the same seed.
struct TraceOptions: ParsableArguments {
  @Option(help: "Write what the run draws and loses as JSON: digests, losses, neighbours.")
  var trace: String?

  @Option(
    help: ArgumentHelp(
      "Run with the tab, seed and epochs of a trace, print how the two differ, and write nothing else.",
      valueName: "trace"))
  var compare: String?

  func validate() throws { try requirePaths(["--trace": trace, "--compare": compare]) }

  /// The trace that is read, if any.
  var inputs: [String] { compare.map { [$0] } ?? [] }

  /// The trace's file, if one is asked for.
  var outputs: [OutputPath] { trace.map { [OutputPath($0, default: $0)] } ?? [] }

  /// Writes the trace, if one is asked for.
  func write(_ program: Program, _ history: TrainingHistory, _ vectors: WordVectors) throws {
    guard let trace else { return }
    try program.trace(history, vectors).write(to: trace)
    note("trace: \(trace)")
  }

  /// With `--compare`: runs, prints the table and ends the program, with status 1 if something
  /// differs by more than it may.
  func compareAndExit(_ corpus: CorpusOptions, _ settings: TrainingSettings) throws {
    guard let compare else { return }
    let expected = try Trace(contentsOf: compare)
    var corpus = corpus
    if corpus.corpus == "auto" { corpus.corpus = "ptb" }  // another text's trace names its text
    var settings = settings
    settings.tab = expected.tab
    settings.seed = expected.seed
    settings.weightsSeed = UInt32(truncatingIfNeeded: expected.seed)
    settings.epochs = max(1, expected.order.epochSha256.count)
    let got = try Program(corpus.read(), settings).trace()
    if let trace { try got.write(to: trace) }
    let comparison = TraceComparison(expected: expected, got: got)
    print(comparison)
    let (wrong, all) = (comparison.rows.count { !$0.isOK }, comparison.rows.count)
    let verdict = wrong == 0 ? "agrees in all \(all)" : "differs in \(wrong) of \(all)"
    note("\(compare): the \(settings.engine) engine's run \(verdict) lines.")
    Foundation.exit(wrong == 0 ? 0 : 1)
  }
}
