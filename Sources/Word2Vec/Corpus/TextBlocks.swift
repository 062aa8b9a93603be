import Files

/// A text that is gone through a block of sentences at a time, again for each epoch.
///
/// A block ends with the first sentence that brings it to `TextBlocks.blockSize` words, whether the
/// text lies in memory or is read from files: so both are cut alike.
public protocol TextBlocks: Sendable {
  /// What to call the text in output.
  var name: String { get }
  /// The words of the whole text.
  var vocabulary: Vocabulary { get }
  /// The number of the text's words, those that are not in the vocabulary among them.
  var tokenCount: Int { get }

  /// Goes back to the beginning.
  mutating func rewind()

  /// Goes to the next block.
  ///
  /// - Returns: The block, with the whole text's vocabulary; nil at the end.
  /// - Throws: `FileError` where it cannot be read, or is not what it was.
  mutating func next() throws(FileError) -> Corpus?
}

extension TextBlocks {
  /// The number of words from which a block ends with its sentence: 2²⁰.
  static var blockSize: Int { 1 << 20 }

  /// The SHA-256 of what is trained on: the digests of all blocks.
  ///
  /// - Throws: `FileError` where the text cannot be read again.
  /// - Complexity: O(tokens).
  var digest: String {
    get throws(FileError) {
      var (text, hasher) = (self, SHA256())
      text.rewind()
      while let block = try text.next() { hasher.update(block.digest.utf8) }
      return hasher.hexDigest()
    }
  }
}

/// The blocks of a text in memory.
public struct CorpusBlocks: TextBlocks {
  private let corpus: Corpus
  private let blockSize: Int
  /// The sentence that the next block begins with.
  private var sentence = 0

  /// Begins at the beginning of a text.
  ///
  /// - Parameter corpus: The text.
  public init(_ corpus: Corpus) { self.init(corpus, blockSize: Self.blockSize) }

  init(_ corpus: Corpus, blockSize: Int) { (self.corpus, self.blockSize) = (corpus, blockSize) }

  /// What to call the text in output.
  public var name: String { corpus.name }
  /// The words of the whole text.
  public var vocabulary: Vocabulary { corpus.vocabulary }
  /// The number of the text's words.
  public var tokenCount: Int { corpus.tokens.count }

  /// Goes back to the beginning.
  public mutating func rewind() { sentence = 0 }

  /// Goes to the next block; nil at the end.
  public mutating func next() -> Corpus? {
    let offsets = corpus.sentenceOffsets
    guard sentence < corpus.sentenceCount else { return nil }
    let (first, start) = (sentence, offsets[sentence])
    repeat {
      sentence += 1
    } while sentence < corpus.sentenceCount && offsets[sentence] - start < blockSize
    return Corpus(
      name: name, vocabulary: vocabulary, tokens: Array(corpus.tokens[start..<offsets[sentence]]),
      sentenceOffsets: offsets[first...sentence].map { $0 - start })
  }
}
