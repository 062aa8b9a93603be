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

  /// The vectors' file of a tab.
  func vectors(_ tab: Tab) -> OutputPath {
    OutputPath(save, default: corpus.vectorsPath(of: tab))
  }

  /// The figure's file of a tab; the committed figures are the Penn Treebank's.
  func lossFigure(_ tab: Tab) -> OutputPath {
    let name = corpus.source == .pennTreebank ? "loss" : "loss-\(corpus.shortName)"
    return OutputPath(figure, default: "figures/\(name)\(tab.suffix).svg")
  }

  /// Checks the places of the vectors and the figures, before anything is trained, and does what an
  /// option that replaces the chapter asks for.
  func runOtherTasks() {
    var inputs: [String] = []
    if case .file(let path) = corpus.source { inputs.append(path) }
    orExit {
      let outputs = try training.tabs.flatMap { tab in
        [vectors(tab), lossFigure(tab), try lossFigure(tab).table()]
      }
      try OutputPath.check(outputs + traces.outputs, apartFrom: inputs)
      try traces.compareAndExit(corpus, training.settings)
    }
  }

  /// Refuses a trace of what no trace can hold, and one file for two tabs.
  func validate() throws {
    let named = [("save", save), ("figure", figure), ("trace", traces.trace)].first { $0.1 != nil }
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
