/// What can be wrong with a question to word vectors, one sentence each.
public enum WordVectorsError: Error, Equatable, Sendable {
  /// The word has no vector; `closest` are the most similar spellings that have one.
  case unknownWord(String, closest: [String])
  /// `asked` neighbours are not between 1 and `available`, the number of other words.
  case neighbourCount(asked: Int, available: Int)
}

extension WordVectorsError: CustomStringConvertible {
  /// The sentence to show.
  public var description: String {
    switch self {
    case .unknownWord(let word, let closest) where closest.isEmpty:
      "\"\(word)\" has no vector; ask for a word of the vocabulary."
    case .unknownWord(let word, let closest):
      "\"\(word)\" has no vector; did you mean \(closest.joined(separator: ", "))?"
    case .neighbourCount(_, available: 0):
      "There is no other word that could be a neighbour; give vectors of more words."
    case .neighbourCount(let asked, let available):
      "\(asked) neighbours asked for; ask for 1 to \(available), the number of other words."
    }
  }
}
