import TestSupport
import Testing

@testable import Word2Vec

@Suite("Trainer")
struct TrainerTests {
  private let list = ListedExamples.random(
    count: 200, vocabulary: 40, contexts: 1...6, noiseWords: 2, seed: 3)

  private func engine() -> FusedEngine {
    let (v, u) = initialTables(40, 8)
    return FusedEngine(embedV: v, embedU: u, threads: 1)
  }

  @Test("steps on each minibatch once, and tells of it")
  func everyBatch() throws {
    let (trained, stepped) = (engine(), engine())
    var (source, steps) = (list.source(of: 32, epochs: 2), [Trainer.Step]())
    let trainer = Trainer(engine: trained, schedule: .constant(0.01))
    try trainer.train(on: &source) { step in
      steps.append(step)
      return true
    }
    stepped.learningRate = 0.01
    let losses = list.source(of: 32, epochs: 2).all().map { stepped.step($0) }
    #expect(steps.map(\.loss) == losses)
    #expect(steps.map(\.count) == [32, 32, 32, 32, 32, 32, 8, 32, 32, 32, 32, 32, 32, 8])
    #expect(trained.digest == stepped.digest && trainer.stepCount == 14)
  }

  @Test("trains on with another source, whose learning rate begins anew and the loss goes on")
  func trainingOn() throws {
    let engine = engine()
    let trainer = Trainer(engine: engine, schedule: .linear(from: 0.05))
    var means: [Double] = []
    for _ in 0..<3 {
      var (source, losses, rates) = (list.source(of: 50, epochs: 3), [Double](), [Double]())
      try trainer.train(on: &source) { step in
        losses.append(step.loss / Double(step.count))
        rates.append(engine.learningRate)
        return true
      }
      let expected = (0..<12).map { (step: Int) -> Double in 0.05 * (1 - Double(step) / 12) }
      #expect(rates == expected)
      means.append(losses.reduce(0, +) / 12)
      var ended = source
      try trainer.train(on: &ended)  // nothing is left
    }
    #expect(means[1] < means[0] && means[2] < means[1], "\(means)")
    #expect(trainer.stepCount == 36)
  }

  @Test("stops when told to")
  func stopping() throws {
    var (source, count) = (list.source(of: 10), 0)
    try Trainer(engine: engine(), schedule: .constant(0.01)).train(on: &source) { _ in
      count += 1
      return count < 7
    }
    #expect(count == 7)
  }

  @Test("stops where the loss is no number any more, and says at which step")
  func notFinite() throws {
    let (v, u) = initialTables(40, 8)
    for engine: any TrainingEngine in [
      engine(), ReferenceEngine(embedV: v, embedU: u),
    ] {
      var source = list.source(of: 10)
      let error = #expect(throws: TrainingError.self) {
        try Trainer(engine: engine, schedule: .constant(1e30)).train(on: &source)
      }
      guard case .notFinite(let step) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect((2...5).contains(step), "step \(step)")
    }
    #expect(TrainingError.notFinite(step: 3).description.contains("step 3"))
  }

  @Test("reads the learning rate from how much of the run is done")
  func schedules() {
    #expect(LearningRate.constant(0.3).rate(at: 0.9) == 0.3)
    #expect(LearningRate.linear(from: 0.4).rate(at: 0) == 0.4)
    #expect(LearningRate.linear(from: 0.4).rate(at: 0.75) == 0.1)
  }
}
