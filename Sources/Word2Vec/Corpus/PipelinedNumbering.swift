import Files

/// Numbers the words of a text on two threads: while the caller's splits a chunk into words, another
/// looks up the words of the chunk before.
///
/// The words are looked up in the text's order; the result does not depend on the threads.
struct PipelinedNumbering: WordSink {
  /// Words of the text.
  private struct Chunk {
    var words = GrowingBuffer<WordTable.Probe>()
    /// The numbers of the words that have been looked up.
    var numbers: [Int32] = []
    /// How many different words there were when these had been looked up.
    var differentWords = 0
  }

  private let lookingUp = Relay(WordTable(), Chunk()) { table, chunk in
    table.insert(chunk.words.elements, appendingNumbersTo: &chunk.numbers)
    chunk.words.resize(to: 0)
    chunk.differentWords = table.count
  }
  /// The chunk that is being split.
  private var chunk = Chunk()
  private var wordCount = 0
  private var numbering: TokenNumbering
  private var cut = SentenceCut()
  /// The passages, where words are only counted.
  private var marks: PassageMarks<TextPlace>?
  /// Where the last line ended.
  private var lineEnd = TextPlace()
  /// How many different words are counted before the rarest are forgotten.
  private let differentLimit: Int
  /// Bytes of the whole text, as far as known.
  private let expectedBytes: Int

  /// Begins a numbering.
  ///
  /// - Parameters:
  ///   - expectedBytes: Bytes of the whole text, as far as known.
  ///   - differentLimit: Where words are only counted: how many different ones there may be.
  ///   - marks: Where words are only counted: takes note of the passages.
  init(
    expectedBytes: Int, countingUpTo differentLimit: Int? = nil,
    marks: PassageMarks<TextPlace>? = nil
  ) {
    self.marks = marks
    self.expectedBytes = expectedBytes
    self.differentLimit = differentLimit ?? .max
    numbering = TokenNumbering(keepsTokens: differentLimit == nil)
  }

  @inline(__always)
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer, at place: TextPlace) {
    if cut.takeWord(wordCount) { endSentence(at: place) }
    chunk.words.append(WordTable.Probe(bytes))
    wordCount += 1
  }

  mutating func takeLineEnd(at place: TextPlace) {
    lineEnd = place
    if cut.takeLineEnd(wordCount) { endSentence(at: place) }
  }

  private mutating func endSentence(at place: TextPlace) {
    numbering.endSentence(before: wordCount)
    marks?.endSentence(before: wordCount, at: place)
  }

  mutating func takeChunkEnd(bytesRead: Int) {
    if numbering.tokens.capacity == 0, bytesRead > 0 {
      // One allocation instead of many that double: 5% more than the text so far suggests.
      let share = Double(bytesRead) / Double(max(expectedBytes, bytesRead))
      numbering.reserveCapacity(Int(1.05 / share * Double(wordCount)))
    }
    exchange()
    if chunk.differentWords > differentLimit { forgetRarest() }
  }

  /// Forgets the rarest words, while no chunk is on its way.
  private mutating func forgetRarest() {
    exchange()
    let table = lookingUp.finish(leaving: WordTable())
    _ = lookingUp.finish(leaving: numbering.forgetRarest(of: table, limit: differentLimit))
    exchange()  // the empty chunk that comes back next has the number of words that are left
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
    marks?.endPassage(before: wordCount, at: lineEnd)
    numbered.passages = marks?.passages ?? []
    return numbered
  }
}

/// Texts that are read one behind the other, each opened when it is its turn.
struct TextQueue {
  /// How many bytes there are in all, as far as known.
  private var expectedBytes = 0
  private var texts: [(reader: TextReader, source: () throws(FileError) -> TextReader.Source)] = []

  /// Takes files, which are unpacked where they are packed by gzip.
  ///
  /// - Throws: `FileError` if one of them cannot be opened.
  init(_ readers: [TextReader]) throws(FileError) {
    for reader in readers {
      let file = try InputFile(path: reader.name)
      expectedBytes += file.size
      if file.version == nil {  // a pipe, which cannot be opened twice
        texts.append((reader, { () throws(FileError) in try file.unpacked().source }))
      } else {  // there may be more files than a program may have open
        texts.append(
          (reader, { () throws(FileError) in try InputFile(path: reader.name).unpacked().source }))
      }
    }
  }

  /// Takes what lies between two places of files that can be read at any place.
  init(_ files: [RereadableFile], _ passage: Passage<TextPlace>) {
    let (start, end) = (passage.start, passage.end)
    for number in start.file...end.file {
      let first = number == start.file ? start.bytes.lowerBound : 0
      // Where words of the next passage are made of the same bytes, these are read as well.
      let ownEnd = end.word == 0 ? end.bytes.lowerBound : end.bytes.upperBound
      let range = first..<(number == end.file ? ownEnd : .max)
      let (file, reader) = (files[number], TextReader(name: files[number].path, file: number))
      texts.append((reader.from(first), { () throws(FileError) in try file.source(range) }))
    }
  }

  /// Takes a text in memory.
  init(_ reader: TextReader, _ text: [UInt8]) {
    var position = 0
    let source: TextReader.Source = { buffer in
      let count = min(buffer.count, text.count - position)
      buffer.copyBytes(from: text[position..<position + count])
      position += count
      return count
    }
    (texts, expectedBytes) = ([(reader, { source })], text.count)
  }

  /// Numbers all words.
  ///
  /// - Parameters:
  ///   - form: How words are found.
  ///   - differentLimit: Where words are only to be counted: how many different ones there may be.
  ///   - marks: Where words are only to be counted: takes note of the passages.
  /// - Returns: The numbered text.
  /// - Throws: `FileError` where a text cannot be read or is none.
  func numbered(
    _ form: TextForm, countingUpTo differentLimit: Int? = nil,
    marks: PassageMarks<TextPlace>? = nil
  ) throws(FileError) -> TokenNumbering {
    var numbering = PipelinedNumbering(
      expectedBytes: expectedBytes, countingUpTo: differentLimit, marks: marks)
    try read(into: &numbering, form)
    return numbering.finish()
  }

  /// Gives all words in a form to a sink, one text after the other.
  ///
  /// - Parameters:
  ///   - sink: What takes the words.
  ///   - form: How words are found.
  /// - Throws: `FileError` where a text cannot be read or is none.
  func read<Sink: WordSink>(into sink: inout Sink, _ form: TextForm) throws(FileError) {
    if form == TextForm() { return try read(into: &sink) }
    var formed = FormedWords(form, sink)
    defer { sink = formed.sink }
    try read(into: &formed)
  }

  private func read(into sink: inout some WordSink) throws(FileError) {
    for text in texts { try text.reader.read(from: try text.source(), into: &sink) }
  }
}
