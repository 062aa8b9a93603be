import Testing

@testable import Word2Vec

@Suite("Adam")
struct AdamTests {
  @Test("moves the weights as PyTorch does, zero gradients included")
  func againstPyTorch() throws {
    for example in try ModelFixtures.load().adam {
      var weights = example.initial
      var adam = Adam(count: weights.count, learningRate: example.learningRate)
      for (gradient, expected) in zip(example.gradients, example.weights) {
        adam.step(&weights, gradient: gradient)
        // An ulp of a weight near 1 is 1.2e-7.
        expectClose(weights, expected, within: 1.3e-7)
      }
      #expect(adam.stepCount == example.weights.count)
    }
  }

  @Test("takes a first step of the learning rate, whatever the gradient's size")
  func firstStep() {
    var weights: [Float] = [0, 0, 0]
    var adam = Adam(count: 3, learningRate: 0.5)
    adam.step(&weights, gradient: [1e-3, -40, 0])
    expectClose(weights, [-0.5, 0.5, 0], within: 1e-5)
  }

  @Test("goes on moving a weight whose gradient has become zero")
  func momentum() {
    var weights: [Float] = [0]
    var adam = Adam(count: 1, learningRate: 0.1)
    adam.step(&weights, gradient: [1])
    let afterFirst = weights[0]
    adam.step(&weights, gradient: [0])
    #expect(weights[0] < afterFirst - 0.05)
    expectClose(adam.firstMoment, [0.09], within: 1e-7)
    expectClose(adam.secondMoment, [0.000999], within: 1e-9)
  }

  @Test("refuses arrays that are not its own size, and a learning rate that is no number")
  func wrongArguments() async {
    await #expect(processExitsWith: .failure) {
      var (adam, weights) = (Adam(count: 2, learningRate: 0.1), [Float](repeating: 0, count: 2))
      adam.step(&weights, gradient: [1])
    }
    await #expect(processExitsWith: .failure) { _ = Adam(count: 1, learningRate: .nan) }
    await #expect(processExitsWith: .failure) { _ = Adam(count: 1, learningRate: -1) }
  }
}
