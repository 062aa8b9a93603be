import ArgumentParser
import ChapterSupport
import D2L
import Foundation
import Literate
import ProgramSupport
import Word2Vec

/// The options of this chapter.
struct ChapterOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chapter-exercises",
    abstract: "Answers the document's exercises: other words, settings, resampling.")

  @OptionGroup var corpus: CorpusOptions

  @Flag(help: "Try fewer settings, for fewer epochs. (the embedded corpus: always)")
  var quick = false

  @Flag(help: "Only train once, and tell whether that run lies inside the expected ranges.")
  var compare = false

  @Option(help: "The tab of the run that --compare makes: pytorch or mxnet.")
  var tab = Tab.pytorch

  @Option(help: "The seed of the run that --compare makes.")
  var seed: UInt64 = TrainingSettings().seed

  @Option(
    help: ArgumentHelp(
      "The table of seeds that --compare reads. (default: figures/seeds.csv, the Penn Treebank's)",
      valueName: "PATH"))
  var ranges: String?

  @Option(
    help: ArgumentHelp(
      "Only draw figures/engines.svg, from a CSV table of engine, group, seconds.",
      valueName: "PATH"))
  var engines: String?

  func validate() throws {
    try requirePaths(["--ranges": ranges, "--engines": engines])
    if case .file(let path) = corpus.source {
      throw ValidationError(
        "The exercises are about ptb or embedded, not about \(path), which has no text held out.")
    }
  }

  /// Whether to leave most of the study out.
  var isQuick: Bool { quick || corpus.source == .embedded }

  /// The epochs of the long runs.
  var longRun: Int { isQuick ? 8 : 20 }

  /// The seeds of the expected ranges.
  var seeds: [UInt64] { Array(0..<(isQuick ? 3 : 40)) }

  /// Whether there are enough runs of the document's text to hold against the published ones.
  var compares: Bool { corpus.isTheDocuments && !isQuick }

  /// Of these, the seeds of each single change.
  var fewSeeds: [UInt64] { Array(seeds.prefix(10)) }

  /// Where a figure goes; those of a quick run are no more than a try.
  func figurePath(_ name: String) -> String {
    corpus.figurePath(name, changes: quick && corpus.source == .pennTreebank ? ["quick"] : [])
  }

  /// The table of the expected ranges.
  var rangesPath: String {
    ranges ?? corpus.figurePath("seeds").replacing(".svg", with: ".csv")
  }

  /// Reads the text; ends the program with a sentence where that cannot be done.
  func readCorpus() -> Corpus { orExit { try corpus.read() } }

  /// Words whose neighbours are shown.
  var queries: [String] {
    corpus.source == .embedded
      ? ["violin", "oven", "bank", "harbour"]
      : ["chip", "stock", "monday", "court", "japan", "oil", "president", "bank"]
  }

  /// The text that is held out from training: the treebank's validation text, or a second text
  /// from the synthetic corpus's generator.
  func readHeldOut() -> Corpus {
    orExit {
      guard corpus.source == .pennTreebank, let training = CorpusOptions.pennTreebank else {
        return try Corpus.embedded(minimumCount: 1, seed: 1)
      }
      let folder = URL(fileURLWithPath: training).deletingLastPathComponent()
      return try Corpus(
        contentsOf: folder.appendingPathComponent("ptb.valid.txt").path,
        name: "Penn Treebank, validation text", minimumCount: 1)
    }
  }

  /// The trials that this run has time for.
  func chosen(_ trials: [Trial]) -> [Trial] {
    guard isQuick else { return trials }
    return trials.enumerated().filter { $0.offset % 4 == 1 }.map(\.element)
  }

  /// Does what one of the options that replace the chapter asks for, and ends the program.
  func runOtherTasks() {
    if let engines { orExit { try drawEngines(from: engines) } }
    if compare { orExit { try compareWithRanges() } }
    guard engines == nil, !compare else { Foundation.exit(0) }
  }
}
