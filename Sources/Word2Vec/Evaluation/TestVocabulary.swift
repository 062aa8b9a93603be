/// The words that a test set may use, by its spelling of them.
struct TestVocabulary {
  private let isCaseSensitive: Bool
  private var table = WordTable()
  private var rows: [Int] = []

  /// Takes the first words of some vectors.
  ///
  /// - Parameters:
  ///   - vectors: The vectors.
  ///   - limit: How many of their words count, from the first on.
  ///   - isCaseSensitive: Whether words differ that differ in capitals; otherwise of such words the
  ///     first counts.
  init(_ vectors: WordVectors, limit: Int, isCaseSensitive: Bool) {
    self.isCaseSensitive = isCaseSensitive
    for row in 0..<min(limit, vectors.count) {
      if Int(table.insert(folded(vectors.words[row]))) == rows.count { rows.append(row) }
    }
  }

  /// The row of a word; nil if it has none.
  func row(of word: some StringProtocol) -> Int? {
    table.number(of: folded(word)).map { rows[Int($0)] }
  }

  /// The word as words are compared.
  func folded(_ word: some StringProtocol) -> String {
    isCaseSensitive ? String(word) : word.uppercased()
  }
}
