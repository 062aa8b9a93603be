import Files

/// Words and their vectors, to be looked up, compared and gone through.
///
/// V is the number of words, d the dimension of a vector.
///
/// ```swift
/// let vectors = try WordVectors(contentsOf: "text.vec")
/// let near = try vectors.mostSimilar(positive: ["king", "woman"], negative: ["man"], k: 5)
/// ```
public struct WordVectors: Sendable {
  /// The words, shape (V).
  public let words: [String]
  /// The vectors, row i that of `words[i]`, shape (V, d).
  public let vectors: Tensor
  /// The words again, for looking them up.
  private let table: WordTable
  /// The rows' lengths, for the questions; found at the first of them.
  let lengths: RowLengths

  /// A word near another one, and the cosine of the angle between their vectors.
  public struct Neighbour: Sendable, Equatable {
    /// The word.
    public let word: String
    /// The cosine of the angle between the two vectors, −1 to 1.
    public let cosine: Float

    /// Describes a neighbour.
    package init(word: String, cosine: Float) { (self.word, self.cosine) = (word, cosine) }
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
    lengths = RowLengths()
  }

  /// The number of words, V.
  public var count: Int { words.count }

  /// The dimension of a vector, d.
  public var dimension: Int { vectors.shape[1] }

  /// The vector of a word, shape (d); nil if it has none.
  public subscript(word: String) -> [Float]? { index(of: word).map { Array(self[$0]) } }

  /// The vector of a row, shape (d).
  package subscript(row: Int) -> ArraySlice<Float> {
    vectors.values[row * dimension..<(row + 1) * dimension]
  }

  /// The row of a word, nil if it has none.
  public func index(of word: String) -> Int? { table.number(of: word).map(Int.init) }

  /// The row of a word.
  ///
  /// - Throws: `WordVectorsError.unknownWord` with similar spellings, if it has none.
  package func row(of word: String) throws(WordVectorsError) -> Int {
    if let row = index(of: word) { return row }
    throw .unknownWord(word, closest: closestSpellings(to: word, among: words, count: 3))
  }
}

extension WordVectors: Sequence {
  /// Goes through the words with their vectors, in their order.
  public func makeIterator() -> some IteratorProtocol<(word: String, vector: [Float])> {
    words.indices.lazy.map { (word: words[$0], vector: Array(self[$0])) }.makeIterator()
  }
}
