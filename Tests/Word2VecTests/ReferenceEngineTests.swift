import Foundation
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Reference engine")
struct ReferenceEngineTests {
  @Test("takes the steps that PyTorch takes")
  func againstPyTorch() throws {
    for example in try ModelFixtures.load().training {
      let shape = [example.words, example.dimension]
      let engine = ReferenceEngine(
        embedV: Embedding(weight: Tensor(shape: shape, values: example.initialV)),
        embedU: Embedding(weight: Tensor(shape: shape, values: example.initialU)),
        optimizer: Adam())
      engine.learningRate = example.learningRate
      for step in example.steps {
        let loss = engine.step(step.batch.batch)
        #expect(abs(loss - step.loss) < 1e-6 * Double(step.batch.size))
        // Adam's first steps divide m by √v: where a gradient is near ε, its rounding shows.
        expectClose(engine.embedV.weight.values, step.embedV, within: 1e-6)
        expectClose(engine.embedU.weight.values, step.embedU, within: 1e-6)
      }
    }
  }

  @Test("steps against the gradient that finite differences find")
  func finiteDifferences() throws {
    // After one step from rest m is 0.1 g, so that Adam's sign is the gradient's.
    let example = try #require(ModelFixtures.load().training.first)
    let minibatch = try #require(example.steps.first).batch.batch
    let batch = PaddedBatch(minibatch)
    let (words, d) = (example.words, example.dimension)
    let engine = ReferenceEngine(
      embedV: Embedding(weight: Tensor(shape: [words, d], values: example.initialV)),
      embedU: Embedding(weight: Tensor(shape: [words, d], values: example.initialU)),
      optimizer: Adam())
    engine.learningRate = 0.01
    _ = engine.step(minibatch)
    let before = (example.initialV + example.initialU).map(Double.init)
    let after = (engine.embedV.weight.values + engine.embedU.weight.values).map(Double.init)
    for i in before.indices {
      var (above, below) = (before, before)
      above[i] += 1e-5
      below[i] -= 1e-5
      let slope = (totalLoss(above, batch, words, d) - totalLoss(below, batch, words, d)) / 2e-5
      let expected = abs(slope) < 1e-5 ? 0 : slope < 0 ? 0.01 : -0.01
      #expect(abs(after[i] - before[i] - expected) < 1e-4, "weight \(i), slope \(slope)")
    }
  }

  @Test("learns: the loss falls when one minibatch is repeated")
  func lossFalls() throws {
    let example = try #require(ModelFixtures.load().training.last)
    let batch = try #require(example.steps.first).batch.batch
    let shape = [example.words, example.dimension]
    let engine = ReferenceEngine(
      embedV: Embedding(weight: Tensor(shape: shape, values: example.initialV)),
      embedU: Embedding(weight: Tensor(shape: shape, values: example.initialU)),
      optimizer: Adam())
    engine.learningRate = 0.05
    let first = engine.step(batch)
    let last = (0..<30).reduce(first) { _, _ in engine.step(batch) }
    #expect(last < first / 4)
  }

  @Test("refuses tables of different shapes")
  func wrongArguments() async {
    await #expect(processExitsWith: .failure) {
      _ = ReferenceEngine(
        embedV: Embedding(weight: Tensor(repeating: 0, shape: [3, 2])),
        embedU: Embedding(weight: Tensor(repeating: 0, shape: [2, 3])))
    }
  }

  /// The sum of the examples' losses in Double, by the definition.
  private func totalLoss(
    _ weights: [Double], _ batch: PaddedBatch, _ words: Int, _ d: Int
  ) -> Double {
    var total = 0.0
    for b in 0..<batch.size {
      let slots = (b * batch.slotCount..<(b + 1) * batch.slotCount).filter { batch.mask[$0] == 1 }
      for slot in slots {
        let v = Int(batch.centers[b]) * d
        let u = (words + Int(batch.contextsAndNegatives[slot])) * d
        let score = (0..<d).reduce(0) { $0 + weights[v + $1] * weights[u + $1] }
        let sign = batch.labels[slot] == 1 ? -1.0 : 1.0
        total += log1p(exp(sign * score)) / Double(slots.count)
      }
    }
    return total
  }
}
