import ArgumentParser
import ChapterSupport
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
      "Run with the seed and epochs of a trace, print how the two differ, and write nothing else.",
      valueName: "trace"))
  var compare: String?

  /// The trace's file, if one is asked for.
  var outputs: [OutputPath] { trace.map { [OutputPath($0, default: $0)] } ?? [] }

  /// Gathers the trace, if one is asked for.
  func recorder(_ trainer: Trainer) -> TraceRecorder? {
    trace == nil ? nil : TraceRecorder(trainer)
  }

  /// Writes the trace, if one is asked for.
  func write(
    _ recorder: TraceRecorder?, _ history: TrainingHistory, _ vectors: WordVectors
  ) throws {
    guard let trace, let recorder else { return }
    try recorder.trace(history, vectors).write(to: trace)
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
    settings.seed = expected.seed
    settings.epochs = max(1, expected.order.epochSha256.count)
    var trainer = try Trainer(corpus.read(), settings)
    let got = try trainer.trace()
    if let trace { try got.write(to: trace) }
    let comparison = TraceComparison(expected: expected, got: got)
    print(comparison)
    let (wrong, all) = (comparison.rows.count { !$0.isOK }, comparison.rows.count)
    let verdict = wrong == 0 ? "agrees in all \(all)" : "differs in \(wrong) of \(all)"
    note("\(compare): the \(settings.engine) engine's run \(verdict) lines.")
    Foundation.exit(wrong == 0 ? 0 : 1)
  }
}
