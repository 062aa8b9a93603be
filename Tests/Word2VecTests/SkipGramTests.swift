import TestSupport
import Testing

@testable import Word2Vec

@Suite("Skip-gram scores")
struct SkipGramTests {
  @Test("are the dot products with the centre vector")
  func handValues() {
    let embedV = Embedding(weight: Tensor([[1, 2], [3, 4]]))
    let embedU = Embedding(weight: Tensor([[1, 0], [0, 1], [10, -1]]))
    let scores = skipGram(
      center: Indices([[1], [0]]), contextsAndNegatives: Indices([[0, 1, 2], [2, 2, 0]]),
      embedV: embedV, embedU: embedU)
    #expect(scores == Tensor(shape: [2, 1, 3], values: [3, 4, 26, 8, 8, 1]))
  }

  @Test("and their gradient agree with PyTorch")
  func againstPyTorch() throws {
    for example in try ModelFixtures.load().skipGram {
      let (size, width, d) = (example.batch.size, example.batch.width, example.dimension)
      let embedV = Embedding(weight: Tensor(shape: [example.words, d], values: example.embedV))
      let embedU = Embedding(weight: Tensor(shape: [example.words, d], values: example.embedU))
      let center = Indices(shape: [size, 1], values: example.batch.centers)
      let contexts = Indices(shape: [size, width], values: example.batch.contextsAndNegatives)
      let scores = skipGram(
        center: center, contextsAndNegatives: contexts, embedV: embedV, embedU: embedU)
      #expect(scores.shape == [size, 1, width])
      expectClose(scores.values, example.scores, within: 1e-6)
      let gradient = skipGramGradient(
        scoreGradient: Tensor(shape: [size, 1, width], values: example.scoreGradient),
        v: embedV(center), u: embedU(contexts))
      expectClose(gradient.v.values, example.vGradient, within: 1e-6)
      expectClose(gradient.u.values, example.uGradient, within: 1e-6)
    }
  }

  @Test("have the gradient that finite differences find")
  func finiteDifferences() {
    // A score is linear in each vector, so a difference is exact but for rounding.
    let v = Tensor(shape: [2, 1, 3], values: [0.5, -1, 0.25, 1, 2, -0.75])
    let u = Tensor(shape: [2, 2, 3], values: (0..<12).map { Float($0) / 4 - 1 })
    let g = Tensor(shape: [2, 1, 2], values: [1, -0.5, 2, 0.25])
    func total(_ v: Tensor, _ u: Tensor) -> Double {
      (0..<4).reduce(0) { sum, slot in
        let dot = (0..<3).reduce(0.0) {
          $0 + Double(v.values[slot / 2 * 3 + $1]) * Double(u.values[slot * 3 + $1])
        }
        return sum + Double(g.values[slot]) * dot
      }
    }
    let gradient = skipGramGradient(scoreGradient: g, v: v, u: u)
    for i in 0..<6 {
      var (above, below) = (v, v)
      above.values[i] += 0.5
      below.values[i] -= 0.5
      #expect(abs(total(above, u) - total(below, u) - Double(gradient.v.values[i])) < 1e-6)
    }
    for i in 0..<12 {
      var (above, below) = (u, u)
      above.values[i] += 0.5
      below.values[i] -= 0.5
      #expect(abs(total(v, above) - total(v, below) - Double(gradient.u.values[i])) < 1e-6)
    }
  }

  @Test("keep their shape where there is nothing to score", arguments: [(0, 4), (2, 0), (3, 1)])
  func degenerateShapes(size: Int, width: Int) {
    let embedding = Embedding(weight: Tensor([[2], [3]]))
    let scores = skipGram(
      center: Indices(repeating: 1, shape: [size, 1]),
      contextsAndNegatives: Indices(repeating: 0, shape: [size, width]),
      embedV: embedding, embedU: embedding)
    #expect(scores == Tensor(repeating: 6, shape: [size, 1, width]))
    let gradient = skipGramGradient(
      scoreGradient: scores, v: Tensor(repeating: 1, shape: [size, 1, 1]),
      u: Tensor(repeating: 1, shape: [size, width, 1]))
    #expect(gradient.v == Tensor(repeating: Float(6 * width), shape: [size, 1, 1]))
    #expect(gradient.u == Tensor(repeating: 6, shape: [size, width, 1]))
  }

  @Test("refuse a centre and contexts of different numbers of examples")
  func shapesThatDoNotFit() async {
    await #expect(processExitsWith: .failure) {
      let embedding = Embedding(weight: Tensor([[2], [3]]))
      _ = skipGram(
        center: Indices([[1], [1]]), contextsAndNegatives: Indices([[0, 1]]),
        embedV: embedding, embedU: embedding)
    }
  }
}
