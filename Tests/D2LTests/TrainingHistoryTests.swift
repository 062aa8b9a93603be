import Testing

@testable import D2L
@testable import Word2Vec

@Suite("Training history")
struct TrainingHistoryTests {
  @Test(
    "notes points where the document's rule does",
    arguments: [
      (5, [1, 2, 3, 4, 5]), (7, [1, 2, 3, 4, 5, 6, 7]), (10, [2, 4, 6, 8, 10]),
      (669, [133, 266, 399, 532, 665, 669]),
    ])
  func points(batches: Int, expected: [Int]) {
    var history = TrainingHistory(batchesPerEpoch: batches)
    for batch in 0..<2 * batches { history.add(loss: Double(batch), count: 1) }
    let places = history.points.map { ($0.epoch * Double(batches)).rounded() }
    #expect(places == (expected + expected.map { $0 + batches }).map(Double.init))
    #expect(history.batchCount == 2 * batches)
  }

  @Test("weighs a minibatch's loss by its examples")
  func means() {
    var history = TrainingHistory(batchesPerEpoch: 5)
    // Sums of losses and numbers of examples; the last minibatch is short.
    for (loss, count) in [(8, 4), (4, 4), (4, 4), (2, 4), (1, 1), (6, 4)] as [(Double, Int)] {
      history.add(loss: loss, count: count)
    }
    #expect(history.batchMeans == [2, 1, 1, 0.5, 1, 1.5])
    #expect(history.exampleCount == 21)
    #expect(history.epochMeans == [19.0 / 17])
    #expect(history.finalLoss == 25.0 / 21)
    let sums = [8, 12, 16, 18, 19, 25] as [Double]
    let counts = [4, 8, 12, 16, 17, 21] as [Double]
    #expect(history.points.map(\.runningMean) == zip(sums, counts).map { $0 / $1 })
    #expect(history.points.map(\.intervalMean) == [2, 1, 1, 0.5, 1, 1.5])
  }

  @Test("begins its intervals after each point")
  func intervals() {
    var history = TrainingHistory(batchesPerEpoch: 11)  // points after 2, 4, 6, 8, 10, 11
    for loss in 1...11 { history.add(loss: Double(loss), count: 1) }
    #expect(history.points.map(\.intervalMean) == [1.5, 3.5, 5.5, 7.5, 9.5, 11])
  }

  @Test("refuses epochs of fewer than five minibatches")
  func tooFew() async {
    await #expect(processExitsWith: .failure) { _ = TrainingHistory(batchesPerEpoch: 4) }
  }
}
