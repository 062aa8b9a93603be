import Word2Vec

extension WordVectors {
  /// The document's `get_similar_tokens`: the k words nearest to a word, ties by index.
  ///
  /// The cosine has a small number in it, x·w / √(|x|² |w|² + 10⁻⁹), against division by zero; of
  /// short vectors it is too small. The query word itself is left out. Products and sums are of
  /// `Double` and run from left to right, so that the digits do not depend on the processor.
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
    let query = try row(of: query)
    guard 1..<words.count ~= k else {
      throw .neighbourCount(asked: k, available: words.count - 1)
    }
    let cosines = self.cosines(toRow: query)
    return words.indices.filter { $0 != query }
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
