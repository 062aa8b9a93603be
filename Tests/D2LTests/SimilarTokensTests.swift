import RandomStreams
import Testing
import Word2Vec

@testable import D2L

@Suite("Similar tokens")
struct SimilarTokensTests {
  private let vectors = WordVectors(
    words: ["<unk>", "east", "north", "north-east", "west", "also-north"],
    vectors: Tensor([[1, 1], [2, 0], [0, 3], [1, 1], [-1, 0], [0, 0.5]]))

  @Test("finds the nearest by cosine, ties by index, without the query")
  func neighbours() throws {
    let found = try vectors.similarTokens(to: "north-east", k: 5)
    #expect(found.map(\.word) == ["<unk>", "north", "east", "also-north", "west"])
    let half = Float(0.5).squareRoot()
    for (cosine, expected) in zip(found.map(\.cosine), [1, half, half, half, -half]) {
      #expect(abs(cosine - expected) < 1e-6)
    }
  }

  @Test("adds 1e-9 under the root, as the document does")
  func smallNumber() throws {
    // |x|² = |w|² = x·w = 1e-5: 1e-5 / √(1e-10 + 1e-9)
    let small = WordVectors(
      words: ["a", "b"], vectors: Tensor([[0.003_162_277_7, 0], [0.003_162_277_7, 0]]))
    let cosine = try small.similarTokens(to: "a", k: 1)[0].cosine
    #expect(abs(cosine - 0.301_511_34) < 1e-6)
    let zero = WordVectors(words: ["a", "b"], vectors: Tensor([[0, 0], [0, 0]]))
    #expect(try zero.similarTokens(to: "a", k: 1)[0].cosine == 0)
  }

  @Test("equals the definition, on random vectors")
  func randomVectors() throws {
    var random = Philox(key: 7)
    let (count, dimension) = (50, 13)
    let rows = (0..<count).map { _ in
      (0..<dimension).map { _ in Float(random.below(2001) - 1000) / 500 }
    }
    let words = (0..<count).map { "w\($0)" }
    let vectors = WordVectors(words: words, vectors: Tensor(rows))
    func dot(_ a: [Float], _ b: [Float]) -> Double {
      zip(a, b).map { Double($0) * Double($1) }.reduce(0, +)
    }
    for query in 0..<count {
      let cosines = rows.map { row in
        dot(row, rows[query]) / (dot(row, row) * dot(rows[query], rows[query]) + 1e-9).squareRoot()
      }
      let order = (0..<count).filter { $0 != query }.sorted { cosines[$0] > cosines[$1] }
      let found = try vectors.similarTokens(to: words[query], k: 10)
      #expect(found.map(\.word) == order.prefix(10).map { words[$0] })
      #expect(found.map(\.cosine) == order.prefix(10).map { Float(cosines[$0]) })
    }
  }

  @Test("refuses more neighbours than there are, and fewer than one", arguments: [-1, 0, 6, 1000])
  func neighbourCount(k: Int) throws {
    #expect(throws: WordVectorsError.neighbourCount(asked: k, available: 5)) {
      try vectors.similarTokens(to: "east", k: k)
    }
    #expect(try vectors.similarTokens(to: "east", k: 5).count == 5)
  }
}
