import Files
import Foundation

/// A text that stays on disk: its words are counted in one pass, and each epoch reads it again.
///
/// Memory holds the vocabulary and a few blocks, whatever the length of the text. A thread reads
/// ahead of who takes the blocks.
public struct StreamedText: TextBlocks {
  /// What to call the text in output.
  public let name: String
  /// The words of the whole text.
  public let vocabulary: Vocabulary
  /// The number of the text's words.
  public let tokenCount: Int
  /// By how much the counts of rare words may be too low, as there were too many different ones; 0
  /// where all were counted.
  public let forgottenCount: Int

  /// How many different words are counted at a time where no number is given.
  public static let standardDifferent = 20_000_000

  private let paths: [String]
  private let form: TextForm
  /// The vocabulary's words without `<unk>`, in its order.
  private let table: WordTable
  var blockSize = Self.blockSize
  private var reading: BlockReading?

  /// Counts the words of UTF-8 texts with a sentence on each line.
  ///
  /// - Parameters:
  ///   - paths: The text files, one or more, packed by gzip or not; they are read again later, so a
  ///     pipe will not do.
  ///   - name: What to call the text; the first file's name by default.
  ///   - minimumCount: Words that occur less often in all of them are `<unk>`; 0 or more.
  ///   - maximumVocabulary: Of the other words the most frequent, as many as this, are kept.
  ///   - maximumDifferent: How many different words are counted at a time, 3 or more: where there
  ///     are more, the rarest are forgotten.
  ///   - form: How words are found.
  ///   - file: The caller's file, for a number that cannot be.
  ///   - line: The caller's line.
  /// - Throws: `CorpusError` if a file is not there, no regular file or not a UTF-8 text with words of
  ///   at most 1 MiB, or all together have no word that is frequent enough.
  /// - Complexity: O(bytes).
  public init(
    contentsOf paths: [String], name: String? = nil, minimumCount: Int,
    maximumVocabulary: Int = .max, maximumDifferent: Int = standardDifferent,
    form: TextForm = TextForm(), file: StaticString = #fileID, line: UInt = #line
  ) throws(CorpusError) {
    require(!paths.isEmpty, "a text of no file", file: file, line: line)
    require(
      maximumDifferent >= 3, "maximumDifferent is \(maximumDifferent), less than 3", file: file,
      line: line)
    let limits = Corpus.Limits(minimumCount, maximumVocabulary, file, line)
    let numbered: TokenNumbering
    do throws(FileError) {
      for path in paths { try Self.checkRereadable(path) }
      numbered = try TextQueue(paths.map { TextReader(name: $0) })
        .numbered(form, countingUpTo: maximumDifferent)
    } catch {
      throw .file(error)
    }
    self.name = name ?? Corpus.name(ofFiles: paths)
    self.paths = paths
    self.form = form
    tokenCount = numbered.tokenCount
    forgottenCount = numbered.forgottenCount
    vocabulary = try numbered.limitedVocabulary(limits, path: paths[0]).vocabulary
    var table = WordTable()
    for word in vocabulary.tokens.dropFirst() { _ = table.insert(word) }
    self.table = table
  }

  private static func checkRereadable(_ path: String) throws(FileError) {
    var status = stat()
    if stat(path.systemPath, &status) == 0, status.st_mode & S_IFMT != S_IFREG,
      status.st_mode & S_IFMT != S_IFDIR
    {
      throw FileError(
        path,
        .malformed(
          "can be read only once, and a text that is streamed is read again for each epoch; "
            + "save it in a file"))
    }
  }

  /// Goes back to the beginning.
  public mutating func rewind() { reading = nil }

  /// Goes to the next block.
  ///
  /// - Returns: The block; nil at the end.
  /// - Throws: `FileError` where a file cannot be read, or has another number of words than before.
  public mutating func next() throws(FileError) -> Corpus? {
    if reading == nil {
      let queue = try TextQueue(paths.map { TextReader(name: $0) })
      reading = BlockReading(queue, form, table, blockSize: blockSize)
    }
    guard let reading else { return nil }
    guard let block = try reading.next() else {
      guard reading.tokenCount == tokenCount else {
        throw FileError(
          paths[0],
          .malformed(
            "changed while it was being read: it had \(tokenCount) words, and now "
              + "\(reading.tokenCount)"))
      }
      return nil
    }
    return Corpus(
      name: name, vocabulary: vocabulary, tokens: block.tokens,
      sentenceOffsets: block.sentenceOffsets)
  }
}

/// A pass over a text on a thread of its own, a block or two ahead of who takes them.
private final class BlockReading: @unchecked Sendable {
  typealias Block = (tokens: [Int32], sentenceOffsets: [Int])

  private let changed = NSCondition()
  // All below are touched only while `changed` is locked.
  private var blocks: [Block] = []
  private var outcome: Result<Void, FileError>?
  private var isAbandoned = false
  /// The number of words in the blocks that were taken.
  private(set) var tokenCount = 0

