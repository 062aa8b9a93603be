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

  /// The count below which a word is left out where no other is asked for: 5, as in word2vec.c.
  public static let standardMinimumCount = 5

  /// The number of sentences: lines of the text that have a word.
  public var sentenceCount: Int { sentenceOffsets.count - 1 }

  /// The number of tokens of the longest sentence.
  package var longestSentence: Int {
    zip(sentenceOffsets, sentenceOffsets.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }
  }

  /// Reads a UTF-8 text with a sentence on each line.
  ///
  /// - Parameters:
  ///   - path: The text file, packed by gzip or not.
  ///   - name: What to call the corpus; the file's name by default.
  ///   - minimumCount: Words that occur less often are `<unk>`; 0 or more.
  ///   - maximumVocabulary: Of the other words the most frequent, as many as this, are kept.
  ///   - form: How words are found.
  ///   - file: The caller's file, for a number that cannot be.
  ///   - line: The caller's line.
  /// - Throws: `CorpusError` if the file is not there, not a UTF-8 text with words of at most 1 MiB,
  ///   or leaves nothing to train on.
  /// - Complexity: O(bytes).
  public init(
    contentsOf path: String, name: String? = nil, minimumCount: Int = standardMinimumCount,
    maximumVocabulary: Int = .max, form: TextForm = TextForm(), file: StaticString = #fileID,
    line: UInt = #line
  ) throws(CorpusError) {
    try self.init(
      contentsOf: [path], name: name, minimumCount: minimumCount,
      maximumVocabulary: maximumVocabulary, form: form, file: file, line: line)
  }

  /// Reads UTF-8 texts with a sentence on each line, one behind the other.
  ///
  /// One pass over the files, which are never held in memory: what stays is 4 bytes a token, 8 a
  /// sentence, and the different words. A line of more than 10,000 words is cut into sentences of
  /// that length.
  ///
  /// - Parameters:
  ///   - paths: The text files, one or more, packed by gzip or not.
  ///   - name: What to call the corpus; the first file's name by default.
  ///   - minimumCount: Words that occur less often in all of them are `<unk>`; 0 or more.
  ///   - maximumVocabulary: Of the other words the most frequent, as many as this, are kept.
  ///   - form: How words are found.
  ///   - file: The caller's file, for a number that cannot be.
  ///   - line: The caller's line.
  /// - Throws: `CorpusError` if a file is not there, not a UTF-8 text with words of at most 1 MiB, or
  ///   all together leave nothing to train on.
  /// - Complexity: O(bytes).
  public init(
    contentsOf paths: [String], name: String? = nil, minimumCount: Int = standardMinimumCount,
    maximumVocabulary: Int = .max, form: TextForm = TextForm(), file: StaticString = #fileID,
    line: UInt = #line
  ) throws(CorpusError) {
    require(!paths.isEmpty, "a corpus of no file", file: file, line: line)
    let limits = Limits(minimumCount, maximumVocabulary, file, line)
    let readers = paths.map { TextReader(name: $0) }
    try self.init(contentsOf: readers, name: name, limits, form: form)
  }

  init(
    contentsOf readers: [TextReader], name: String? = nil, _ limits: Limits,
    form: TextForm = TextForm()
  ) throws(CorpusError) {
    let numbered: TokenNumbering
    do throws(FileError) {
      numbered = try TextQueue(readers).numbered(form)
    } catch {
      throw .file(error)
    }
    let paths = readers.map(\.name)
    try self.init(
      numbered, name: name ?? Self.name(ofFiles: paths), path: Self.path(ofFiles: paths), limits)
  }

  /// The first file's name, and how many others there are.
  static func name(ofFiles paths: [String]) -> String {
    path(ofFiles: paths.map { $0.split(separator: "/").last.map(String.init) ?? "" })
  }

  /// The first file's path, and how many others there are.
  static func path(ofFiles paths: [String]) -> String {
    (paths.first ?? "") + (paths.count > 1 ? " and \(paths.count - 1) more" : "")
  }

  /// Makes a corpus of a text in memory, by the same rules as for a file.
  ///
  /// - Parameters:
  ///   - text: The text, a sentence on each line.
  ///   - name: What to call the corpus.
  ///   - minimumCount: Words that occur less often are `<unk>`; 0 or more.
  ///   - maximumVocabulary: Of the other words the most frequent, as many as this, are kept.
  ///   - form: How words are found.
  ///   - file: The caller's file, for a number that cannot be.
  ///   - line: The caller's line.
  /// - Throws: `CorpusError`, with `name` for the path.
  public init(
    text: String, name: String = "text", minimumCount: Int = standardMinimumCount,
    maximumVocabulary: Int = .max,
    form: TextForm = TextForm(), file: StaticString = #fileID, line: UInt = #line
  ) throws(CorpusError) {
    try self.init(
      text: Array(text.utf8), Limits(minimumCount, maximumVocabulary, file, line), form: form,
      reader: TextReader(name: name))
  }

  init(
    text: [UInt8], _ limits: Limits, form: TextForm = TextForm(), reader: TextReader
  ) throws(CorpusError) {
    let numbered: TokenNumbering
    do throws(FileError) {
      numbered = try TextQueue(reader, text).numbered(form)
    } catch {
      throw .file(error)
    }
    try self.init(numbered, name: reader.name, path: reader.name, limits)
  }

  /// Makes a corpus of sentences that are words already.
  ///
  /// A sentence of more than 10,000 words is cut into pieces of that length; empty words are passed
  /// over.
  ///
  /// - Parameters:
  ///   - sentences: The sentences, which are gone through once.
  ///   - name: What to call the corpus.
  ///   - minimumCount: Words that occur less often are `<unk>`; 0 or more.
  ///   - maximumVocabulary: Of the other words the most frequent, as many as this, are kept.
  ///   - form: What becomes of each word.
  ///   - file: The caller's file, for a number that cannot be.
  ///   - line: The caller's line.
  /// - Throws: `CorpusError`, with `name` for the path, where they leave nothing to train on.
  public init<Word: StringProtocol>(
    sentences: some Sequence<some Sequence<Word>>, name: String = "text",
    minimumCount: Int = standardMinimumCount,
    maximumVocabulary: Int = .max, form: TextForm = TextForm(), file: StaticString = #fileID,
    line: UInt = #line
  ) throws(CorpusError) {
    let limits = Limits(minimumCount, maximumVocabulary, file, line)
    var (numbering, cut) = (TokenNumbering(), SentenceCut())
    var numbers: [Int32] = []
    for sentence in sentences {
      for text in sentence {
        for word in form.words(of: String(text)) where !word.isEmpty {
          let count = numbering.tokenCount + numbers.count
          if cut.takeWord(count) { numbering.endSentence(before: count) }
          numbers.append(numbering.words.insert(word))
        }
      }
      numbering.append(numbers)
      numbers.removeAll(keepingCapacity: true)
      let count = numbering.tokenCount
      if cut.takeLineEnd(count) { numbering.endSentence(before: count) }
    }
    try self.init(numbering, name: name, path: name, limits)
  }

  /// What decides which words are kept.
  struct Limits {
    let minimumCount: Int
    let maximumVocabulary: Int

    init(
      _ minimumCount: Int, _ maximumVocabulary: Int = .max, _ file: StaticString = #fileID,
      _ line: UInt = #line
    ) {
      require(
        minimumCount >= 0, "a minimum count of \(minimumCount) is below 0", file: file, line: line)
      require(
        maximumVocabulary >= 1, "a vocabulary of at most \(maximumVocabulary) words", file: file,
        line: line)
      (self.minimumCount, self.maximumVocabulary) = (minimumCount, maximumVocabulary)
    }
  }

  /// A corpus of the same words with other tokens.
  package init(name: String, vocabulary: Vocabulary, tokens: [Int32], sentenceOffsets: [Int]) {
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
    _ numbering: consuming TokenNumbering, name: String, path: String, _ limits: Limits
  ) throws(CorpusError) {
    let minimumCount = limits.minimumCount
    let (vocabulary, indices) = try numbering.limitedVocabulary(limits, path: path)
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

extension TokenNumbering {
  /// The vocabulary within limits, and its index of each word number.
  ///
  /// - Throws: `CorpusError` where there is no word, or none that is frequent enough.
  func limitedVocabulary(
    _ limits: Corpus.Limits, path: String
  ) throws(CorpusError) -> (vocabulary: Vocabulary, indices: [Int32]) {
    guard tokenCount > 0 else { throw .noWords(path: path) }
    let result = vocabulary(
      minimumCount: limits.minimumCount, maximumSize: limits.maximumVocabulary)
    guard result.vocabulary.count > 1 else {
      throw .noFrequentWord(path: path, minimum: limits.minimumCount, greatest: greatestCount)
    }
    return result
  }
}

extension Corpus {
  /// The SHA-256 of what is trained on, 64 hexadecimal digits: words, counts, sentences, tokens.
  ///
  /// Two texts with the same digest give the same vectors, wherever they were read from.
  ///
  /// - Complexity: O(tokens).
  public var digest: String {
    var hasher = SHA256()
    for (word, count) in zip(vocabulary.tokens, vocabulary.counts) {
      hasher.update("\(word) \(count)\n".utf8)
    }
    hasher.update(words: sentenceOffsets)
    hasher.update(words: tokens)
    return hasher.hexDigest()
  }
}
