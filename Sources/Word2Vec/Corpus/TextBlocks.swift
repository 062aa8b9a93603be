import Files

/// A text that is gone through a block of sentences at a time, again for each epoch.
///
/// The text is a row of passages of `passageSize` words or a little more. A block has sixteen of them,
/// or fewer, that lie as far from each other as they can: of R blocks the first has the passages 0, R,
/// 2R and so on. So each block is like the whole text, whatever its parts are about, and the text
/// may lie in memory or be read from files: both are cut alike.
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
  /// The number of words from which a passage ends with its sentence: 2¹⁶.
  static var passageSize: Int { 1 << 16 }
  /// The most passages of a block.
  static var passagesPerBlock: Int { 16 }
  /// The words of a block, about.
  static var blockSize: Int { passageSize * passagesPerBlock }

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

/// Goes through the passages of a text in the order of its blocks.
struct PassageOrder {
  /// The number of passages.
  let count: Int
  private var block = 0

  init(count: Int) { self.count = count }

  /// The passages of the next block, by number; nil at the end.
  mutating func next() -> StrideTo<Int>? {
    let perBlock = CorpusBlocks.passagesPerBlock
    let blocks = (count + perBlock - 1) / perBlock
    guard block < blocks else { return nil }
    defer { block += 1 }
    return stride(from: block, to: count, by: blocks)
  }
}

/// The blocks of a text in memory.
public struct CorpusBlocks: TextBlocks {
  private let corpus: Corpus
  /// The passages; their places are sentences' numbers.
  private let passages: [Passage<Int>]
  private var order: PassageOrder

  /// Begins at the beginning of a text.
  ///
  /// - Parameter corpus: The text.
  /// - Complexity: O(sentences).
  public init(_ corpus: Corpus) { self.init(corpus, passageSize: Self.passageSize) }

  init(_ corpus: Corpus, passageSize: Int) {
    self.corpus = corpus
    var marks = PassageMarks(size: passageSize, from: 0)
    for (sentence, end) in corpus.sentenceOffsets.enumerated() {
      marks.endSentence(before: end, at: sentence)
    }
    marks.endPassage(before: corpus.tokens.count, at: corpus.sentenceCount)
    passages = marks.passages
    order = PassageOrder(count: passages.count)
  }

  /// What to call the text in output.
  public var name: String { corpus.name }
  /// The words of the whole text.
  public var vocabulary: Vocabulary { corpus.vocabulary }
  /// The number of the text's words.
  public var tokenCount: Int { corpus.tokens.count }

  /// The bytes that hold the text: its words' numbers, and where sentences end.
  package var byteCount: Int { 4 * corpus.tokens.count + 8 * corpus.sentenceOffsets.count }

  /// Goes back to the beginning.
  public mutating func rewind() { order = PassageOrder(count: order.count) }

  /// Goes to the next block; nil at the end.
  public mutating func next() -> Corpus? {
    guard let numbers = order.next() else { return nil }
    var (tokens, offsets) = ([Int32](), [0])
    for passage in numbers.map({ passages[$0] }) {
      let sentences = corpus.sentenceOffsets[passage.start...passage.end]
      let start = sentences[sentences.startIndex]
      offsets.append(
        contentsOf: sentences.dropFirst().map { [shift = tokens.count] in $0 - start + shift })
      tokens.append(contentsOf: corpus.tokens[start..<sentences[sentences.endIndex - 1]])
    }
    return Corpus(name: name, vocabulary: vocabulary, tokens: tokens, sentenceOffsets: offsets)
  }
}
