import ArgumentParser
import ChapterSupport
import D2L
import Explorer
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
    help: "How many neighbours are listed with their cosine. (default: 3, or what there are)")
  var neighbours: Int?

  @Option(
    help: ArgumentHelp(
      "Word2vec text to search, instead of a corpus. (default: vectors/<corpus>.vec, with "
        + "--tab mxnet vectors/<corpus>-mxnet.vec)",
      valueName: "PATH"))
  var vectors: String?

  @Option(
    name: .customLong("explore"),
    help: ArgumentHelp(
      "Write a page to look around in the vectors, such as book/explore.html, and nothing else.",
      valueName: "PATH"))
  var explorer: String?

  @OptionGroup var corpus: CorpusOptions

  @Option(help: "Whose program trained the vectors: the document's tab, pytorch or mxnet.")
  var tab = Tab.pytorch

  func validate() throws {
    try requirePaths(["--vectors": vectors, "--explore": explorer])
    guard k >= 1 else { throw ValidationError("--k is \(k); give 1 or more.") }
  }

  /// How many neighbours are listed.
  var k: Int { neighbours ?? 3 }

  /// Checks that the question can be answered; where no number was asked for, fewer will do.
  private func check(_ query: String, in vectors: WordVectors) throws {
    _ = try vectors.similarTokens(
      to: query, k: neighbours ?? max(1, min(k, vectors.words.count - 1)))
  }

  /// The vectors, loaded or trained, and the word to ask for; ends the program with a sentence where
  /// the one cannot be had or the other has no vector.
  func vectorsAndQuery() -> (WordVectors, String) {
    orExit {
      let vectors = try loadOrTrain()
      let query = try queryWord(in: vectors)
      try check(query, in: vectors)
      return (vectors, query)
    }
  }

  /// The word to ask for: the document's, where no other is asked for.
  private func queryWord(in vectors: WordVectors) throws -> String {
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

  /// Draws words around some themes in two dimensions.
  @MainActor func drawMap(_ vectors: WordVectors, line: UInt = #line, file: String = #fileID) {
    guard drawsFigures else { return }
    let map = orExit {
      try mapChart(vectors, themes: themes, neighbours: min(6, vectors.words.count - 1))
    }
    draw(map, to: corpus.figurePath("map"), saying: mapSentence(map), line: line, file: file)
  }

  /// Draws the cosines among a word and its neighbours.
  @MainActor func drawCosines(
    _ vectors: WordVectors, around query: String, line: UInt = #line, file: String = #fileID
  ) {
    guard drawsFigures else { return }
    let chart = orExit {
      try cosineChart(vectors, query: query, neighbours: min(10, vectors.words.count - 1))
    }
    draw(
      chart, to: corpus.figurePath("cosines"), saying: cosineSentence(chart), line: line,
      file: file)
  }

  /// What the map shows: words that are drawn with their neighbours, by theme.
  private var themes: [[String]] {
    guard corpus.source == .embedded else {
      return [
        ["chip", "software"], ["stock", "monday"], ["court", "president"], ["oil", "bank"],
      ]
    }
    let words = EmbeddedCorpus.topics.prefix(8).map { $0.words[0] }
    return (0..<4).map { Array(words[2 * $0..<2 * $0 + 2]) }
  }

  /// Whether this is the page's run; who asks for a word or another tab, or brings vectors, wants no
  /// figures.
  private var drawsFigures: Bool { query == nil && vectors == nil && tab == .pytorch }

  /// With `--explore`: writes the page to look around in the vectors, and ends the program.
  func explore() {
    guard let explorer else { return }
    orExit {
      var inputs = vectors.map { [$0] } ?? []
      if case .file(let text) = corpus.source { inputs.append(text) }
      try OutputPath.check([OutputPath(explorer, default: explorer)], apartFrom: inputs)
      let page = ExplorerPage(of: try loadOrTrain(), title: vectorsName)
      try page.write(to: explorer)
      note("explore: \(explorer), \(page.wordCount) words, \(page.html.utf8.count / 1000) kB")
    }
    Foundation.exit(0)
  }

  /// What the vectors are of, for people.
  private var vectorsName: String {
    if let vectors { return URL(fileURLWithPath: vectors).lastPathComponent }
    switch corpus.source {
    case .pennTreebank: return "the Penn Treebank"
    case .embedded: return "the embedded corpus"
    case .file: return corpus.shortName
    }
  }

  /// Loads the vectors that were asked for, or those that were saved of this text and the document's
  /// settings; if there are none, trains them as the training chapter does.
  private func loadOrTrain() throws -> WordVectors {
    if let vectors {
      note("vectors: \(vectors)")
      let loaded = try WordVectors(contentsOf: vectors)
      try warn(of: vectors)
      return loaded
    }
    let text = try corpus.read()
    let record = corpus.record(text, settings)
    let usual = corpus.vectors(changes: settings.changes)
    let output = corpus.vectors(of: record, changes: settings.changes)
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

  /// The document's settings in the tab.
  private var settings: TrainingSettings {
    var settings = TrainingSettings()
    settings.tab = tab
    return settings
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
    try output.checkRoom(for: text, settings)
    let program = try Program(text, settings)
    let untrained = WordVectors(vocabulary: text.vocabulary, embedding: program.initialV)
    try check(queryWord(in: untrained), in: untrained)

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
    orGoOn { try trained.write(to: output, record) }
    return trained
  }
}
