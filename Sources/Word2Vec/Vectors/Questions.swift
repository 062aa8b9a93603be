import Files

extension WordVectors {
  /// A question for the words nearest to some words and farthest from others.
  public struct Question: Sendable, Equatable {
    /// The words to be near to.
    public var positive: [String]
    /// The words to be far from.
    public var negative: [String]

    /// Asks for the neighbours of words.
    ///
    /// - Parameters:
    ///   - positive: The words to be near to.
    ///   - negative: The words to be far from.
    public init(positive: [String], negative: [String] = []) {
      (self.positive, self.negative) = (positive, negative)
    }
  }

  /// The cosine of the angle between the vectors of two words.
  ///
  /// Of a word whose vector is zero it is 0 with any other.
  ///
  /// - Parameters:
  ///   - word: A word.
  ///   - other: Another one.
  /// - Returns: The cosine, −1 to 1.
  /// - Throws: `WordVectorsError.unknownWord`.
  public func similarity(
    _ word: String, _ other: String
  ) throws(WordVectorsError) -> Double {
    let (a, b) = (try row(of: word), try row(of: other))
    return cosine(ofRow: b, with: self[a].map(Double.init))
  }

  /// The k words nearest to a word by cosine, the nearest first, ties by row; the word is left out.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - k: How many neighbours; where there are fewer other words, all of these.
  ///   - file: The caller's file, for a k below 0.
  ///   - line: The caller's line.
  /// - Returns: The neighbours.
  /// - Throws: `WordVectorsError.unknownWord`.
  /// - Complexity: O(V·d).
  public func mostSimilar(
    to word: String, k: Int = 10, file: StaticString = #fileID, line: UInt = #line
  ) throws(WordVectorsError) -> [Neighbour] {
    try mostSimilar(positive: [word], k: k, file: file, line: line)
  }

  /// The k words nearest to the sum of some words' vectors less that of others, each scaled to length
  /// 1.
  ///
  /// By cosine, the nearest first, ties by row; the words themselves are left out. What is given back
  /// is computed in `Double` and summed from left to right: it does not depend on the processor.
  ///
  /// - Parameters:
  ///   - positive: The words to be near to.
  ///   - negative: The words to be far from; of both there must be one.
  ///   - k: How many neighbours; where there are fewer other words, all of these.
  ///   - file: The caller's file, for a question without a word or a k below 0.
  ///   - line: The caller's line.
  /// - Returns: The neighbours.
  /// - Throws: `WordVectorsError.unknownWord`.
  /// - Complexity: O(V·d).
  public func mostSimilar(
    positive: [String], negative: [String] = [], k: Int = 10, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(WordVectorsError) -> [Neighbour] {
    try mostSimilar(
      [Question(positive: positive, negative: negative)], k: k, file: file, line: line)[0]
  }

  /// The answers to many questions, which cost less each than one alone: a product of matrices.
  ///
  /// - Parameters:
  ///   - questions: The questions.
  ///   - k: How many neighbours of each; where there are fewer other words, all of these.
  ///   - file: The caller's file, for a question without a word or a k below 0.
  ///   - line: The caller's line.
  /// - Returns: The neighbours, as many lists as there are questions.
  /// - Throws: `WordVectorsError.unknownWord`.
  /// - Complexity: O(questions·V·d).
  public func mostSimilar(
    _ questions: [Question], k: Int = 10, file: StaticString = #fileID, line: UInt = #line
  ) throws(WordVectorsError) -> [[Neighbour]] {
    require(k >= 0, "\(k) neighbours are asked for", file: file, line: line)
    var searches: [NearestRows.Search] = []
    for question in questions {
      require(
        !question.positive.isEmpty || !question.negative.isEmpty, "a question without a word",
        file: file, line: line)
      var (rows, signs) = ([Int](), [Double]())
      for word in question.positive {
        rows.append(try row(of: word))
        signs.append(1)
      }
      for word in question.negative {
        rows.append(try row(of: word))
        signs.append(-1)
      }
      searches.append(search(rows, signs))
    }
    return nearestRows(searches, k: k, among: count).map { found in
      found.map { Neighbour(word: words[$0.row], cosine: $0.cosine) }
    }
  }

  /// The words that are to a third as a second is to a first: `analogy("man", "king", "woman")`.
  ///
  /// - Parameters:
  ///   - a: The first word.
  ///   - b: What goes with it.
  ///   - c: The word for which the same is sought.
  ///   - k: How many answers.
  ///   - file: The caller's file, for a k below 0.
  ///   - line: The caller's line.
  /// - Returns: The words nearest to b − a + c, the nearest first.
  /// - Throws: `WordVectorsError.unknownWord`.
  /// - Source: Mikolov, Yih and Zweig 2013, "Linguistic regularities", section 4.
  public func analogy(
    _ a: String, _ b: String, _ c: String, k: Int = 10, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(WordVectorsError) -> [Neighbour] {
    try mostSimilar(positive: [b, c], negative: [a], k: k, file: file, line: line)
  }

  /// Some words by how near each is to all of them, the nearest first: the last does not match.
  ///
  /// - Parameter words: The words.
  /// - Returns: Each with the cosine of its vector with the sum of all, each scaled to length 1.
  /// - Throws: `WordVectorsError.unknownWord`.
  public func byCentrality(_ words: [String]) throws(WordVectorsError) -> [Neighbour] {
    var rows: [Int] = []
    for word in words { rows.append(try row(of: word)) }
    let center = search(rows, rows.map { _ in 1 }).vector
    let cosines = rows.map { Float(cosine(ofRow: $0, with: center)) }
    return words.indices.sorted { (cosines[$1], $0) < (cosines[$0], $1) }
      .map { Neighbour(word: words[$0], cosine: cosines[$0]) }
  }

  /// A search for the rows near to a sum of rows, each scaled to length 1 and with a sign.
  func search(_ rows: [Int], _ signs: [Double]) -> NearestRows.Search {
    var sum = [Double](repeating: 0, count: dimension)
    for (row, sign) in zip(rows, signs) {
      for (k, value) in scaledToUnitLength(self[row].map(Double.init)).enumerated() {
        sum[k] += sign * value
      }
    }
    return NearestRows.Search(vector: sum, excluded: rows)
  }

  /// The rows nearest to some vectors.
  ///
  /// - Parameters:
  ///   - searches: What is sought.
  ///   - k: How many rows of each.
  ///   - limit: Rows from this one on are left out.
  /// - Returns: The rows and their cosines.
  func nearestRows(
    _ searches: [NearestRows.Search], k: Int, among limit: Int
  ) -> [[NearestRows.Found]] {
    NearestRows(self, limit: limit)(searches, k: k)
  }

  /// The cosine of a row with a vector.
  func cosine(ofRow row: Int, with vector: [Double]) -> Double {
    var (product, xx, ww) = (0.0, 0.0, 0.0)
    for (x, w) in zip(vector, self[row]) {
      let w = Double(w)
      product += x * w
      xx += x * x
      ww += w * w
    }
    let lengths = xx.squareRoot() * ww.squareRoot()
    return lengths > 0 ? Swift.min(1, Swift.max(-1, product / lengths)) : 0
  }
}
