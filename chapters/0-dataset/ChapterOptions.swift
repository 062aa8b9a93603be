import ArgumentParser
import ChapterSupport

/// The options of this chapter.
struct ChapterOptions: ParsableArguments {
  static let configuration = CommandConfiguration(
    commandName: "chapter-dataset",
    abstract: "Shows how a text becomes minibatches of training examples.")

  @OptionGroup var corpus: CorpusOptions

  @Option(help: "The seed of both random streams.")
  var seed: UInt64 = 2_465_463_373

  /// A word that is too rare to be dropped.
  var rareWord: String { corpus.shortName == "embedded" ? "violin" : "join" }
}
