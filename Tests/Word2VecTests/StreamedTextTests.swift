import Files
import Foundation
import RandomStreams
import TestSupport
import Testing

@testable import Word2Vec

@Suite("A streamed text", .timeLimit(.minutes(1)))
struct StreamedTextTests {
  /// Lines of 0 to 40 words of 300, some of which end with \r\n, and one of 25,000 words.
  private static let text: String = {
    var random = Philox(key: 3)
    func words(_ count: Int) -> String {
      (0..<count).map { _ in "w\(min(random.below(300), random.below(300)))" }
        .joined(separator: " ")
    }
    let lines = (0..<900).map { i in words(i % 41) + (i % 7 == 0 ? "\r\n" : "\n") }
    return lines[..<500].joined() + words(25_000) + "\n" + lines[500...].joined() + words(3)
  }()

  private func blocks(_ text: inout some TextBlocks) throws -> [[[Int32]]] {
    var blocks: [[[Int32]]] = []
    while let block = try text.next() {
      #expect(block.vocabulary.tokens == text.vocabulary.tokens)
      blocks.append(block.sentenceRanges.map { Array(block.tokens[$0]) })
    }
    return blocks
  }

  /// The same words, of which up to seven follow each other without a space, and a byte order mark.
  private static let tokenizedText =
    "\u{FEFF}"
    + text.split(separator: " ", omittingEmptySubsequences: false).enumerated()
    .map { $0 % 7 == 0 ? "\($1) " : "\($1)-" }.joined()

  @Test(
    "is cut as one in memory, in every pass", arguments: [1, 50, 3000, 10_000, 1 << 20],
    [false, true])
  func sameBlocks(size: Int, isTokenized: Bool) throws {
    let text = isTokenized ? Self.tokenizedText : Self.text
    try withTemporaryFile(text.utf8) { path in
      let form = TextForm(isTokenized: isTokenized)
      let corpus = try Corpus(
        contentsOf: [path, path], minimumCount: 5, maximumVocabulary: 200, form: form)
      var inMemory = CorpusBlocks(corpus, passageSize: size)
      var streamed = try StreamedText(
        contentsOf: [path, path], nil, Corpus.Limits(5, 200), form, passageSize: size)
      #expect(streamed.name == corpus.name)
      #expect(streamed.tokenCount == corpus.tokens.count)
      #expect(streamed.vocabulary.tokens == corpus.vocabulary.tokens)
      #expect(streamed.vocabulary.counts == corpus.vocabulary.counts)
      #expect(streamed.forgottenCount == 0)
      let expected = try blocks(&inMemory)
      let sentences = corpus.sentenceRanges.map { Array(corpus.tokens[$0]) }
      #expect(
        expected.joined().sorted { $0.lexicographicallyPrecedes($1) }
          == sentences.sorted { $0.lexicographicallyPrecedes($1) })
      let sizes = expected.map { $0.reduce(0) { $0 + $1.count } }
      #expect(sizes.allSatisfy { $0 <= 16 * (size + SentenceCut.limit) })
      #expect(try blocks(&streamed) == expected)
      streamed.rewind()
      _ = try streamed.next()  // a pass that is left in its midst
      streamed.rewind()
      #expect(try blocks(&streamed) == expected)
    }
  }

  @Test("words are found in the form that is asked for")
  func form() throws {
    try withTemporaryFile("The cat, the Cat!\nA cat.\n".utf8) { path in
      let form = TextForm(isLowercased: true, isTokenized: true)
      var text = try StreamedText(contentsOf: [path], minimumCount: 1, form: form)
      #expect(text.vocabulary.tokens == ["<unk>", "cat", "the", "a"])
      #expect(try blocks(&text) == [[[2, 1, 2, 1], [3, 1]]])
    }
  }

  @Test("forgets the rarest words where there are too many, and says by how much counts may be low")
  func forgetting() throws {
    // Chunks of 128 KiB, after each of which words may be forgotten.
    let rare = (0..<60_000).map { "rare\($0) a\($0 % 10)" }.joined(separator: "\n")
    try withTemporaryFile(rare.utf8) { path in
      let text = try StreamedText(contentsOf: [path], minimumCount: 100, maximumDifferent: 5000)
      #expect(text.vocabulary.tokens.count == 11)
      #expect(text.vocabulary.counts.dropFirst().allSatisfy { $0 == 6000 })
      #expect(text.forgottenCount >= 1)
      #expect(text.tokenCount == 120_000)
    }
  }

  @Test("a text that has changed, or can be read only once, is refused")
  func refused() throws {
    try withTemporaryFile("a b c\nd e f\n".utf8) { path in
      var text = try StreamedText(contentsOf: [path], minimumCount: 1)
      try Data("a b c\n".utf8).write(to: URL(fileURLWithPath: path))
      #expect {
        try text.next()
      } throws: {
        "\($0)".contains("changed while it was being read")
      }
    }
    let error = #expect(throws: CorpusError.self) {
      try StreamedText(contentsOf: ["/dev/null"], minimumCount: 1)
    }
    #expect("\(try #require(error))".contains("can be read only once"))
  }
}
