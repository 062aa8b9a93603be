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
    commandName: "chapter-training",
    abstract: "Trains word vectors as the document does and draws the loss curve.")

  @OptionGroup var corpus: CorpusOptions
  @OptionGroup var training: TrainingOptions
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var traces: TraceOptions

  @Option(
    help: ArgumentHelp(
      "Where the vectors go. (default: vectors/<corpus>.vec)", valueName: "PATH"))
  var save: String?

  @Option(
    help: "Save the vectors of words as centres, those as contexts, or both, one behind the other.")
  var table = VectorTable.centers

  @Option(
    help: ArgumentHelp(
      "Where the figure goes: .svg, .png or .pdf. (default: figures/loss.svg, for other texts "
        + "than the Penn Treebank figures/loss-<corpus>.svg)", valueName: "PATH"))
  var figure: String?

  @Flag(help: "Show no progress.")
  var quiet = false

  /// What is not as in the document, as parts of the files' names.
  private func changes(_ tab: Tab) -> [String] { training.settings(of: tab).changes }

  /// Where the vectors of a tab's run go that nobody gave a place.
  private func changesOfVectors(_ tab: Tab) -> [String] {
    changes(tab) + (table == .centers ? [] : ["\(table)"])
  }

  /// The vectors' file of a run.
  func vectors(_ tab: Tab, _ record: RunRecord) -> OutputPath {
    save.map { OutputPath($0, default: $0) }
      ?? corpus.vectors(of: record, changes: changesOfVectors(tab))
  }

  /// The figure's file of a tab; the committed figures are the Penn Treebank's with the document's
  /// settings.
  func lossFigure(_ tab: Tab) -> OutputPath {
    OutputPath(figure, default: corpus.figurePath("loss", changes: changes(tab)))
  }

  /// Where the vectors of a tab's run go, or in the same folder, if nobody has read the text yet.
  private func likelyVectors(_ tab: Tab) -> OutputPath {
    save.map { OutputPath($0, default: $0) }
      ?? corpus.vectors(changes: changesOfVectors(tab))
  }

  /// Checks that there is room for what the runs save.
  func checkRoom(_ corpus: Corpus) throws {
    for tab in training.tabs {
      try likelyVectors(tab).checkRoom(
        for: corpus, training.settings(of: tab), table: table, checkpoint: checkpoint.file)
    }
  }

  /// Checks the places of the vectors and the figures, before anything is trained, and does what an
  /// option that replaces the chapter asks for.
  func runOtherTasks() {
    var inputs: [String] = []
    if case .file(let path) = corpus.source { inputs.append(path) }
    orExit {
      let outputs = try training.tabs.flatMap { tab in
        let place = likelyVectors(tab)
        return [
          place, place.withSuffix(".json"), lossFigure(tab), try lossFigure(tab).table(),
        ]
      }
      try OutputPath.check(
        outputs + checkpoint.outputs + traces.outputs,
        apartFrom: inputs + checkpoint.inputs + traces.inputs)
      try checkpoint.checkIsNew()
      try traces.compareAndExit(corpus, training.settings)
    }
    let experiment =
      changes(training.tabs[0]).filter { $0 != "\(training.tabs[0])" } + corpus.changes
    if !experiment.isEmpty, save == nil || figure == nil {
      note("not the document's: \(experiment.joined(separator: ", ")); the files are named so")
    }
  }

  /// Refuses an empty path, a checkpoint of the reference, a trace of what no trace can hold, and one
  /// file for two tabs.
  func validate() throws {
    try requirePaths(["--save": save, "--figure": figure])
    guard checkpoint.file == nil || training.engine == .fused else {
      throw ValidationError(
        "--engine reference, which is to be read, keeps no checkpoint; leave one of the two out.")
    }
    guard checkpoint.file == nil || traces.compare == nil else {
      throw ValidationError("--compare writes nothing else; leave the checkpoint out.")
    }
    let named = [
      ("save", save), ("figure", figure), ("trace", traces.trace),
      ("checkpoint", checkpoint.checkpoint), ("resume", checkpoint.resume),
    ].first { $0.1 != nil }
    if let named, training.tabs.count > 1 {
      throw ValidationError(
        "--tab both makes two of each file; leave --\(named.0) out, or give one tab.")
    }
    guard traces.trace ?? traces.compare != nil else { return }
    guard table == .centers else {
      throw ValidationError("A trace holds the vectors of words as centres; leave --table out.")
    }
    guard training.resample else { return }
    throw ValidationError(
      "--resample draws examples anew at each use, which no trace can hold; leave it out.")
  }
}

extension VectorTable: ExpressibleByArgument {}
