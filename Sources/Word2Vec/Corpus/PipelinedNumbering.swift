/// Numbers the words of a text on two threads: while the caller's splits a chunk into words, another
/// looks up the words of the chunk before.
///
/// The words are looked up in the text's order; the result does not depend on the threads.
struct PipelinedNumbering: WordSink {
  /// The words of a chunk, and the numbers of these that have been looked up.
  private typealias Chunk = (words: [WordTable.Probe], numbers: [Int32])

  private let lookingUp = Relay(WordTable(), ([], []) as Chunk) { table, chunk in
    table.insert(chunk.words, appendingNumbersTo: &chunk.numbers)
    chunk.words.removeAll(keepingCapacity: true)
  }
  /// The chunk that is being split.
  private var chunk: Chunk = ([], [])
  private var wordCount = 0
  private var numbering = TokenNumbering()
  /// Bytes of the whole text, as far as known.
  private let expectedBytes: Int

  init(expectedBytes: Int) { self.expectedBytes = expectedBytes }

  @inline(__always)
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer) {
    chunk.words.append(WordTable.Probe(bytes))
    wordCount += 1
  }

  mutating func takeLineEnd() { numbering.endSentence(at: wordCount) }

  mutating func takeChunkEnd(bytesRead: Int) {
    if numbering.tokens.capacity == 0, bytesRead > 0 {
      // One allocation instead of many that double: 5% more than the text so far suggests.
      let share = Double(bytesRead) / Double(max(expectedBytes, bytesRead))
      numbering.reserveCapacity(Int(1.05 / share * Double(wordCount)))
    }
    exchange()
  }

  mutating func takeEnd() {
    exchange()
    lookingUp.wait()  // an error in a line leaves words of its chunk
  }

  /// Hands over the chunk that is split, and takes the numbers of the one before.
  private mutating func exchange() {
    lookingUp.exchange(&chunk)
    numbering.append(chunk.numbers)
    chunk.numbers.removeAll(keepingCapacity: true)
  }

  /// The numbered text; this numbering is used up.
  mutating func finish() -> TokenNumbering {
    var numbered = TokenNumbering()
    swap(&numbered, &numbering)  // the tokens have one owner: whoever changes them needs no copy
    numbered.words = lookingUp.finish(leaving: WordTable())
    return numbered
  }
}
