import Files
import Foundation

/// A text that stays on disk: its words are counted in one pass, and each epoch reads it again.
///
/// Memory holds the vocabulary and a few blocks, whatever the length of the text, beside a note on
/// each passage. Files that are packed by gzip are unpacked into a file without a name, in the folder
/// `TMPDIR` or `/var/tmp`.
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

  private let files: [RereadableFile]
  private let form: TextForm
  private let passages: [Passage<TextPlace>]
  private var order: PassageOrder

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
    contentsOf paths: [String], name: String? = nil,
    minimumCount: Int = Corpus.standardMinimumCount,
    maximumVocabulary: Int = .max, maximumDifferent: Int = standardDifferent,
    form: TextForm = TextForm(), file: StaticString = #fileID, line: UInt = #line
  ) throws(CorpusError) {
    try self.init(
      contentsOf: paths, name, Corpus.Limits(minimumCount, maximumVocabulary, file, line),
      maximumDifferent: maximumDifferent, form, passageSize: Self.passageSize, file, line)
  }

  init(
    contentsOf paths: [String], _ name: String? = nil, _ limits: Corpus.Limits,
    maximumDifferent: Int = standardDifferent, _ form: TextForm = TextForm(), passageSize: Int,
    _ file: StaticString = #fileID, _ line: UInt = #line
  ) throws(CorpusError) {
    require(!paths.isEmpty, "a text of no file", file: file, line: line)
    require(
      maximumDifferent >= 3, "maximumDifferent is \(maximumDifferent), less than 3", file: file,
      line: line)
    let numbered: TokenNumbering
    do throws(FileError) {
      var files: [RereadableFile] = []
      for path in paths { files.append(try RereadableFile(path)) }
      self.files = files
      let last = TextPlace(file: files.count - 1, bytes: .max..<(.max))
      numbered = try TextQueue(files, Passage(start: TextPlace(), end: last, wordCount: .max))
        .numbered(
          form, countingUpTo: maximumDifferent,
          marks: PassageMarks(size: passageSize, from: TextPlace()))
    } catch {
      throw .file(error)
    }
    self.name = name ?? Corpus.name(ofFiles: paths)
    self.form = form
    passages = numbered.passages
    order = PassageOrder(count: passages.count)
    tokenCount = numbered.tokenCount
    forgottenCount = numbered.forgottenCount
    vocabulary = try numbered.limitedVocabulary(
      limits, path: Corpus.path(ofFiles: paths)
    ).vocabulary
  }

  /// Goes back to the beginning.
  public mutating func rewind() { order = PassageOrder(count: passages.count) }

  /// Goes to the next block.
  ///
  /// - Returns: The block; nil at the end.
  /// - Throws: `FileError` where a file cannot be read, or is not what it was.
  public mutating func next() throws(FileError) -> Corpus? {
    guard let numbers = order.next() else { return nil }
    var block = BlockSink(vocabulary)
    for passage in numbers.map({ passages[$0] }) {
      block.begin(passage)
      try TextQueue(files, passage).read(into: &block, form)
      guard block.isComplete else { throw files[passage.start.file].changed }
    }
    return Corpus(
      name: name, vocabulary: vocabulary, tokens: block.tokens, sentenceOffsets: block.offsets)
  }
}

/// Looks up the words of passages, one behind the other.
private struct BlockSink: WordSink {
  /// The tokens, and where their sentences begin; the last offset is their number.
  private(set) var tokens: [Int32] = []
  private(set) var offsets = [0]

  private let vocabulary: Vocabulary
  /// The words of the chunk that is being split.
  private let probes = GrowingBuffer<WordTable.Probe>()
  private var cut = SentenceCut()
  /// The words taken of all passages.
  private var wordCount = 0
  /// How many words come before those of the passage, and how many of those are still to come.
  private var (skipped, missing) = (0, 0)

  init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// Whether all words of the passage have come.
  var isComplete: Bool { missing == 0 }

  /// Begins a passage.
  mutating func begin(_ passage: Passage<TextPlace>) {
    (skipped, missing) = (passage.start.word, passage.wordCount)
  }

  @inline(__always)
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer, at place: TextPlace) {
    if skipped > 0 {
      skipped -= 1
    } else if missing > 0 {
      missing -= 1
      if cut.takeWord(wordCount) { offsets.append(wordCount) }
      probes.append(WordTable.Probe(bytes))
      wordCount += 1
    }
  }

  mutating func takeLineEnd(at place: TextPlace) {
    if cut.takeLineEnd(wordCount) { offsets.append(wordCount) }
  }

  mutating func takeChunkEnd(bytesRead: Int) { lookUp() }

  mutating func takeEnd() { lookUp() }

  private mutating func lookUp() {
    vocabulary.table.find(probes.elements, appendingNumbersTo: &tokens)
    probes.resize(to: 0)
  }
}
