/// A run of sentences of a text: as many as bring it to `TextBlocks.passageSize` words, the last one
/// whatever is left.
struct Passage: Equatable {
  /// A place where the reading of a text can begin: before a word, or amid white space.
  struct Place: Equatable {
    /// The file, by its number, and the bytes before the place in it.
    var file = 0, offset = 0
    /// The words of all files before the place.
    var token = 0
  }

  /// The last place before its first word, where it was noted.
  var place = Place()
  /// The number of its words, and of those of the whole text before it.
  var tokenCount = 0, firstToken = 0
}

/// Finds the passages of a text while it is read.
struct PassageMarks {
  private let size: Int
  private var places = [Passage.Place()]
  private var sentenceStart = 0
  private var passages = [Passage()]

  /// Takes the number of words from which a passage ends with its sentence.
  init(size: Int) { self.size = size }

  /// Notes a place where a chunk ends.
  mutating func noteChunkEnd(offset: Int, token: Int) {
    places.append(Passage.Place(file: places[places.count - 1].file, offset: offset, token: token))
  }

  /// Notes the end of a file.
  mutating func noteFileEnd(token: Int) {
    places.append(Passage.Place(file: places[places.count - 1].file + 1, token: token))
  }

  /// Ends a sentence before token `end`, unless it has no token.
  mutating func endSentence(at end: Int) {
    while end > sentenceStart {
      sentenceStart = min(end, sentenceStart + TokenNumbering.sentenceLimit)
      if sentenceStart - passages[passages.count - 1].firstToken >= size { beginPassage() }
    }
    // A line that goes on may yet have its beginning made a passage's.
    places.removeFirst(max(0, (places.lastIndex { $0.token <= sentenceStart } ?? 0)))
  }

  private mutating func beginPassage() {
    let (start, last) = (sentenceStart, passages.count - 1)
    passages[last].tokenCount = start - passages[last].firstToken
    let place = places.last { $0.token <= start } ?? Passage.Place()
    passages.append(Passage(place: place, firstToken: start))
  }

  /// All passages of a text of so many words.
  func passages(tokenCount: Int) -> [Passage] {
    var passages = passages
    passages[passages.count - 1].tokenCount = tokenCount - passages[passages.count - 1].firstToken
    if passages[passages.count - 1].tokenCount == 0 { passages.removeLast() }
    return passages
  }
}
