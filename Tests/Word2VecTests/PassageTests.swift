import Files
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Passages")
struct PassageTests {
  /// The numbers of the words before which sentences end, of lines of so many words.
  private func ends(_ lines: [Int]) -> [Int] {
    var (cut, word, ends) = (SentenceCut(), 0, [Int]())
    for count in lines {
      for _ in 0..<count {
        if cut.takeWord(word) { ends.append(word) }
        word += 1
      }
      if cut.takeLineEnd(word) { ends.append(word) }
    }
    return ends
  }

  @Test("are made of lines, and of pieces of longer lines, none of them empty")
  func sentences() {
    #expect(ends([0, 3, 0, 0, 1]) == [3, 4])
    #expect(ends([10_000, 0, 9_999, 2]) == [10_000, 19_999, 20_001])
    #expect(ends([1, 25_000, 1]) == [1, 10_001, 20_001, 25_001, 25_002])
  }

  @Test("end with the sentence that fills them, the last one with the text")
  func marks() {
    var marks = PassageMarks(size: 5, from: "start")
    for (word, place) in [(4, "a"), (5, "b"), (9, "c"), (12, "d"), (16, "e")] {
      marks.endSentence(before: word, at: place)
    }
    marks.endPassage(before: 16, at: "e")
    marks.endPassage(before: 16, at: "end")
    #expect(marks.passages.map(\.start) == ["start", "b", "d"])
    #expect(marks.passages.map(\.end) == ["b", "d", "e"])
    #expect(marks.passages.map(\.wordCount) == [5, 7, 4])
  }

  @Test("are read from the files in which they lie, and from no other")
  func files() throws {
    try withTemporaryFile("a b\nc d\n".utf8) { first in
      var files = [try RereadableFile(first)]
      try withTemporaryFile("e f\n".utf8) { files.append(try RereadableFile($0)) }  // now gone
      func words(_ start: TextPlace, _ end: TextPlace) throws -> [String] {
        let numbered = try TextQueue(files, Passage(start: start, end: end, wordCount: 0))
          .numbered(TextForm())
        return numbered.tokens.map { numbered.words[Int($0)] }
      }
      #expect(try words(TextPlace(), TextPlace(bytes: 4..<4)) == ["a", "b"])
      #expect(try words(TextPlace(bytes: 2..<3), TextPlace(bytes: 4..<5)) == ["b"])
      #expect(try words(TextPlace(bytes: 2..<3), TextPlace(bytes: 4..<5, word: 1)) == ["b", "c"])
      #expect(throws: FileError.self) {
        try words(TextPlace(bytes: 4..<4), TextPlace(file: 1, bytes: 2..<2))
      }
    }
  }
}
