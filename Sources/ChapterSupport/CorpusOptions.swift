import ArgumentParser
import Foundation
import Literate
import Word2Vec

/// Which text to use, for every chapter that reads one.
public struct CorpusOptions: ParsableArguments {
  /// Which text to read.
  @Option(
    help: ArgumentHelp(
      "auto: the Penn Treebank where it is, else the embedded corpus; ptb; embedded; or a file.",
      valueName: "auto|ptb|embedded|PATH"))
  public var corpus = "auto"

  /// Words that occur less often become `<unk>`.
  @Option(help: "Words that occur less often become <unk>.")
  public var minFreq = 10

  /// Creates the default options.
  public init() {}

  /// Refuses a negative frequency.
  public func validate() throws {
    guard minFreq >= 1 else { throw ValidationError("--min-freq is \(minFreq); give 1 or more.") }
  }

  /// Where the Penn Treebank's training text is, if it is there.
  public static var pennTreebank: String? {
    FileManager.default.fileExists(atPath: pennTreebankPath) ? pennTreebankPath : nil
  }

  /// Where `make data` puts the training text; `WORD2VEC_DATA` names another folder.
  private static var pennTreebankPath: String {
    let folder = ProcessInfo.processInfo.environment["WORD2VEC_DATA"] ?? "data/ptb"
    return folder + "/ptb.train.txt"
  }

  /// A short name for files made from this corpus: `ptb`, `embedded` or the text file's own.
  public var shortName: String {
    switch corpus {
    case "auto": Self.pennTreebank == nil ? "embedded" : "ptb"
    case "ptb", "embedded": corpus
    default: URL(fileURLWithPath: corpus).deletingPathExtension().lastPathComponent
    }
  }

  /// Reads or makes the corpus, and says which in one line on stderr.
  ///
  /// - Throws: `CorpusError`, or `ChapterError.noPennTreebank`.
  public func read() throws -> Corpus {
    let corpus: Corpus
    switch shortName {
    case "ptb" where ["auto", "ptb"].contains(self.corpus):
      guard let path = Self.pennTreebank else {
        throw ChapterError.noPennTreebank(path: Self.pennTreebankPath)
      }
      corpus = try Corpus(
        contentsOf: path, name: "Penn Treebank", minimumFrequency: minFreq)
    case "embedded" where ["auto", "embedded"].contains(self.corpus):
      corpus = try Corpus.embedded(minimumFrequency: minFreq, seed: 0)
    default:
      corpus = try Corpus(contentsOf: self.corpus, minimumFrequency: minFreq)
    }
    let (tokens, words) = (corpus.tokens.count, corpus.vocabulary.count)
    note("corpus: \(corpus.name), \(tokens) tokens, vocabulary \(words)")
    return corpus
  }
}
