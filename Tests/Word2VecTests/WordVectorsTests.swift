import Testing

@testable import Word2Vec

@Suite("Word vectors")
struct WordVectorsTests {
  private let vectors = WordVectors(
    words: ["<unk>", "east", "north", "north-east", "west", "also-north"],
    vectors: Tensor([[1, 1], [2, 0], [0, 3], [1, 1], [-1, 0], [0, 0.5]]))

  @Test("are looked up by word and gone through in their order")
  func lookedUp() {
    #expect(vectors["north"] == [0, 3])
    #expect(vectors["south"] == nil)
    #expect(vectors.count == 6 && vectors.dimension == 2)
    #expect(vectors.map(\.word) == vectors.words)
    #expect(vectors.flatMap(\.vector) == vectors.vectors.values)
  }

  @Test("takes an embedding's rows for a vocabulary's words")
  func embedding() throws {
    let vocabulary = Vocabulary(tokens: ["<unk>", "a", "b"], counts: [0, 2, 1])
    let embedding = Embedding(weight: Tensor([[0, 1], [1, 0], [1, 0]]))
    let vectors = WordVectors(vocabulary: vocabulary, embedding: embedding)
    #expect(vectors.words == ["<unk>", "a", "b"])
    #expect(vectors.dimension == 2)
    #expect(try vectors.mostSimilar(to: "b", k: 1).map(\.word) == ["a"])
  }

  @Test("offers spellings for an unknown word")
  func unknownWord() {
    #expect(throws: WordVectorsError.unknownWord("norht", closest: ["north"])) {
      try vectors.mostSimilar(to: "norht", k: 1)
    }
    #expect(throws: WordVectorsError.unknownWord("xyzzyxyzzy", closest: [])) {
      try vectors.mostSimilar(to: "xyzzyxyzzy", k: 1)
    }
    let sentence = WordVectorsError.unknownWord("norht", closest: ["north", "n"]).description
    #expect(sentence == "\"norht\" has no vector; did you mean north, n?")
  }
}
