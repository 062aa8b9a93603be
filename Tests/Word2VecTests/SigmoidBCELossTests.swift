import Foundation
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Masked binary cross-entropy")
struct SigmoidBCELossTests {
  let loss = SigmoidBCELoss()

  @Test("gives the document's numbers, to the last digit")
  func documentNumbers() {
    let pred = Tensor([[1.1, -2.2, 3.3, -4.4], [1.1, -2.2, 3.3, -4.4]])
    let label = Tensor([[1, 0, 0, 0], [0, 1, 0, 0]])
    let mask = Tensor([[1, 1, 1, 1], [1, 1, 0, 0]])
    let l = loss(pred, label, mask) * 4 / mask.sumOverLastAxis()
    #expect(l.numpyDescription == "array([0.93521017, 1.8462094 ])")
    #expect(l.torchDescription() == "tensor([0.9352, 1.8462])")
  }

  @Test("and its gradient agree with PyTorch, at logits of ±1000 too")
  func againstPyTorch() throws {
    for example in try ModelFixtures.load().bce {
      func tensor(_ values: [Float]) -> Tensor {
        Tensor(shape: [example.size, example.width], values: values)
      }
      let arguments = (tensor(example.logits), tensor(example.labels), tensor(example.mask))
      let means = loss(arguments.0, arguments.1, arguments.2)
      expectClose(means.values, example.loss, within: 2e-7)
      let gradient = loss.gradient(arguments.0, arguments.1, arguments.2)
      expectClose(gradient.values, example.gradient, within: 1e-7)
    }
  }

  @Test("is exact where a sigmoid is 0 or 1")
  func extremeLogits() {
    let logits = Tensor([[1000], [-1000], [1000], [-1000]])
    let labels = Tensor([[1], [0], [0], [1]])
    #expect(loss(logits, labels) == Tensor([0, 0, 1000, 1000]))
    #expect(loss.gradient(logits, labels) == Tensor([[0], [0], [1], [-1]]))
  }

  @Test("has the gradient that finite differences find")
  func finiteDifferences() {
    let logits: [Float] = [-8, -2.5, -0.125, 0, 0.5, 3, 12]
    for x in logits {
      for y: Float in [0, 1] {
        // Central differences of the definition in Double, step 1e-4: error about 1e-9.
        func definition(_ x: Double) -> Double {
          let p = 1 / (1 + exp(-x))
          return -Double(y) * log(p) - Double(1 - y) * log1p(-p)
        }
        let slope = (definition(Double(x) + 1e-4) - definition(Double(x) - 1e-4)) / 2e-4
        let gradient = loss.gradient(Tensor([[x]]), Tensor([[y]])).values[0]
        #expect(abs(Double(gradient) - slope) < 2e-7)
      }
    }
  }

  @Test("leaves out what the mask covers, and means over all slots")
  func masks() {
    let (logits, labels) = (Tensor([[0, 70], [0, -70]]), Tensor([[1, 0], [1, 1]]))
    let mask = Tensor([[1, 0], [1, 0]])
    let half = Float(log(2.0)) / 2
    expectClose(loss(logits, labels, mask).values, [half, half], within: 1e-7)
    #expect(loss.gradient(logits, labels, mask) == Tensor([[-0.25, 0], [-0.25, 0]]))
    #expect(loss(logits, labels, mask * 0) == Tensor([0, 0]))
    #expect(loss(logits, labels) == loss(logits, labels, Tensor([[1, 1], [1, 1]])))
  }

  @Test("has no value for an example without slots, and none for no example")
  func degenerateShapes() {
    let none = Tensor(shape: [0, 4], values: [])
    #expect(loss(none, none, none) == Tensor(shape: [0], values: []))
    #expect(loss.gradient(none, none, none) == none)
    let empty = Tensor(shape: [2, 0], values: [])
    #expect(loss(empty, empty, empty).values.map(\.isNaN) == [true, true])
  }

  @Test("refuses shapes that differ")
  func shapesThatDoNotFit() async {
    await #expect(processExitsWith: .failure) {
      _ = SigmoidBCELoss()(Tensor([[1, 2]]), Tensor([[1], [2]]))
    }
    await #expect(processExitsWith: .failure) {
      _ = SigmoidBCELoss()(Tensor([[1, 2]]), Tensor([[1, 2]]), Tensor([[1]]))
    }
  }
}
