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
  private var changes: [String] { settings.changes }

  /// The settings of the run.
  var settings: TrainingSettings { training.settings }

  /// What the run is made from.
  func record(_ corpus: Corpus) -> RunRecord {
    self.corpus.record(corpus, settings, table: table)
  }

  /// The vectors' file.
  func vectors(_ record: RunRecord) -> OutputPath {
    let changes = changes + (table == .centers ? [] : ["\(table)"])
    return save.map { OutputPath($0, default: $0) }
      ?? corpus.vectors(of: record, changes: changes)
  }

  /// The figure's file; the committed figure is the Penn Treebank's with the document's settings.
  var lossFigure: OutputPath {
    OutputPath(figure, default: corpus.figurePath("loss", changes: changes))
  }

  /// Checks the places of the vectors and the figure, before anything is trained.
  func checkPaths() throws {
    var inputs: [String] = []
    if case .file(let path) = corpus.source { inputs.append(path) }
    let vectors = save.map { OutputPath($0, default: $0) } ?? corpus.vectors(changes: changes)
    let files = try [vectors, vectors.withSuffix(".json"), lossFigure, lossFigure.table()]
    try OutputPath.check(files + checkpoint.outputs + traces.outputs, apartFrom: inputs)
    let experiment = changes.filter { $0 != "\(settings.tab)" } + corpus.changes
    guard !experiment.isEmpty, save == nil || figure == nil else { return }
    note("not the document's: \(experiment.joined(separator: ", ")); the files are named so")
  }

  /// Refuses a checkpoint of the reference, and a trace of what no trace can hold.
  func validate() throws {
    guard checkpoint.file == nil || settings.engine == .fused else {
      throw ValidationError(
        "--engine reference, which is to be read, keeps no checkpoint; leave one of the two out.")
    }
    guard checkpoint.file == nil || traces.compare == nil else {
      throw ValidationError("--compare writes nothing else; leave the checkpoint out.")
    }
    guard traces.trace ?? traces.compare != nil else { return }
    guard table == .centers else {
      throw ValidationError("A trace holds the vectors of words as centres; leave --table out.")
    }
    guard training.resample else { return }
    throw ValidationError(
      "--resample draws examples anew at each use, which no trace can hold; leave it out.")
  }

  /// The vectors to be saved.
  func trained(_ engine: any TrainingEngine, _ corpus: Corpus) -> WordVectors {
    WordVectors(
      vocabulary: corpus.vocabulary, embedV: engine.embedV, embedU: engine.embedU, table: table)
  }

  /// Saves the vectors, before anything else is tried that could fail.
  func save(_ vectors: WordVectors, _ record: RunRecord) throws {
    let place = self.vectors(record)
    try vectors.write(to: place, record)
    note("vectors: \(place.path)")
  }

  /// After Ctrl-C: saves the vectors beside the place of a whole run's, writes the checkpoint, says
  /// how far the run came, and ends the program.
  func stopIfInterrupted(
    _ engine: any TrainingEngine, _ corpus: Corpus, _ history: TrainingHistory,
    _ checkpoint: inout RunCheckpoint
  ) throws {
    guard Interruption.isRequested else { return }
    let written = history.batchCount > 0 ? checkpoint.write() : nil
    let record = record(corpus)
    try endInterrupted(
      trained(engine, corpus), record, beside: vectors(record), history,
      remark: written.map { "; --resume \($0) goes on from there" } ?? "")
  }
}

extension VectorTable: ExpressibleByArgument {}
