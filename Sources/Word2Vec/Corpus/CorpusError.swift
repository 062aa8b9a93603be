import Files

/// What can be wrong with a file: its path, where in it, and one sentence that says what to do.
public typealias FileError = Files.FileError

/// What can be wrong with a text: one sentence each, which names the file and what to do.
public enum CorpusError: Error, Equatable, Sendable {
  /// The file cannot be read, or is no UTF-8 text with lines of a bearable length.
  case file(FileError)
  /// The file is empty, or white space only.
  case noWords(path: String)
  /// No word occurs `minimum` times; the most frequent one occurs `greatest` times.
  case noFrequentWord(path: String, minimum: Int, greatest: Int)
  /// No sentence has two words that are in the vocabulary, so no word has a context.
  case noSentenceOfTwoWords(path: String, minimum: Int)
}

extension CorpusError: CustomStringConvertible {
  /// The sentence to show.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .noWords(let path):
      "\(path) has no words; give a text with a sentence on each line."
    case .noFrequentWord(let path, let minimum, let greatest):
      "\(path): no word occurs \(minimum) times or more, the most frequent occurs \(greatest); "
        + "lower the minimum count or give a longer text."
    case .noSentenceOfTwoWords(let path, let minimum):
      "\(path): no sentence has two words that occur \(minimum) times or more, so no word has "
        + "a context; put whole sentences on a line"
        + (minimum > 1 ? " or lower the minimum count." : ".")
    }
  }
}
