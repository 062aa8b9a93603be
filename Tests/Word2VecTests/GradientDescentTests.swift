import TestSupport
import Testing

@testable import Word2Vec

@Suite("Gradient descent")
struct GradientDescentTests {
  @Test("moves weights by the learning rate times their gradient, and keeps nothing")
  func steps() {
    var weights: [Float] = [1, -2, 3]
    var state = GradientDescent().makeState(count: 3)
    state.step(&weights, gradient: [2, 0, -4], learningRate: 0.5)
    #expect(weights == [0, -2, 5])
    state.step(&weights, gradient: [0, 0, 0], learningRate: 0.5)
    #expect(weights == [0, -2, 5])
  }

  @Test("refuses arrays that are not its own size")
  func wrongSize() async {
    await #expect(processExitsWith: .failure) {
      var (state, weights) = (GradientDescent().makeState(count: 1), [Float(0)])
      state.step(&weights, gradient: [1, 2], learningRate: 0.1)
    }
  }
}
