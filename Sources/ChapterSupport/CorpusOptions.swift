import ArgumentParser
import D2L
import Files
import Foundation
import ProgramSupport
import Word2Vec

/// Which text to use, for every chapter that reads one.
public struct CorpusOptions: ParsableArguments {
  /// Which text to read.
  @Option(
    help: ArgumentHelp(
      "auto (the Penn Treebank where it is, else the embedded corpus), ptb, embedded, or a UTF-8 "
        + "file with a sentence on each line.",
      valueName: "auto|ptb|embedded|PATH"))
  public var corpus = "auto"

  /// Words that occur less often become `<unk>`.
  @Option(parsing: .unconditional, help: "Words that occur less often become <unk>.")
  public var minFreq = 10

  /// Creates the default options.
  public init() {}

  /// Refuses a frequency below 1 and an empty name.
  public func validate() throws {
    guard minFreq >= 1 else { throw ValidationError("--min-freq is \(minFreq); give 1 or more.") }
    guard !corpus.isEmpty else {
      throw ValidationError("--corpus is empty; give auto, ptb, embedded or the path of a text.")
    }
  }

  /// Where the Penn Treebank's training text is, if it is there.
  public static var pennTreebank: String? {
    let folder = DataFolder()
    return folder.hasTrainingText ? folder.trainingText : nil
  }

  /// The text that the option stands for.
  public enum Source: Sendable, Equatable {
    /// The Penn Treebank's training text.
    case pennTreebank
    /// The synthetic corpus that is made in code.
    case embedded
    /// A text file, by its path.
    case file(String)
  }

  /// The text that the option stands for here and now.
  public var source: Source {
    switch corpus {
    case "auto": Self.pennTreebank == nil ? .embedded : .pennTreebank
    case "ptb": .pennTreebank
    case "embedded": .embedded
    default: .file(corpus)
    }
  }

  /// Whether the text in the Penn Treebank's place is the Penn Treebank's, which its digest tells.
  private static let isGenuine: Bool =
    pennTreebank.map {
      (try? SHA256.hexDigest(ofFile: $0))
        == "fcea919f6cf83f35d4d00c6cbf08040d13d4155226340912e2fef9c9c4102cbf"
    } ?? true

  /// Whether it is the document's text.
  public var isPennTreebank: Bool { source == .pennTreebank && Self.isGenuine }

  /// Whether it is the document's text, read as the document reads it.
  public var isTheDocuments: Bool { isPennTreebank && minFreq == 10 }

  /// A short name for files made from this corpus: `ptb`, `embedded` or the text file's own without
  /// its ending.
  public var shortName: String {
    switch source {
    case .pennTreebank: return Self.isGenuine ? "ptb" : "ptb-text"
    case .embedded: return "embedded"
    case .file(let path):
      let file = URL(fileURLWithPath: path)
      let stem = file.deletingPathExtension().lastPathComponent
      return ["ptb", "embedded"].contains(stem) ? stem + "-text" : stem
    }
  }

  /// Reads or makes the corpus, and says which in one line on stderr.
  ///
  /// - Throws: `CorpusError`, or `ChapterError.noPennTreebank`.
  public func read() throws -> Corpus {
    let corpus: Corpus
    switch source {
    case .pennTreebank:
      guard let path = Self.pennTreebank else {
        throw ChapterError.noPennTreebank(path: DataFolder().trainingText)
      }
      guard Self.isGenuine else {
        note("warning: \(path) is not the Penn Treebank's text; files are named \(shortName)")
        corpus = try Corpus(contentsOf: path, minimumCount: minFreq)
        break
      }
      corpus = try Corpus(contentsOf: path, name: "Penn Treebank", minimumCount: minFreq)
    case .embedded:
      corpus = try Corpus.embedded(minimumCount: minFreq, seed: 0)
    case .file(let path):
      corpus = try Corpus(contentsOf: path, minimumCount: minFreq)
    }
    let (tokens, words) = (corpus.tokens.count, corpus.vocabulary.count)
    note("corpus: \(corpus.name), \(tokens) tokens, vocabulary \(words)")
    return corpus
  }
}

extension Tab {
  /// What tells the names of the MXNet tab's files from those of the other.
  public var suffix: String { self == .pytorch ? "" : "-\(self)" }
}
