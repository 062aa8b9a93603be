import Testing

@testable import Word2Vec

@Suite("Neighbours of many words")
struct NeighbourListsTests {
  private func randomEmbedding(_ count: Int, _ width: Int, seed: UInt64) -> Embedding {
    var random = SplitMix(state: seed)
    return Embedding(
      weight: Tensor(
        (0..<count).map { _ in
          (0..<width).map { _ in Float(random.below(2001) - 1000) / 500 }
        }))
  }

  @Test("are those that mostSimilar gives, but for <unk>")
  func definition() throws {
    let embedding = randomEmbedding(60, 9, seed: 1)
    let vectors = WordVectors(words: (0..<60).map { "\($0)" }, vectors: embedding.weight)
    let lists = NeighbourLists(of: Array(1..<60), in: embedding, k: 7)
    for (query, neighbours) in zip(lists.queries, lists.neighbours) {
      let expected = try vectors.mostSimilar(to: "\(query)", k: 8).map(\.word)
      #expect(neighbours.map { "\($0)" } == Array(expected.filter { $0 != "0" }.prefix(7)))
    }
  }

  @Test("agree with themselves wholly, with others as often as chance has it")
  func agreement() {
    let queries = Array(1..<200)
    let a = NeighbourLists(of: queries, in: randomEmbedding(200, 20, seed: 1), k: 10)
    let b = NeighbourLists(of: queries, in: randomEmbedding(200, 20, seed: 2), k: 10)
    #expect(a.agreement(with: a) == 1)
    #expect(abs(a.agreement(with: b) - 10.0 / 198) < 0.02)
  }

  @Test("are counted: wanted ones, and words whose partner is there")
  func counts() {
    let embedding = Embedding(
      weight: Tensor([[1, 1], [1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9], [-1, 0]]))
    let lists = NeighbourLists(of: [1, 3, 5], in: embedding, k: 2)
    #expect(lists.neighbours == [[2, 4], [4, 2], [3, 4]])
    #expect(lists.share { ($0 < 3) == ($1 < 3) } == 4.0 / 6)
    #expect(lists.hitRate(of: [2, 1, 4]) == 2.0 / 3)
  }

  @Test("words and their forms in -s are found by spelling")
  func plurals() {
    let vocabulary = Vocabulary(
      tokens: ["<unk>", "chips", "chip", "bank", "as", "a", "n's", "n'", "car"],
      counts: [0, 1, 1, 1, 1, 1, 1, 1, 1])
    #expect(vocabulary.wordsWithPlural.map(\.word) == [2])
    #expect(vocabulary.wordsWithPlural.map(\.plural) == [1])
  }
}