  /// Begins a pass.
  init(_ queue: TextQueue, _ form: TextForm, _ table: WordTable, blockSize: Int) {
    nonisolated(unsafe) let queue = queue  // used by the thread alone
    let handOver = Handover(self)
    let thread = Thread {
      var sink = BlockSink(table, blockSize: blockSize) { handOver.give($0) }
      let outcome: Result<Void, FileError>
      do throws(FileError) {
        try queue.read(into: &sink, form) { handOver.reading == nil }
        sink.finish()
        outcome = .success(())
      } catch {
        outcome = .failure(error)
      }
      handOver.reading?.end(outcome)
    }
    thread.stackSize = 1 << 21
    thread.start()
  }

  /// What the thread knows of the pass: whether somebody still wants its blocks.
  private final class Handover: @unchecked Sendable {
    weak var reading: BlockReading?
    init(_ reading: BlockReading) { self.reading = reading }

    func give(_ block: Block) {
      // Held only while it looks, so that a pass nobody waits for ends.
      while let reading, !reading.take(block) {}
    }
  }

  /// Takes a block if there is room, which it waits for a moment; returns whether it did.
  private func take(_ block: Block) -> Bool {
    changed.lock()
    defer { changed.unlock() }
    if blocks.count >= 2 { _ = changed.wait(until: Date(timeIntervalSinceNow: 0.05)) }
    guard blocks.count < 2 else { return false }
    blocks.append(block)
    changed.broadcast()
    return true
  }

  private func end(_ outcome: Result<Void, FileError>) {
    changed.lock()
    defer { changed.unlock() }
    self.outcome = outcome
    changed.broadcast()
  }

  /// The next block, nil at the end of the text.
  ///
  /// - Throws: `FileError` where the text could not be read.
  func next() throws(FileError) -> Block? {
    changed.lock()
    defer { changed.unlock() }
    while blocks.isEmpty, outcome == nil { changed.wait() }
    if blocks.isEmpty {
      try outcome?.get()
      return nil
    }
    let block = blocks.removeFirst()
    tokenCount += block.tokens.count
    changed.broadcast()
    return block
  }
}

/// Looks up the words of a text and cuts it into blocks.
private struct BlockSink: WordSink {
  private let table: WordTable
  private let blockSize: Int
  private let give: (BlockReading.Block) -> Void
  /// The words of the chunk that is being split, and of the one before, whose bytes still stay.
  private var probes: [WordTable.Probe] = []
  /// The block's tokens so far, but those of the present chunk.
  private var tokens: [Int32] = []
  /// Where the block's sentences begin; the last one is where the present one does.
  private var offsets = [0]
  /// Where lines of the present chunk end, counted from the block's beginning.
  private var lineEnds: [Int] = []

  init(_ table: WordTable, blockSize: Int, give: @escaping (BlockReading.Block) -> Void) {
    (self.table, self.blockSize, self.give) = (table, blockSize, give)
  }

  @inline(__always)
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer) {
    probes.append(WordTable.Probe(bytes))
  }

  mutating func takeLineEnd() { lineEnds.append(tokens.count + probes.count) }

  mutating func takeChunkEnd(bytesRead: Int) { lookUp() }

  mutating func takeEnd() { lookUp() }

  /// Gives what is left as the last block.
  mutating func finish() {
    endSentence(at: tokens.count)
    if !tokens.isEmpty { give((tokens, offsets)) }
  }

  private mutating func lookUp() {
    let first = tokens.count
    table.find(probes, appendingNumbersTo: &tokens)
    for i in first..<tokens.count { tokens[i] += 1 }  // 0 is `<unk>`
    probes.removeAll(keepingCapacity: true)
    var shift = 0  // what blocks that end here take from the beginning
    for end in lineEnds { shift += endSentence(at: end - shift) }
    lineEnds.removeAll(keepingCapacity: true)
    // A line that goes on is cut where a whole one would be.
    let open = tokens.count - offsets[offsets.count - 1]
    let cut = open / TokenNumbering.sentenceLimit * TokenNumbering.sentenceLimit
    if cut > 0 { endSentence(at: offsets[offsets.count - 1] + cut) }
  }

  /// Ends a sentence before token `end`, and the block where it is long enough; returns how many
  /// tokens have left with it.
  @discardableResult
  private mutating func endSentence(at end: Int) -> Int {
    var (end, left) = (end, 0)
    while end > offsets[offsets.count - 1] {
      let cut = min(end, offsets[offsets.count - 1] + TokenNumbering.sentenceLimit)
      offsets.append(cut)
      guard cut >= blockSize else { continue }
      give((Array(tokens[..<cut]), offsets))
      tokens.removeFirst(cut)
      offsets = [0]
      end -= cut
      left += cut
    }
    return left
  }
}
