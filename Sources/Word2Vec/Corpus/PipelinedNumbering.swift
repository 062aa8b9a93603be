/// Numbers the words of a text on two threads: while the caller's splits a chunk into words, another
/// looks up the words of the chunk before.
///
/// The words are looked up in the text's order; the result does not depend on the threads.
struct PipelinedNumbering: WordSink {
  /// The words of a chunk, and how many tokens the text may have.
  private typealias Chunk = (words: [WordTable.Probe], expectedTokens: Int)

  private let lookingUp = Relay(TokenNumbering(), ([], 0) as Chunk) { numbering, chunk in
    if numbering.tokens.isEmpty { numbering.reserveCapacity(chunk.expectedTokens) }
    numbering.append(chunk.words)
    chunk.words.removeAll(keepingCapacity: true)
  }
  /// The chunk that is being split.
  private var chunk: Chunk = ([], 0)
  private var wordCount = 0
  private var sentenceOffsets = [0]
  /// Bytes of the whole text, as far as known.
  private let expectedBytes: Int

  init(expectedBytes: Int) { self.expectedBytes = expectedBytes }

  @inline(__always)
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer) {
    chunk.words.append(WordTable.Probe(bytes))
    wordCount += 1
  }

  mutating func takeLineEnd() {
    if wordCount > sentenceOffsets[sentenceOffsets.count - 1] { sentenceOffsets.append(wordCount) }
  }

  mutating func takeChunkEnd(bytesRead: Int) {
    // One allocation instead of many that double: 5% more than the text so far suggests.
    let share = Double(bytesRead) / Double(max(expectedBytes, bytesRead))
    chunk.expectedTokens = bytesRead > 0 ? Int(1.05 / share * Double(wordCount)) : 0
    lookingUp.exchange(&chunk)
  }

  mutating func takeEnd() { lookingUp.wait() }

  /// The numbered text; this numbering is used up.
  consuming func finish() -> TokenNumbering {
    var numbering = lookingUp.finish(leaving: TokenNumbering())
    numbering.sentenceOffsets = sentenceOffsets
    return numbering
  }
}
