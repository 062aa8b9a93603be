import Files

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
  private var numbering: TokenNumbering
  /// The passages, where words are only counted.
  private var marks: PassageMarks?
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
    expectedBytes: Int, countingUpTo differentLimit: Int? = nil, marks: PassageMarks? = nil
  ) {
    self.marks = marks
    self.expectedBytes = expectedBytes
    self.differentLimit = differentLimit ?? .max
    numbering = TokenNumbering(keepsTokens: differentLimit == nil)
  }

  @inline(__always)
  mutating func takeWord(_ bytes: UnsafeRawBufferPointer) {
    chunk.words.append(WordTable.Probe(bytes))
    wordCount += 1
  }

  mutating func takeLineEnd() {
    numbering.endSentence(at: wordCount)
    marks?.endSentence(at: wordCount)
  }

  mutating func takeChunkEnd(bytesRead: Int) {
    marks?.noteChunkEnd(offset: bytesRead, token: wordCount)
    if numbering.tokens.capacity == 0, bytesRead > 0 {
      // One allocation instead of many that double: 5% more than the text so far suggests.
      let share = Double(bytesRead) / Double(max(expectedBytes, bytesRead))
      numbering.reserveCapacity(Int(1.05 / share * Double(wordCount)))
    }
    exchange()
    if numbering.differentWords > differentLimit { forgetRarest() }
  }

  /// Forgets the rarest words, while no chunk is on its way.
  private mutating func forgetRarest() {
    exchange()
    let table = lookingUp.finish(leaving: WordTable())
    _ = lookingUp.finish(leaving: numbering.forgetRarest(of: table, limit: differentLimit))
  }

  mutating func takeEnd() {
    marks?.noteFileEnd(token: wordCount)
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
    numbered.passages = marks?.passages(tokenCount: wordCount) ?? []
    return numbered
  }
}

/// Texts that are read one behind the other.
struct TextQueue {
  /// How many bytes there are in all, as far as known.
  private let expectedBytes: Int
  private let texts: [(reader: TextReader, source: TextReader.Source)]

  /// Opens files, which are unpacked where they are packed by gzip.
  init(_ readers: [TextReader]) throws(FileError) {
    var texts: [(TextReader, TextReader.Source)] = []
    var size = 0
    for reader in readers {
      let file = try InputFile(path: reader.name).unpacked()
      texts.append((reader, file.source))
      size += file.size
    }
    (self.texts, expectedBytes) = (texts, size)
  }

  /// Takes files that can be read at any place, the first of them from a place.
  init(_ files: [RereadableFile], from offset: Int) throws(FileError) {
    var (texts, start) = ([(TextReader, TextReader.Source)](), offset)
    for file in files {
      var reader = TextReader(name: file.path)
      reader.start = start
      texts.append((reader, try file.source(from: start)))
      start = 0
    }
    (self.texts, expectedBytes) = (texts, 0)
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
    (texts, expectedBytes) = ([(reader, source)], text.count)
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
    _ form: TextForm, countingUpTo differentLimit: Int? = nil, marks: PassageMarks? = nil
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
  ///   - isAbandoned: Asked before each piece of a text; true ends the reading there.
  /// - Throws: `FileError` where a text cannot be read or is none.
  func read<Sink: WordSink>(
    into sink: inout Sink, _ form: TextForm, isAbandoned: @escaping () -> Bool = { false }
  ) throws(FileError) {
    if form == TextForm() { return try read(into: &sink, isAbandoned) }
    var formed = FormedWords(form, sink)
    defer { sink = formed.sink }
    try read(into: &formed, isAbandoned)
  }

  private func read(
    into sink: inout some WordSink, _ isAbandoned: @escaping () -> Bool
  ) throws(FileError) {
    for (reader, source) in texts {
      let source: TextReader.Source = { buffer throws(FileError) in
        isAbandoned() ? 0 : try source(buffer)
      }
      try reader.read(from: source, into: &sink)
    }
  }
}
