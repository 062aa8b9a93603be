import Testing
import Word2Vec

@Suite("Embedding")
struct EmbeddingTests {
  let embedding = Embedding(weight: Tensor([[0, 1], [10, 11], [20, 21]]))

  @Test("gathers rows in the order of the indices")
  func gathersRows() {
    #expect(embedding([2, 0, 2]) == Tensor([[20, 21], [0, 1], [20, 21]]))
  }

  @Test("adds the vector's axis to the shape of the indices")
  func keepsShape() {
    let vectors = embedding(Indices([[1, 2, 0], [0, 0, 1]]))
    #expect(vectors.shape == [2, 3, 2])
    #expect(vectors[0, 1, 0] == 20)
    #expect(vectors[1, 2, 1] == 11)
  }

  @Test("knows empty index lists and tables one number wide")
  func degenerateShapes() {
    #expect(embedding([]).shape == [0, 2])
    #expect(embedding(Indices(shape: [2, 0], values: [])).shape == [2, 0, 2])
    #expect(Embedding(weight: Tensor([[3], [4]]))([1]) == Tensor([[4]]))
  }

  @Test("refuses an index outside the table")
  func outsideTable() async {
    await #expect(processExitsWith: .failure) {
      _ = Embedding(weight: Tensor(repeating: 0, shape: [3, 2]))([-1])
    }
    await #expect(processExitsWith: .failure) {
      _ = Embedding(weight: Tensor(repeating: 0, shape: [3, 2]))([3])
    }
  }

  @Test("carries a gradient back to the rows that were looked up, and adds where they are one")
  func gradient() async {
    let rows = Tensor(shape: [2, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8])
    let back = embedding.gradient(of: rows, at: Indices([[2, 0], [2, 2]]))
    #expect(back == Tensor([[3, 4], [0, 0], [13, 16]]))
    await #expect(processExitsWith: .failure) {
      _ = Embedding(weight: Tensor([[0, 1]])).gradient(of: Tensor([[1, 2]]), at: Indices([[0]]))
    }
    await #expect(processExitsWith: .failure) {
      _ = Embedding(weight: Tensor([[0, 1]])).gradient(
        of: Tensor(shape: [1, 1, 2], values: [1, 2]), at: Indices([[1]]))
    }
  }

  @Test("can be drawn evenly between two bounds by any generator")
  func uniform() {
    struct Counting: RandomNumberGenerator {
      var draw: UInt64 = 0
      mutating func next() -> UInt64 {
        defer { draw &+= 1 << 62 }
        return draw
      }
    }
    var counting = Counting()
    let small = Embedding.uniform(2, 3, bound: 0.5, using: &counting)
    #expect(small.weight == Tensor(shape: [2, 3], values: [-0.5, -0.25, 0, 0.25, -0.5, -0.25]))
    var philox = Philox(key: 3)
    let values = Embedding.uniform(100, 100, bound: 0.1, using: &philox).weight.values
    #expect(values.allSatisfy { -0.1 <= $0 && $0 < 0.1 } && Set(values).count > 9900)
    #expect(abs(values.reduce(0, +) / 10_000) < 0.002)
  }
}
