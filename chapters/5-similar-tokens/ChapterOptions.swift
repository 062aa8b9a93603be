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
    commandName: "chapter-similar-tokens",
    abstract: "Finds the words whose vectors are nearest to a word's.")

  @Option(help: "The word whose neighbours are sought. (default: chip)")
  var query: String?

  @Option(
    name: .customLong("k"), parsing: .unconditional,
    help: "How many neighbours are listed with their cosine. (default: 3)")
  var k: Int?

  @Option(
    help: ArgumentHelp(
      "Word2vec text to search, instead of a corpus. (default: vectors/<corpus>.vec)",
      valueName: "PATH"))
  var vectors: String?

  @OptionGroup var corpus: CorpusOptions

  func validate() throws {
    if let k, k < 1 { throw ValidationError("--k is \(k); give 1 or more.") }
  }

  /// How many neighbours are listed: three, or what there are, unless a number is asked for.
  func count(in vectors: WordVectors) -> Int { k ?? max(1, min(3, vectors.words.count - 1)) }

  /// The word to ask for: the document's, where no other is asked for.
  func queryWord(in vectors: WordVectors) throws -> String {
    if let query { return query }
    guard let word = ["chip", "violin"].first(where: { vectors.index(of: $0) != nil }) else {
      throw ChapterError.noQuery
    }
    return word
  }

  /// Other words to ask for, where no word was asked for.
  func otherWords(in vectors: WordVectors) -> [String] {
    guard query == nil else { return [] }
    let words =
      corpus.source == .embedded && self.vectors == nil
      ? ["violin", "captain", "court", "rain"] : ["japan", "lawyer", "profit", "monday"]
    return words.filter { vectors.index(of: $0) != nil }
  }

  /// What the map shows: words that are drawn with their neighbours, by theme.
  var themes: [[String]] {
    guard corpus.source == .embedded else {
      return [
        ["chip", "software"], ["stock", "monday"], ["court", "president"], ["oil", "bank"],
      ]
    }
    let words = EmbeddedCorpus.topics.prefix(8).map { $0.words[0] }
    return (0..<4).map { Array(words[2 * $0..<2 * $0 + 2]) }
  }

  /// Whether this is the page's run; who asks for a word or brings vectors wants no figures.
  var drawsFigures: Bool { query == nil && vectors == nil }

  /// Loads the vectors that were asked for, or those that were saved of this text and the document's
  /// settings; if there are none, trains them as the training chapter does.
  func loadOrTrain() throws -> WordVectors {
    if let vectors {
      note("vectors: \(vectors)")
      let loaded = try WordVectors(contentsOf: vectors)
      try warn(of: vectors)
      return loaded
    }
    let text = try corpus.read()
    let record = corpus.record(text, TrainingSettings())
    let (usual, output) = (corpus.vectors(), corpus.vectors(of: record))
    if RunRecord(beside: output.path) == record {
      note("vectors: \(output.path)")
      return try WordVectors(contentsOf: output.path)
    }
    let isThere = FileManager.default.fileExists(atPath: usual.path)
    let other = RunRecord(beside: usual.path).map { $0.difference(from: record) ?? "of this run" }
    note(
      isThere
        ? "\(usual.path) is \(other ?? "of a run that is not known"): training \(output.path)"
        : "\(usual.path) is not there yet: training")
    return try train(text, record, to: output)
  }

  /// Warns where vectors that were asked for are not of the text that was asked for.
  private func warn(of vectors: String) throws {
    guard corpus.corpus != "auto" || !corpus.changes.isEmpty else { return }
    let text = try corpus.read()
    guard let record = RunRecord(beside: vectors) else {
      return note("warning: \(vectors) has no record; it may be of another text than \(text.name).")
    }
    if record.textSHA256 != text.digest {
      note(
        "warning: \(vectors) is of another text or minimum count, \(record.text) and "
          + "\(record.settings["min-freq"] ?? "unknown").")
    }
  }

  private func train(
    _ text: Corpus, _ record: RunRecord, to output: OutputPath
  ) throws -> WordVectors {
    try OutputPath.check([output])
    let settings = TrainingSettings()
    let program = try Program(text, settings)
    let untrained = WordVectors(vocabulary: text.vocabulary, embedding: program.initialV)
    // Can it be answered?
    _ = try untrained.similarTokens(to: queryWord(in: untrained), k: count(in: untrained))

    Interruption.watch()
    var bar = TrainingProgress(
      epochs: program.settings.epochs, batchesPerEpoch: program.batchesPerEpoch)
    let (history, engine) = try program.train { history, _ in
      bar.update(history)
      return !Interruption.isRequested
    }
    bar.end()
    let trained = WordVectors(vocabulary: text.vocabulary, embedding: engine.embedV)
    if Interruption.isRequested {
      try endInterrupted(trained, record, beside: output, history)
    }
    try trained.write(to: output, record)
    return trained
  }
}
