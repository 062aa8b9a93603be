import ArgumentParser
import ChapterSupport
import Foundation
import Literate
import Word2Vec

/// The options of this chapter.
struct ChapterOptions: ParsableArguments {
  static let configuration = CommandConfiguration(
    commandName: "chapter-training",
    abstract: "Trains word vectors as the document does and draws the loss curve.")

  @OptionGroup var corpus: CorpusOptions
  @OptionGroup var training: TrainingOptions
  @OptionGroup var traces: TraceOptions

  @Option(help: "Where the vectors go. (default: vectors/<corpus>.vec)")
  var save: String?

  @Option(help: "Where the figure goes: .svg, .png or .pdf. (default: figures/loss.svg)")
  var figure: String?

  @Flag(help: "Show no progress.")
  var quiet = false

  /// The vectors' file.
  var vectorsPath: String { save ?? "vectors/\(corpus.shortName).vec" }

  /// The figure's file; the committed figure is the Penn Treebank's.
  var figurePath: String {
    figure ?? (corpus.shortName == "ptb" ? "figures/loss.svg" : "figures/loss-embedded.svg")
  }

  /// Checks the places of the vectors and the figure, before anything is trained.
  func preparePaths() throws {
    try OutputPath.prepare(vectorsPath, isDefault: save == nil)
    try OutputPath.prepare(figurePath, isDefault: figure == nil)
    try traces.preparePath()
  }

  /// Refuses a trace of examples that no trace can hold.
  func validate() throws {
    guard training.resample, traces.trace ?? traces.compare != nil else { return }
    throw ValidationError(
      "--resample draws examples anew at each use, which no trace can hold; leave it out.")
  }

  /// After Ctrl-C: saves the vectors if `--save` asked for them, says how far the run came, and
  /// ends the program.
  func stopIfInterrupted(_ trainer: Trainer, _ corpus: Corpus, _ history: TrainingHistory) {
    guard Interruption.isRequested else { return }
    let epochs = Double(history.batchCount) / Double(trainer.batchesPerEpoch)
    let done = String(format: "stopped after %.2f epochs", epochs)
    if let save {
      let vectors = WordVectors(
        vocabulary: corpus.vocabulary, embedding: trainer.engine.embedV)
      orExit { try vectors.save(to: save) }
      note("\(done); the vectors so far are in \(save).")
    } else {
      note("\(done); nothing was written.")
    }
    Foundation.exit(130)
  }
}
