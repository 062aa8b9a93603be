import TestSupport
import Testing

@testable import Word2Vec

@Suite("Adam")
struct AdamTests {
  @Test("moves the weights as PyTorch does, zero gradients included")
  func againstPyTorch() throws {
    for example in try ModelFixtures.load().adam {
      var weights = example.initial
      var state = Adam().makeState(count: weights.count)
      for (gradient, expected) in zip(example.gradients, example.weights) {
        state.step(&weights, gradient: gradient, learningRate: example.learningRate)
        // An ulp of a weight near 1 is 1.2e-7.
        expectClose(weights, expected, within: 1.3e-7)
      }
    }
  }

  @Test("takes a first step of the learning rate, whatever the gradient's size")
  func firstStep() {
    var weights: [Float] = [0, 0, 0]
    var state = Adam().makeState(count: 3)
    state.step(&weights, gradient: [1e-3, -40, 0], learningRate: 0.5)
    expectClose(weights, [-0.5, 0.5, 0], within: 1e-5)
  }

  @Test("goes on moving a weight whose gradient has become zero, by its moments")
  func momentum() {
    var weights: [Float] = [0]
    var state = Adam().makeState(count: 1)
    state.step(&weights, gradient: [1], learningRate: 0.1)
    let afterFirst = weights[0]
    state.step(&weights, gradient: [0], learningRate: 0.1)
    // m = 0.09 and v = 0.000999 after two steps.
    let move = 0.1 * 0.09 / (1 - 0.81) / (0.000999 / (1 - 0.998001)).squareRoot()
    #expect(abs(Double(afterFirst - weights[0]) - move) < 1e-6)
  }

  @Test("adds ε to the root that is wanted, and scales the gradient beside it")
  func epsilonPlaces() {
    // One step with g = 1: m = 0.1·f, v = 0.001·f², both corrections known.
    for (place, factor) in [
      (Adam.EpsilonPlace.corrected, 1.0), (.uncorrected, 1.0), (.corrected, 0.25),
      (.uncorrected, 0.25),
    ] {
      let adam = Adam(epsilon: 0.1, epsilonPlace: place, gradientFactor: factor)
      var (weights, state) = ([Float(0)], adam.makeState(count: 1))
      state.step(&weights, gradient: [1], learningRate: 1)
      let root = 0.001.squareRoot() * factor
      let denominator =
        place == .corrected ? factor + 0.1 : (root + 0.1) / 0.001.squareRoot()
      #expect(abs(Double(weights[0]) + factor / denominator) < 1e-6, "\(place), \(factor)")
    }
  }

  @Test("refuses arrays that are not its own size, and numbers outside their ranges")
  func wrongArguments() async {
    await #expect(processExitsWith: .failure) {
      var (state, weights) = (Adam().makeState(count: 2), [Float](repeating: 0, count: 2))
      state.step(&weights, gradient: [1], learningRate: 0.1)
    }
    await #expect(processExitsWith: .failure) { _ = Adam(beta1: 1) }
    await #expect(processExitsWith: .failure) { _ = Adam(beta2: .nan) }
    await #expect(processExitsWith: .failure) { _ = Adam(epsilon: 0) }
    await #expect(processExitsWith: .failure) { _ = Adam(gradientFactor: -1) }
  }
}
