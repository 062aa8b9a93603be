import Files

/// A text as numbers: the vocabulary index of every token, and where the sentences begin.
public struct Corpus: Sendable {
  /// What to call the corpus in output: a file's name, or what says that it is synthetic.
  public let name: String
  /// The words and their indices.
  public let vocabulary: Vocabulary
  /// The index of every token of the text, in the text's order; 0 for words below the minimum.
  public let tokens: [Int32]
  /// Sentence i is `tokens[sentenceOffsets[i]..<sentenceOffsets[i + 1]]`; no sentence is empty.
  public let sentenceOffsets: [Int]

  /// The number of sentences: lines of the text that have a word.
  public var sentenceCount: Int { sentenceOffsets.count - 1 }

  /// Reads a UTF-8 text with a sentence on each line, words split at white space.
  ///
  /// One pass over the file, which is never held in memory: what stays is 4 bytes a token, 8 a
  /// sentence, and the different words.
  ///
  /// - Parameters:
  ///   - path: The text file.
  ///   - name: What to call the corpus; the file's name by default.
  ///   - minimumCount: Words that occur less often are `<unk>`; 0 or more.
  ///   - file: The caller's file, for a minimum count that cannot be.
  ///   - line: The caller's line.
  /// - Throws: `CorpusError` if the file is not there, not a UTF-8 text with a word on a line of
  ///   at most 1 MiB, or leaves nothing to train on.
  /// - Complexity: O(bytes).
  public init(
    contentsOf path: String, name: String? = nil, minimumCount: Int,
    file: StaticString = #fileID, line: UInt = #line
  ) throws(CorpusError) {
    requireMinimumCount(minimumCount, file, line)
    try self.init(
      contentsOf: path, name: name, minimumCount: minimumCount, reader: TextReader(name: path))
  }

  init(
    contentsOf path: String, name: String? = nil, minimumCount: Int, reader: TextReader
  ) throws(CorpusError) {
    let numbered: TokenNumbering
    do throws(FileError) {
      let file = try InputFile(path: path)
      var numbering = PipelinedNumbering(expectedBytes: file.size)
      try reader.read(
        from: { buffer throws(FileError) in try file.read(into: buffer) }, into: &numbering)
      numbered = numbering.finish()
    } catch {
      throw .file(error)
    }
    let fileName = path.split(separator: "/").last.map(String.init) ?? path
    try self.init(numbered, name: name ?? fileName, path: path, minimumCount: minimumCount)
  }

  /// Makes a corpus of a text in memory, by the same rules as for a file.
  ///
  /// - Parameters:
  ///   - text: The text, a sentence on each line.
  ///   - name: What to call the corpus.
  ///   - minimumCount: Words that occur less often are `<unk>`; 0 or more.
  ///   - file: The caller's file, for a minimum count that cannot be.
  ///   - line: The caller's line.
  /// - Throws: `CorpusError`, with `name` for the path.
  public init(
    text: String, name: String, minimumCount: Int, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(CorpusError) {
    requireMinimumCount(minimumCount, file, line)
    try self.init(
      text: Array(text.utf8), name: name, minimumCount: minimumCount,
      reader: TextReader(name: name))
  }

  init(
    text: [UInt8], name: String, minimumCount: Int, reader: TextReader
  ) throws(CorpusError) {
    var numbering = PipelinedNumbering(expectedBytes: text.count)
    var position = 0
    do throws(FileError) {
      try reader.read(
        from: { buffer throws(FileError) in
          let count = min(buffer.count, text.count - position)
          buffer.copyBytes(from: text[position..<position + count])
          position += count
          return count
        }, into: &numbering)
    } catch {
      throw .file(error)
    }
    try self.init(numbering.finish(), name: name, path: name, minimumCount: minimumCount)
  }

  /// A corpus of the same words with other tokens.
  init(name: String, vocabulary: Vocabulary, tokens: [Int32], sentenceOffsets: [Int]) {
    self.name = name
    self.vocabulary = vocabulary
    self.tokens = tokens
    self.sentenceOffsets = sentenceOffsets
  }

  /// The same text with the words of another vocabulary, others being `<unk>`.
  ///
  /// - Parameter vocabulary: The words; those of the text are looked up by their spelling.
  /// - Returns: The corpus, of as many tokens.
  /// - Complexity: O(tokens).
  public func renumbered(by vocabulary: Vocabulary) -> Corpus {
    let indices = self.vocabulary.tokens.map { Int32(vocabulary[$0]) }
    return Corpus(
      name: name, vocabulary: vocabulary, tokens: tokens.map { indices[Int($0)] },
      sentenceOffsets: sentenceOffsets)
  }

  /// Counts, cuts, sorts and renumbers.
  private init(
    _ numbering: consuming TokenNumbering, name: String, path: String, minimumCount: Int
  ) throws(CorpusError) {
    guard !numbering.tokens.isEmpty else { throw .noWords(path: path) }
    let (vocabulary, indices) = numbering.vocabulary(minimumCount: minimumCount)
    guard vocabulary.count > 1 else {
      throw .noFrequentWord(
        path: path, minimum: minimumCount, greatest: numbering.greatestCount)
    }
    var tokens = numbering.tokens
    let offsets = numbering.sentenceOffsets
    numbering = TokenNumbering()  // the tokens have one owner: no copy below
    for i in tokens.indices { tokens[i] = indices[Int(tokens[i])] }
    let hasContext = zip(offsets, offsets.dropFirst()).contains { start, end in
      tokens[start..<end].lazy.filter { $0 != Vocabulary.unknownIndex }.prefix(2).count == 2
    }
    guard hasContext else {
      throw .noSentenceOfTwoWords(path: path, minimum: minimumCount)
    }
    self.name = name
    self.vocabulary = vocabulary
    self.tokens = tokens
    self.sentenceOffsets = offsets
  }
}

private func requireMinimumCount(_ minimum: Int, _ file: StaticString, _ line: UInt) {
  require(minimum >= 0, "a minimum count of \(minimum) is below 0", file: file, line: line)
}
