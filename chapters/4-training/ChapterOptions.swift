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

  /// The vectors' file.
  var vectors: OutputPath {
    OutputPath(save, default: "vectors/\(corpus.shortName)\(tabSuffix).vec")
  }

  /// What tells the files of the MXNet tab from those of the other.
  private var tabSuffix: String { training.tab == .pytorch ? "" : "-\(training.tab)" }

  /// The figure's file; the committed figure is the Penn Treebank's.
  var lossFigure: OutputPath {
    let name = corpus.source == .pennTreebank ? "loss" : "loss-\(corpus.shortName)"
    return OutputPath(figure, default: "figures/\(name)\(tabSuffix).svg")
  }

  /// Checks the places of the vectors and the figure, before anything is trained.
  func checkPaths() throws {
    var inputs: [String] = []
    if case .file(let path) = corpus.source { inputs.append(path) }
    try OutputPath.check(
      [vectors, lossFigure, lossFigure.table()] + traces.outputs, apartFrom: inputs)
  }

  /// Refuses a trace of what no trace can hold.
  func validate() throws {
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

  /// After Ctrl-C: saves the vectors if `--save` asked for them, says how far the run came, and
  /// ends the program.
  func stopIfInterrupted(
    _ engine: any TrainingEngine, _ corpus: Corpus, _ history: TrainingHistory
  ) {
    guard Interruption.isRequested else { return }
    let done = String(format: "stopped after %.2f epochs", history.epochsDone)
    if let save {
      orExit { try trained(engine, corpus).write(to: save) }
      note("\(done); the vectors so far are in \(save).")
    } else {
      note("\(done); nothing was written.")
    }
    Foundation.exit(Interruption.status)
  }
}

extension VectorTable: ExpressibleByArgument {}
