/// Where a word or a line begins in a text of one or more files.
struct TextPlace: Equatable {
  /// The file, by its number.
  var file = 0
  /// The bytes that stand there between two white spaces; at the beginning of a line none.
  var bytes = 0..<0
  /// The number of the word among those that are made of these bytes.
  var word = 0
}

/// Cuts words into sentences: lines, or pieces of `limit` words of a longer one.
struct SentenceCut {
  /// The most words of a sentence.
  ///
  /// - Source: gensim's `MAX_WORDS_IN_BATCH`.
  static let limit = 10_000
  /// The word with which the sentence begins.
  private var start = 0

  /// Takes the word of a number, counted from 0; returns whether a sentence ends before it.
  @inline(__always)
  mutating func takeWord(_ number: Int) -> Bool {
    guard number - start == Self.limit else { return false }
    start = number
    return true
  }

  /// Takes the end of a line before the word of a number; returns whether a sentence ends there.
  mutating func takeLineEnd(_ number: Int) -> Bool {
    defer { start = number }
    return number > start
  }
}

/// A run of sentences of a text: as many as bring it to `TextBlocks.passageSize` words, the last one
/// whatever is left.
struct Passage<Place: Sendable>: Sendable {
  let start: Place
  let end: Place
  let wordCount: Int
}

/// Finds the passages of a text as its sentences end.
struct PassageMarks<Place: Sendable> {
  private let size: Int
  private(set) var passages: [Passage<Place>] = []
  private var start: Place
  private var firstWord = 0

  /// Begins a text.
  ///
  /// - Parameters:
  ///   - size: The number of words from which a passage ends with its sentence.
  ///   - start: Where the text begins.
  init(size: Int, from start: Place) { (self.size, self.start) = (size, start) }

  /// Takes the end of a sentence, before the word of a number.
  mutating func endSentence(before word: Int, at place: Place) {
    if word - firstWord >= size { endPassage(before: word, at: place) }
  }

  /// Ends a passage, unless it has no word.
  mutating func endPassage(before word: Int, at place: Place) {
    guard word > firstWord else { return }
    passages.append(Passage(start: start, end: place, wordCount: word - firstWord))
    (start, firstWord) = (place, word)
  }
}
