import ArgumentParser
import ChapterSupport
import D2L
import Word2Vec

/// The options of this chapter.
struct ChapterOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chapter-dataset",
    abstract: "Shows how a text becomes minibatches of training examples.")

  @OptionGroup var corpus: CorpusOptions

  @Option(parsing: .unconditional, help: "The seed of both random streams, 0 or more.")
  var seed = TrainingSettings.publishedSeed

  /// Reads the text; ends the program with a sentence where it cannot be read.
  func readCorpus() -> Corpus { orExit { try corpus.read() } }

  /// Where the figure goes; the document's has the document's seed.
  var figurePath: String {
    let isDocuments = seed == TrainingSettings.publishedSeed
    return corpus.figurePath("counts", changes: isDocuments ? [] : ["seed-\(seed)"])
  }

  /// A frequent and a rare word: the document's `the` and `join`, or where the text has them not, its
  /// most and its least frequent.
  func frequentAndRareWord(of vocabulary: Vocabulary) -> [String] {
    let tokens = vocabulary.tokens
    return [
      vocabulary.index(of: "the") == nil ? tokens[1] : "the",
      vocabulary.index(of: "join") == nil ? tokens[tokens.count - 1] : "join",
    ]
  }
}
