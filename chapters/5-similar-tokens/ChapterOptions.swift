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
    help: "How many neighbours are listed with their cosine.")
  var k = 3

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
    guard k >= 1 else { throw ValidationError("--k is \(k); give 1 or more.") }
  }

  /// The vectors, loaded or trained, and the word to ask for; ends the program with a sentence where
  /// the one cannot be had or the other has no vector.
  func vectorsAndQuery() -> (WordVectors, String) {
    orExit {
      let vectors = try loadOrTrain()
      let query = try queryWord(in: vectors)
      _ = try vectors.similarTokens(to: query, k: k)  // can it be answered?
      return (vectors, query)
    }
  }

  /// The nearest words by the library's own search.
  func nearest(_ query: String, _ k: Int, in vectors: WordVectors) -> [String] {
    orExit { try vectors.similarTokens(to: query, k: k).map(\.word) }
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
      try OutputPath.check([OutputPath(explorer, default: explorer)])
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

  /// Loads the saved vectors; if there are none, trains them as the training chapter does.
  private func loadOrTrain() throws -> WordVectors {
    let path = vectors ?? corpus.vectorsPath(of: tab)
    if vectors != nil || FileManager.default.fileExists(atPath: path) {
      note("vectors: \(path)")
      return try WordVectors(contentsOf: path)
    }
    note("\(path) is not there yet: training")
    let output = OutputPath(nil, default: path)
    try OutputPath.check([output])
    let corpus = try corpus.read()
    var settings = TrainingSettings()
    settings.tab = tab
    let program = try Program(corpus, settings)
    let untrained = WordVectors(vocabulary: corpus.vocabulary, embedding: program.initialV)
    _ = try untrained.similarTokens(to: queryWord(in: untrained), k: k)  // can it be answered?

    Interruption.watch()
    var bar = TrainingProgress(
      epochs: program.settings.epochs, batchesPerEpoch: program.batchesPerEpoch)
    let (_, engine) = try program.train { history, _ in
      bar.update(history)
      return !Interruption.isRequested
    }
    bar.end()
    if Interruption.isRequested {
      note("stopped while training; nothing was written.")
      Foundation.exit(Interruption.status)
    }
    let trained = WordVectors(vocabulary: corpus.vocabulary, embedding: engine.embedV)
    try output.makeFolder()
    try trained.write(to: path)
    return trained
  }
}
