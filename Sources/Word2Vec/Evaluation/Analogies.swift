import Files

/// Questions of the kind "a is to b as c is to …", by section, to test vectors by.
///
/// - Source: Mikolov et al. 2013, `questions-words.txt`; the counting is that of gensim's
///   `evaluate_word_analogies`.
public struct Analogies: Sendable {
  private var sections: [(name: String, questions: [[String]])] = []
  /// Lines that are no question of four words.
  public private(set) var skippedLines = 0

  /// The number of questions.
  public var count: Int { sections.reduce(0) { $0 + $1.questions.count } }

  /// What vectors reach on a section, or on all.
  public struct Score: Sendable, Equatable {
    /// The section.
    public let name: String
    /// The questions answered rightly.
    public let correct: Int
    /// The questions of which all words have vectors.
    public let questions: Int
    /// The others, which do not count.
    public let missing: Int

    /// The share of right answers; nil where there is no question.
    public var accuracy: Double? { questions > 0 ? Double(correct) / Double(questions) : nil }
  }

  /// Reads questions: four words a line, below a line ": name" for each section; `#` begins a remark
  /// above the first.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` if it cannot be read, has no question, or has one before the first section.
  public init(contentsOf path: String) throws(FileError) {
    try self.init(try TestSet.lines(of: path), of: path)
  }

  /// Reads questions from the lines of a file.
  init(_ lines: [Substring], of path: String) throws(FileError) {
    for line in lines where !sections.isEmpty || !line.hasPrefix("#") {
      if line.hasPrefix(": ") {
        let name = line.drop { $0 == ":" || $0 == " " }
        sections.append((String(name.reversed().drop(while: \.isWhitespace).reversed()), []))
        continue
      }
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard !sections.isEmpty else {
        throw FileError(
          path, .malformed("has a line before its first section; begin with a line \": name\""))
      }
      if words.count == 4 {
        sections[sections.count - 1].questions.append(words)
      } else {
        skippedLines += 1
      }
    }
    guard count > 0 else {
      throw FileError(
        path, .malformed("has no question; give lines of four words below lines \": name\""))
    }
  }

  /// Tests vectors: an answer is the word nearest to b − a + c that is not a, b or c, among the five
  /// nearest.
  ///
  /// - Parameters:
  ///   - vectors: The vectors.
  ///   - limit: How many of their words count, from the first on, which should be the most frequent.
  ///   - isCaseSensitive: Whether capitals matter; otherwise of words that differ only in them the
  ///     first counts.
  /// - Returns: The score of each section, in their order.
  /// - Complexity: O(questions·V·d).
  public func score(
    _ vectors: WordVectors, limit: Int = 300_000, isCaseSensitive: Bool = false
  ) -> [Score] {
    let words = TestVocabulary(vectors, limit: limit, isCaseSensitive: isCaseSensitive)
    var asked: [(section: Int, question: [String])] = []
    var searches: [NearestRows.Search] = []
    for (section, (_, questions)) in sections.enumerated() {
      for question in questions {
        let rows = question.compactMap { words.row(of: $0) }
        guard rows.count == 4 else { continue }
        asked.append((section, question.map { words.folded($0) }))
        searches.append(vectors.search([rows[1], rows[2], rows[0]], [1, 1, -1]))
      }
    }
    let answers = vectors.nearestRows(searches, k: 5, among: limit)
    var correct = [Int](repeating: 0, count: sections.count)
    var counted = correct
    for ((section, question), nearest) in zip(asked, answers) {
      let found = nearest.map { words.folded(vectors.words[$0.row]) }
      let answer = found.first { word in !question.dropLast().contains { isSame($0, word) } }
      counted[section] += 1
      if let answer = answer ?? found.last, isSame(answer, question[3]) { correct[section] += 1 }
    }
    return sections.indices.map { i in
      Score(
        name: sections[i].name, correct: correct[i], questions: counted[i],
        missing: sections[i].questions.count - counted[i])
    }
  }

  /// Whether two words are the same, byte for byte.
  private func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }
}

extension Analogies.Score {
  /// The score of several sections together.
  ///
  /// - Parameters:
  ///   - name: What to call it.
  ///   - sections: Their scores.
  public init(_ name: String, of sections: [Analogies.Score]) {
    self.init(
      name: name, correct: sections.reduce(0) { $0 + $1.correct },
      questions: sections.reduce(0) { $0 + $1.questions },
      missing: sections.reduce(0) { $0 + $1.missing })
  }
}
