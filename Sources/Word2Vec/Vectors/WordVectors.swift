import Files

/// Words and their vectors, to be asked for neighbours.
///
/// V is the number of words, d the dimension of a vector.
public struct WordVectors: Sendable {
  /// The words, shape (V).
  public let words: [String]
  /// The vectors, row i that of `words[i]`, shape (V, d).
  public let vectors: Tensor
  /// The words again, for looking them up.
  private let table: WordTable

  /// A word near another one, and the cosine of the angle between their vectors.
  public struct Neighbour: Sendable, Equatable {
    /// The word.
    public let word: String
    /// The cosine of the angle between the two vectors, −1 to 1.
    public let cosine: Float
  }

  /// Takes the rows of an embedding as the vectors of a vocabulary's words.
  public init(vocabulary: Vocabulary, embedding: Embedding) {
    self.init(words: vocabulary.tokens, vectors: embedding.weight)
  }

  /// Makes vectors of different words.
  ///
  /// - Parameters:
  ///   - words: Different words, shape (V).
  ///   - vectors: Their vectors, shape (V, d).
  ///   - file: The caller's file, for words and vectors that do not go together.
  ///   - line: The caller's line.
  public init(
    words: [String], vectors: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) {
    var table = WordTable()
    for word in words { _ = table.insert(word) }
    require(
      table.count == words.count, "\(words.count - table.count) words have two vectors",
      file: file, line: line)
    self.init(table, words: words, vectors: vectors, file: file, line: line)
  }

  /// Takes a table that has each word under the number of its row.
  init(
    _ table: WordTable, words: [String], vectors: Tensor, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    require(
      vectors.shape.count == 2 && vectors.shape[0] == words.count,
      "\(words.count) words have vectors of shape \(vectors.shape)", file: file, line: line)
    self.words = words
    self.vectors = vectors
    self.table = table
  }

  /// The dimension of a vector, d.
  public var dimension: Int { vectors.shape[1] }

  /// The vector of a row, shape (d).
  subscript(row: Int) -> ArraySlice<Float> {
    vectors.values[row * dimension..<(row + 1) * dimension]
  }

  /// The row of a word, nil if it has none.
  public func index(of word: String) -> Int? { table.number(of: word).map(Int.init) }

  /// The k words nearest to a word by cosine, the nearest first, ties by index.
  ///
  /// The cosine is that of the document's `get_similar_tokens`: x·w / √(|x|² |w|² + 10⁻⁹), the small
  /// number being there against division by zero. The query word itself is left out.
  ///
  /// Products and sums are of `Double` and run from left to right, so that the digits do not
  /// depend on the processor.
  ///
  /// - Parameters:
  ///   - query: The word.
  ///   - k: How many neighbours, 1…V − 1.
  /// - Returns: The neighbours, k of them.
  /// - Throws: `WordVectorsError` if the word has no vector or k is not in 1...V − 1.
  /// - Complexity: O(V·d + V·log V).
  public func similarTokens(
    to query: String, k: Int
  ) throws(WordVectorsError) -> [Neighbour] {
    guard let row = index(of: query) else {
      throw .unknownWord(query, closest: closestSpellings(to: query, among: words, count: 3))
    }
    guard 1..<words.count ~= k else {
      throw .neighbourCount(asked: k, available: words.count - 1)
    }
    let cosines = self.cosines(toRow: row)
    return words.indices.filter { $0 != row }
      .sorted { (cosines[$1], $0) < (cosines[$0], $1) }
      .prefix(k).map { Neighbour(word: words[$0], cosine: Float(cosines[$0])) }
  }

  /// The cosine of every row with one of them, shape (V).
  private func cosines(toRow row: Int) -> [Double] {
    let d = dimension
    let x = self[row].map(Double.init)
    let xx = x.reduce(0) { $0 + $1 * $1 }
    return vectors.values.withUnsafeBufferPointer { values in
      words.indices.map { i in
        let w = values[i * d..<(i + 1) * d]
        var (xw, ww) = (0.0, 0.0)
        for (a, b) in zip(x, w) {
          let b = Double(b)
          xw += a * b
          ww += b * b
        }
        return xw / (ww * xx + 1e-9).squareRoot()
      }
    }
  }
}
