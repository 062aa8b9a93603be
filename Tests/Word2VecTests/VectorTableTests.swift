import TestSupport
import Testing

@testable import Word2Vec

@Suite("Tables of vectors")
struct VectorTableTests {
  private let vocabulary = Vocabulary(tokens: ["<unk>", "a", "b"], counts: [0, 2, 1])
  private let embedV = Embedding(weight: Tensor(shape: [3, 2], values: [0, 0, 3, 4, 0, 2]))
  private let embedU = Embedding(weight: Tensor(shape: [3, 2], values: [1, 0, 0, -5, 0, 0]))

  private func vectors(_ table: VectorTable) -> WordVectors {
    WordVectors(vocabulary: vocabulary, embedV: embedV, embedU: embedU, table: table)
  }

  @Test("are the centres', the contexts', or both")
  func tables() {
    #expect(vectors(.centers).vectors == embedV.weight)
    #expect(vectors(.contexts).vectors == embedU.weight)
    let both = vectors(.both)
    #expect(both.dimension == 4)
    #expect(both.vectors.values == [0, 0, 1, 0, 0.6, 0.8, 0, -1, 0, 1, 0, 0])
    #expect(both.words == vocabulary.tokens)
  }

  @Test("a cosine of both is the mean of the two tables'")
  func cosine() throws {
    let (v, u) = initialTables(3, 20)
    func cosine(_ table: VectorTable) throws -> Float {
      let vectors = WordVectors(vocabulary: vocabulary, embedV: v, embedU: u, table: table)
      return try #require(
        vectors.mostSimilar(to: "a", k: 2).first { $0.word == "b" }?.cosine)
    }
    let mean = try (cosine(.centers) + cosine(.contexts)) / 2
    #expect(abs(try cosine(.both) - mean) < 1e-6)
  }
}
