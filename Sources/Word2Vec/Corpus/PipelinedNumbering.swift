import Dispatch

/// Numbers the words of a text on two threads: while the caller's splits a chunk into words, another
/// looks up the words of the chunk before.
///
/// The words are looked up in the text's order; the result does not depend on the threads.
struct PipelinedNumbering: WordSink {
  private let worker = Worker()
  /// The words of the chunk that is being split.
  private var chunk: [WordTable.Probe] = []
  private var wordCount = 0
  private var sentenceOffsets = [0]
  /// Bytes of the whole text, as far as known.
  private let expectedBytes: Int

  init(expectedBytes: Int) { self.expectedBytes = expectedBytes }

  @inline(__always)
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer) {
    chunk.append(WordTable.Probe(bytes))
    wordCount += 1
  }

  mutating func takeLineEnd() {
    if wordCount > sentenceOffsets[sentenceOffsets.count - 1] { sentenceOffsets.append(wordCount) }
  }

  mutating func takeChunkEnd(bytesRead: Int) {
    // One allocation instead of many that double: 5% more than the text so far suggests.
    let share = Double(bytesRead) / Double(max(expectedBytes, bytesRead))
    let expected = bytesRead > 0 ? Int(1.05 / share * Double(wordCount)) : 0
    chunk = worker.exchange(chunk, expectedTokens: expected)
  }

  mutating func takeEnd() { worker.wait() }

  /// The numbered text; this numbering is used up.
  consuming func finish() -> TokenNumbering {
    var numbering = worker.finish()
    numbering.sentenceOffsets = sentenceOffsets
    return numbering
  }

  /// The thread that looks words up, and what only one of the two threads has at a time.
  private final class Worker: @unchecked Sendable {
    private let queue = DispatchQueue(label: "numbering of words")
    private var numbering = TokenNumbering()
    private var words: [WordTable.Probe] = []

    /// Waits for the words given before, begins with `next`, and returns an empty list.
    func exchange(_ next: [WordTable.Probe], expectedTokens: Int) -> [WordTable.Probe] {
      wait()
      var done = words
      words = next
      if numbering.tokens.isEmpty { numbering.reserveCapacity(expectedTokens) }
      queue.async { [self] in numbering.append(words) }
      done.removeAll(keepingCapacity: true)
      return done
    }

    /// Waits until all words given so far are looked up.
    func wait() { queue.sync {} }

    /// The result, which is taken away.
    func finish() -> TokenNumbering {
      wait()
      defer { numbering = TokenNumbering() }
      return numbering
    }
  }
}
