import D2L
import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Trainer")
struct TrainerTests {
  private static let corpus: Corpus = {
    var random = Philox(key: 4)
    let sentences = (0..<300).map { _ in (0..<10).map { _ in Int32(1 + random.below(200)) } }
    return .ofNumbers(sentences, vocabulary: 201, counts: [Int](repeating: 15, count: 201))
  }()

  private func settings(_ change: (inout TrainingSettings) -> Void = { _ in }) -> TrainingSettings {
    var settings = TrainingSettings()
    (settings.embedSize, settings.batchSize, settings.epochs) = (8, 64, 2)
    (settings.threads, settings.seed) = (1, 9)
    change(&settings)
    return settings
  }

  @Test("draws from its two streams in the original's order")
  func streams() throws {
    var trainer = try Trainer(Self.corpus, settings())
    var (python, torch) = (PythonRandom(seed: 9), TorchGenerator(seed: 9))
    let subsampled = Self.corpus.subsampled(using: &python)
    let examples = try SkipGramExamples(
      of: subsampled, maxWindow: 5, noiseWords: 5, using: &python)
    #expect(trainer.subsampled.tokens == subsampled.tokens)
    #expect(trainer.examples?.slots == examples.slots)
    #expect(trainer.demonstration.weight == Embedding.normal(20, 4, using: &torch).weight)
    _ = (torch.normal(count: 201 * 8), torch.normal(count: 201 * 8))
    let bound = Float((6.0 / 209).squareRoot())
    let weights = (0..<2).map { _ in torch.uniform(count: 201 * 8, from: -bound, to: bound) }
    expectClose(trainer.initialV.weight.values, weights[0], within: 1e-7)
    expectClose(trainer.initialU.weight.values, weights[1], within: 1e-7)
    for _ in 0..<2 {
      #expect(trainer.nextEpoch().order == torch.epochOrder(of: examples.count))
    }
  }

  @Test("makes the same history with both engines, and stops when told to")
  func train() throws {
    var fused = try Trainer(Self.corpus, settings())
    var reference = try Trainer(Self.corpus, settings { $0.engine = .reference })
    let (history, expected) = (try fused.train(), try reference.train())
    #expect(history.epochMeans.count == 2)
    #expect(history.batchCount == 2 * fused.batchesPerEpoch)
    #expect(abs(history.finalLoss - expected.finalLoss) < 1e-6)
    #expect(history.finalLoss < 0.7)

    var stopped = try Trainer(Self.corpus, settings())
    let part = try stopped.train { $0.batchCount < 7 }
    #expect(part.batchCount == 7)
    #expect(part.batchMeans == Array(history.batchMeans.prefix(7)))
  }

  @Test(
    "gives the same bytes each time, by either engine", arguments: TrainingSettings.Engine.allCases)
  func repeated(engine: TrainingSettings.Engine) throws {
    let digests = try [1, 2, 1].map { threads in
      var trainer = try Trainer(
        Self.corpus, settings { ($0.engine, $0.threads) = (engine, threads) })
      _ = try trainer.train()
      return trainer.engine.digest
    }
    #expect(digests.allSatisfy { $0 == digests[0] })
  }

  @Test("lets the learning rate fall in a straight line, or stay")
  func decay() throws {
    for decay in TrainingSettings.Decay.allCases {
      var trainer = try Trainer(Self.corpus, settings { $0.decay = decay })
      let all = 2 * trainer.batchesPerEpoch
      var done = 0
      for _ in 0..<2 {
        for batch in trainer.nextEpoch() {
          _ = try trainer.step(batch)
          let rate = decay == .none ? 0.002 : 0.002 * (1 - Double(done) / Double(all))
          #expect(abs(trainer.engine.learningRate - rate) < 1e-15)
          done += 1
        }
      }
      #expect(done == all)
    }
  }

  @Test("draws resampled examples anew in each epoch")
  func resampling() throws {
    var trainer = try Trainer(Self.corpus, settings { $0.resample = true })
    #expect(trainer.examples == nil)
    let epochs = (0..<2).map { _ in trainer.nextEpoch() }
    let slots = epochs.map { epoch in
      var (batch, all): (FlatBatch, [[Int32]]) = (FlatBatch(), [])
      for example in 0..<Int32(epoch.order.count) {
        epoch.source.gather([example], into: &batch)
        all.append(batch.slots)
      }
      return all
    }
    #expect(slots[0].count == trainer.exampleCount)
    #expect(zip(slots[0], slots[1]).count { $0 == $1 } < slots[0].count / 50)
  }

  @Test("teaches the embedded corpus's topics with resampled examples and a falling rate")
  func topics() throws {
    let corpus = try Corpus.embedded(minimumCount: 10, seed: 0)
    var settings = TrainingSettings()
    (settings.resample, settings.decay, settings.epochs) = (true, .linear, 4)
    var trainer = try Trainer(corpus, settings)
    _ = try trainer.train()
    let vectors = WordVectors(vocabulary: corpus.vocabulary, embedding: trainer.engine.embedV)
    var (same, all) = (0, 0)
    for topic in EmbeddedCorpus.topics {
      for word in topic.words {
        let nearest = try vectors.similarTokens(to: word, k: 1)[0].word
        same += topic.words.contains(nearest) ? 1 : 0
        all += 1
      }
    }
    #expect(Double(same) >= 0.9 * Double(all), "\(same) of \(all) nearest neighbours")
  }

  @Test("refuses fewer than five minibatches an epoch")
  func tooFewMinibatches() throws {
    let examples = try Trainer(Self.corpus, settings()).exampleCount
    let fitting = examples / 5 + 1  // the fifth minibatch holds what is left
    #expect(throws: Never.self) { try Trainer(Self.corpus, settings { $0.batchSize = fitting }) }
    let error = TrainingError.tooFewMinibatches(
      corpus: "numbers", examples: examples, batchSize: examples)
    #expect(throws: error) { try Trainer(Self.corpus, settings { $0.batchSize = examples }) }
    #expect(error.description.contains("--batch-size of at most \(examples / 5)"))
  }

  @Test("stops where the loss is no number any more", arguments: TrainingSettings.Engine.allCases)
  func notFinite(engine: TrainingSettings.Engine) throws {
    var trainer = try Trainer(
      Self.corpus, settings { ($0.engine, $0.learningRate) = (engine, 1e30) })
    let error = #expect(throws: TrainingError.self) { try trainer.train() }
    guard case .notFinite(let step) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect((2...5).contains(step), "step \(step)")
    #expect(TrainingError.notFinite(step: 3).description.contains("--lr"))
  }
}
