/// What can be wrong with a file of vectors or a question to them, one sentence each.
public enum WordVectorsError: Error, Equatable, Sendable {
  // MARK: Questions
  /// The word has no vector; `closest` are the most similar spellings that have one.
  case unknownWord(String, closest: [String])
  /// `asked` neighbours are not between 1 and `available`, the number of other words.
  case neighbourCount(asked: Int, available: Int)

  // MARK: Files
  /// There is no file of that name.
  case noSuchFile(path: String)
  /// The path names a folder.
  case isDirectory(path: String)
  /// The system refuses to open or read the file, for `reason`.
  case unreadable(path: String, reason: String)
  /// The system refuses to write the file, for `reason`.
  case unwritable(path: String, reason: String)
  /// The first line is not two positive whole numbers.
  case wrongHeader(path: String)
  /// The file ends in or before row `row` (the first is 1) of the `rows` in its header.
  case cutShort(path: String, row: Int, rows: Int)
  /// After the `rows` of the header this line goes on.
  case tooManyRows(path: String, line: Int, rows: Int)
  /// This line has `found` values where the header says `expected`.
  case wrongWidth(path: String, line: Int, found: Int, expected: Int)
  /// This line's word has a value that is not a finite number.
  case notANumber(path: String, line: Int, word: String, value: String)
  /// This line's word was there before.
  case duplicateWord(path: String, line: Int, word: String)
  /// The bytes of this line are not UTF-8.
  case notUTF8(path: String, line: Int)
}

extension WordVectorsError: CustomStringConvertible {
  /// The sentence to show.
  public var description: String {
    switch self {
    case .unknownWord(let word, let closest) where closest.isEmpty:
      "\"\(word)\" has no vector; ask for a word of the vocabulary."
    case .unknownWord(let word, let closest):
      "\"\(word)\" has no vector; did you mean \(closest.joined(separator: ", "))?"
    case .neighbourCount(let asked, let available):
      "\(asked) neighbours asked for; ask for 1 to \(available), the number of other words."
    case .noSuchFile(let path):
      "\(path): no such file; check the path of the vectors, or train and save them first."
    case .isDirectory(let path):
      "\(path) is a folder; name a file in it."
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason)); check its permissions."
    case .unwritable(let path, let reason):
      "\(path) cannot be written (\(reason)); choose a folder that exists and may be written to."
    case .wrongHeader(let path):
      "\(path), line 1 is not the number of words and their width, two positive whole numbers; "
        + "give a word2vec text file."
    case .cutShort(let path, let row, let rows):
      "\(path) ends in row \(row) of \(rows); the file is cut short, make it again."
    case .tooManyRows(let path, let line, let rows):
      "\(path), line \(line) comes after all \(rows) rows of the header; correct the header."
    case .wrongWidth(let path, let line, let found, let expected):
      "\(path), line \(line) has \(found) values where the header says \(expected); make the file "
        + "again."
    case .notANumber(let path, let line, let word, let value):
      "\(path), line \(line): \"\(value)\" of the word \"\(word)\" is not a finite number."
    case .duplicateWord(let path, let line, let word):
      "\(path), line \(line): the word \"\(word)\" was there before; keep one of the two rows."
    case .notUTF8(let path, let line):
      "\(path), line \(line): the bytes are not UTF-8; convert the file, for example with iconv."
    }
  }
}
