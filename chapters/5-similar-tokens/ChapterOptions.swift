import ArgumentParser
import ChapterSupport
import Foundation
import Literate
import Word2Vec

/// The options of this chapter.
struct ChapterOptions: ParsableArguments {
  static let configuration = CommandConfiguration(
    commandName: "chapter-similar-tokens",
    abstract: "Finds the words whose vectors are nearest to a word's.")

  @Option(help: "The word whose neighbours are sought. (default: chip)")
  var query: String?

  @Option(name: .customLong("k"), help: "How many neighbours.")
  var k = 3

  @Option(help: "Word2vec text to search. (default: vectors/<corpus>.vec)")
  var vectors: String?

  @OptionGroup var corpus: CorpusOptions

  func validate() throws {
    guard k >= 1 else { throw ValidationError("--k is \(k); give 1 or more.") }
  }

  /// The document's query; the embedded corpus has a word of its own.
  var defaultQuery: String {
    vectors == nil && corpus.shortName == "embedded" ? "violin" : "chip"
  }

  /// Loads the saved vectors; if there are none, trains them as the training chapter does.
  func loadOrTrain() throws -> WordVectors {
    let path = vectors ?? "vectors/\(corpus.shortName).vec"
    if vectors != nil || FileManager.default.fileExists(atPath: path) {
      note("vectors: \(path)")
      return try WordVectors(contentsOf: path)
    }
    note("\(path) is not there yet: training")
    try OutputPath.prepare(path, isDefault: true)
    let corpus = try corpus.read()
    var trainer = try Trainer(corpus, TrainingSettings())
    var bar = ProgressBar(
      epochs: trainer.settings.epochs, batchesPerEpoch: trainer.batchesPerEpoch)
    _ = try trainer.train { history in
      bar.update(history)
      return true
    }
    bar.end()
    let trained = WordVectors(
      vocabulary: corpus.vocabulary, embedding: trainer.engine.embedV)
    try trained.save(to: path)
    return trained
  }
}
