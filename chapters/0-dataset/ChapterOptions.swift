import ArgumentParser
import ChapterSupport
import Word2Vec

/// The options of this chapter.
struct ChapterOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chapter-dataset",
    abstract: "Shows how a text becomes minibatches of training examples.")

  @OptionGroup var corpus: CorpusOptions

  @Option(parsing: .unconditional, help: "The seed of both random streams, 0 or more.")
  var seed: UInt64 = 2_465_463_373

  /// A frequent and a rare word of the text: the document's `the` and `join`, the embedded corpus's
  /// `violin`, or else the most and the least frequent.
  func frequentAndRareWord(of vocabulary: Vocabulary) -> [String] {
    let tokens = vocabulary.tokens
    func first(of words: [String]) -> String? {
      words.first { vocabulary.index(of: $0) != nil }
    }
    return [first(of: ["the"]) ?? tokens[1], first(of: ["join", "violin"]) ?? tokens[tokens.count - 1]]
  }
}
