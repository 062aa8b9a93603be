/// What can be wrong with a text: one sentence each, which names the file and what to do.
public enum CorpusError: Error, Equatable, Sendable {
  /// There is no file of that name.
  case noSuchFile(path: String)
  /// The path names a folder.
  case isDirectory(path: String)
  /// The system refuses to open or read the file, for `reason`.
  case unreadable(path: String, reason: String)
  /// The file is empty, or white space only.
  case noWords(path: String)
  /// The bytes of this line (the first is 1) are not UTF-8.
  case notUTF8(path: String, line: Int)
  /// This line is longer than `limit` bytes.
  case lineTooLong(path: String, line: Int, limit: Int)
  /// No word occurs `minimum` times; the most frequent one occurs `greatest` times.
  case noFrequentWord(path: String, minimum: Int, greatest: Int)
  /// No sentence has two words that are in the vocabulary, so no word has a context.
  case noSentenceOfTwoWords(path: String, minimum: Int)
}

extension CorpusError: CustomStringConvertible {
  /// The sentence to show.
  public var description: String {
    switch self {
    case .noSuchFile(let path):
      "\(path): no such file; check the path of the text."
    case .isDirectory(let path):
      "\(path) is a folder; name the text file in it."
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason)); check its permissions."
    case .noWords(let path):
      "\(path) has no words; give a text with a sentence on each line."
    case .notUTF8(let path, let line):
      "\(path), line \(line): the bytes are not UTF-8; convert the file, for example with iconv."
    case .lineTooLong(let path, let line, let limit):
      "\(path), line \(line) is longer than \(limit) bytes; put a sentence on a line."
    case .noFrequentWord(let path, let minimum, let greatest):
      "\(path): no word occurs \(minimum) times or more, the most frequent occurs \(greatest); "
        + "lower the minimum frequency or give a longer text."
    case .noSentenceOfTwoWords(let path, let minimum):
      "\(path): no sentence has two words of the minimum frequency \(minimum), so no word has "
        + "a context; put whole sentences on a line or lower the minimum frequency."
    }
  }
}
