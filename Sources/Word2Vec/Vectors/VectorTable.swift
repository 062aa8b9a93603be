import Files

/// Which vectors of a trained model stand for its words.
public enum VectorTable: String, Sendable, CaseIterable {
  /// The vectors of words as centres.
  case centers
  /// The vectors of words as contexts.
  case contexts
  /// Both, each scaled to length 1, one behind the other: a cosine is the mean of the two tables'.
  case both
}

extension WordVectors {
  /// Takes the vectors of a trained model.
  ///
  /// - Parameters:
  ///   - vocabulary: The words, V of them.
  ///   - embedV: The vectors of words as centres, weight (V, d).
  ///   - embedU: The vectors of words as contexts, weight (V, d).
  ///   - table: Which of them; both together are of dimension 2d.
  ///   - file: The caller's file, for tables that do not go together.
  ///   - line: The caller's line.
  /// - Source: Levy, Goldberg and Dagan 2015, section 3.3, for the use of both.
  public init(
    vocabulary: Vocabulary, embedV: Embedding, embedU: Embedding, table: VectorTable,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    switch table {
    case .centers: self.init(vocabulary: vocabulary, embedding: embedV)
    case .contexts: self.init(vocabulary: vocabulary, embedding: embedU)
    case .both:
      require(
        embedV.weight.shape == embedU.weight.shape,
        "tables of shapes \(embedV.weight.shape) and \(embedU.weight.shape) are joined",
        file: file, line: line)
      let (rows, d) = (embedV.vocabularySize, embedV.dimension)
      var values: [Float] = []
      values.reserveCapacity(2 * rows * d)
      for row in 0..<rows {
        for table in [embedV, embedU] {
          let vector = table.weight.values[row * d..<(row + 1) * d].map(Double.init)
          values += scaledToUnitLength(vector).map(Float.init)
        }
      }
      self.init(
        words: vocabulary.tokens, vectors: Tensor(shape: [rows, 2 * d], values: values),
        file: file, line: line)
    }
  }
}
