import Files

/// Pairs of words that people have judged for how alike they are, to test vectors by.
///
/// - Source: Finkelstein et al. 2002, WordSim-353; the counting is that of gensim's
///   `evaluate_word_pairs`.
public struct WordPairs: Sendable {
  private let pairs: [(first: String, second: String, judged: Double)]
  /// Lines that are neither a pair nor a remark.
  public let skippedLines: Int

  /// The number of pairs.
  public var count: Int { pairs.count }

  /// What vectors reach on the pairs.
  public struct Score: Sendable, Equatable {
    /// Spearman's correlation of the cosines with the judgements.
    public let spearman: Correlation
    /// Pearson's correlation of the two.
    public let pearson: Correlation
    /// The pairs of which both words have vectors.
    public let pairs: Int
    /// The other pairs, which do not count.
    public let missing: Int
  }

  /// Reads pairs: lines of two words and a number with tabs between; `#` begins a remark.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` if it cannot be read or has no pair.
  public init(contentsOf path: String) throws(FileError) {
    try self.init(try TestSet.lines(of: path), of: path)
  }

  /// Reads pairs from the lines of a file.
  init(_ lines: [Substring], of path: String) throws(FileError) {
    var pairs: [(String, String, Double)] = []
    var skipped = 0
    for line in lines where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      let number = fields.last.map { $0.filter { !$0.isWhitespace } }
      if fields.count == 3, let judged = Double(number ?? "") {
        pairs.append((String(fields[0]), String(fields[1]), judged))
      } else {
        skipped += 1
      }
    }
    guard !pairs.isEmpty else {
      throw FileError(
        path, .malformed("has no pair; give lines of two words and a number with tabs between"))
    }
    (self.pairs, skippedLines) = (pairs, skipped)
  }

  /// Tests vectors.
  ///
  /// - Parameters:
  ///   - vectors: The vectors.
  ///   - limit: How many of their words count, from the first on, which should be the most frequent.
  ///   - isCaseSensitive: Whether capitals matter; otherwise of words that differ only in them the
  ///     first counts.
  /// - Returns: The correlations.
  public func score(
    _ vectors: WordVectors, limit: Int = 300_000, isCaseSensitive: Bool = false
  ) -> Score {
    let words = TestVocabulary(vectors, limit: limit, isCaseSensitive: isCaseSensitive)
    var (judged, cosines) = ([Double](), [Double]())
    for pair in pairs {
      guard let a = words.row(of: pair.first), let b = words.row(of: pair.second) else { continue }
      judged.append(pair.judged)
      cosines.append(vectors.cosine(ofRow: b, with: vectors[a].map(Double.init)))
    }
    return Score(
      spearman: .spearman(judged, cosines), pearson: .pearson(judged, cosines),
      pairs: judged.count, missing: pairs.count - judged.count)
  }
}

/// Questions in a file that tells what they are.
package enum TestSet: Sendable {
  /// Judged pairs.
  case wordPairs(WordPairs)
  /// Analogies.
  case analogies(Analogies)

  /// Reads a file, once: it may be a pipe.
  ///
  /// The first line that is no remark tells: analogies begin with a section.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` if it cannot be read or has no question.
  package init(contentsOf path: String) throws(FileError) {
    let lines = try Self.lines(of: path)
    self =
      lines.first { !$0.hasPrefix("#") }?.hasPrefix(":") == true
      ? .analogies(try Analogies(lines, of: path)) : .wordPairs(try WordPairs(lines, of: path))
  }

  /// The lines of a file, without their ends.
  static func lines(of path: String) throws(FileError) -> [Substring] {
    try InputFile.text(of: path, limit: 1 << 28).split(whereSeparator: \.isNewline)
  }
}
