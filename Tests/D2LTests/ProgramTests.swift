import Foundation
import RandomStreams
import TestSupport
import Testing

@testable import D2L
@testable import Word2Vec

@Suite("Program")
struct ProgramTests {
  private static let corpus: Corpus = {
    var random = Philox(key: 4)
    let sentences = (0..<300).map { _ in (0..<10).map { _ in Int32(1 + random.below(200)) } }
    return .ofNumbers(sentences, vocabulary: 201, counts: [Int](repeating: 15, count: 201))
  }()

  private func settings(_ change: (inout TrainingSettings) -> Void = { _ in }) -> TrainingSettings {
    var settings = TrainingSettings()
    (settings.dimension, settings.batchSize, settings.epochs) = (8, 64, 2)
    (settings.threads, settings.seed) = (1, 9)
    change(&settings)
    return settings
  }

  @Test("draws from its two streams in the original's order")
  func streams() throws {
    let program = try Program(Self.corpus, settings())
    var (python, torch) = (PythonRandom(seed: 9), TorchGenerator(seed: 9))
    let subsampled = Self.corpus.subsampled(using: &python)
    let examples = try SkipGramExamples(
      of: subsampled, maxWindow: 5, noiseWordsPerContext: 5, using: &python)
    #expect(program.subsampled.tokens == subsampled.tokens)
    guard case .fixed(let drawn) = program.examples else {
      Issue.record("the examples are not fixed")
      return
    }
    #expect(drawn.slots == examples.slots)
    #expect(program.demonstration.weight == Embedding.normal(20, 4, using: &torch).weight)
    _ = (torch.normal(count: 201 * 8), torch.normal(count: 201 * 8))
    let bound = Float((6.0 / 209).squareRoot())
    let weights = (0..<2).map { _ in torch.uniform(count: 201 * 8, from: -bound, to: bound) }
    expectClose(program.initialV.weight.values, weights[0], within: 1e-7)
    expectClose(program.initialU.weight.values, weights[1], within: 1e-7)
    var source = program.source
    for epoch in 0..<2 {
      while source.epoch < epoch { _ = source.advance() }
      #expect(source.order == torch.epochOrder(of: examples.count))
    }
  }

  @Test("makes the same history with both engines, and stops when told to")
  func train() throws {
    let program = try Program(Self.corpus, settings())
    let (history, _) = try program.train()
    let (expected, _) = try Program(Self.corpus, settings { $0.engine = .reference }).train()
    #expect(history.epochMeans.count == 2)
    #expect(history.batchCount == 2 * program.batchesPerEpoch)
    #expect(abs(history.finalLoss - expected.finalLoss) < 1e-6)
    #expect(history.finalLoss < 0.7)

    let (part, _) = try program.train { history, _ in history.batchCount < 7 }
    #expect(part.batchCount == 7)
    #expect(part.batchMeans == Array(history.batchMeans.prefix(7)))
    #expect(history.epochsDone == 2 && part.epochsDone < 2)
  }

  @Test(
    "gives the same bytes each time, by either engine", arguments: TrainingSettings.Engine.allCases)
  func repeated(engine: TrainingSettings.Engine) throws {
    let digests = try [1, 2, 1].map { threads in
      let program = try Program(
        Self.corpus, settings { ($0.engine, $0.threads) = (engine, threads) })
      return try program.train().engine.digest
    }
    #expect(digests.allSatisfy { $0 == digests[0] })
  }

  @Test("gives the same bytes by a loop that somebody writes")
  func writtenLoop() throws {
    for decay in TrainingSettings.Decay.allCases {
      let program = try Program(Self.corpus, settings { $0.decay = decay })
      let (history, trained) = try program.train()
      var written = TrainingHistory(batchesPerEpoch: program.batchesPerEpoch)
      let engine = program.makeEngine()
      var source = program.source
      var next = engine.prepare(&source)
      while let batch = next {
        next = engine.prepare(&source)
        engine.learningRate = program.schedule.rate(at: batch.fraction)
        written.add(loss: engine.step(batch), count: batch.count)
      }
      #expect(engine.digest == trained.digest && written == history)
    }
  }

  @Test("lets the learning rate fall in a straight line, or stay", arguments: [true, false])
  func decay(falls: Bool) throws {
    let program = try Program(Self.corpus, settings { $0.decay = falls ? .linear : .none })
    let all = 2 * program.batchesPerEpoch
    var done = 0
    _ = try program.train { _, engine in
      let rate = falls ? 0.002 * (1 - Double(done) / Double(all)) : 0.002
      #expect(abs(engine.learningRate - rate) < 1e-15)
      done += 1
      return true
    }
    #expect(done == all)
  }

  @Test(
    "draws examples anew in each epoch, and the text too where that is asked for",
    arguments: [TrainingSettings.Sampling.anew, .anewWithText])
  func resampling(sampling: TrainingSettings.Sampling) throws {
    let program = try Program(Self.corpus, settings { $0.sampling = sampling })
    var source = program.source
    let slots = (0..<2).map { epoch in
      while source.epoch < epoch { _ = source.advance() }
      return (0..<Int32(source.examples.count)).map { example in
        var batch = MiniBatch()
        source.examples.append([example], to: &batch)
        return [batch.centers[0]] + batch.slots
      }
    }
    #expect(slots[0].count == program.examples.count)
    #expect(zip(slots[0], slots[1]).count { $0 == $1 } < slots[0].count / 50)
    let moved = zip(slots[0], slots[1]).count { $0[0] != $1[0] }
    #expect(sampling == .anew ? moved == 0 : moved > slots[0].count / 2)
  }

  @Test("teaches the embedded corpus's topics with resampled examples and a falling rate")
  func topics() throws {
    let corpus = try Corpus.embedded(minimumCount: 10, seed: 0)
    var settings = TrainingSettings()
    (settings.sampling, settings.decay, settings.epochs) = (.anew, .linear, 4)
    let (_, engine) = try Program(corpus, settings).train()
    let vectors = WordVectors(vocabulary: corpus.vocabulary, embedding: engine.embedV)
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

  @Test("refuses fewer than five minibatches an epoch, with advice that can be followed")
  func tooFewMinibatches() throws {
    let examples = try Program(Self.corpus, settings()).examples.count
    let fitting = examples / 5 + 1  // the fifth minibatch holds what is left
    #expect(throws: Never.self) { try Program(Self.corpus, settings { $0.batchSize = fitting }) }
    let error = ProgramError.tooFewMinibatches(
      corpus: "numbers", examples: examples, batchSize: examples)
    #expect(throws: error) { try Program(Self.corpus, settings { $0.batchSize = examples }) }
    #expect(error.description.contains("batch size of at most \(examples / 5)"))
    let few = ProgramError.tooFewMinibatches(corpus: "a", examples: 4, batchSize: 1)
    #expect(!few.description.contains("batch size"))
  }

  @Test("draws MXNet's weights by their own seed, its orders by NumPy's, and steps by its Adam")
  func mxnetStreams() throws {
    let program = try Program(
      Self.corpus, settings { ($0.tab, $0.weightsSeed) = (.mxnet, 3) })
    var (mxnet, numpy) = (MXNetUniform(seed: 3), NumPyRandom(seed: 9))
    let count = 201 * 8
    #expect(program.demonstration.weight.values == mxnet.uniform(count: 80, scale: 0.07))
    #expect(program.initialV.weight.values == mxnet.uniform(count: count, scale: 0.07))
    #expect(program.initialU.weight.values == mxnet.uniform(count: count, scale: 0.07))
    var source = program.source
    for epoch in 0..<2 {
      while source.epoch < epoch { _ = source.advance() }
      #expect(source.order == numpy.permutation(of: program.examples.count))
    }
    // The data are those of the other tab.
    #expect(program.subsampled.tokens == (try Program(Self.corpus, settings())).subsampled.tokens)
    let reference = try Program(
      Self.corpus,
      settings { ($0.tab, $0.weightsSeed, $0.engine) = (.mxnet, 3, .reference) })
    #expect(abs(try program.train().history.finalLoss - reference.train().history.finalLoss) < 1e-6)
  }

  @Test("changes the weights, the orders or the optimiser alone")
  func oneChange() throws {
    func first(_ change: (inout TrainingSettings) -> Void) throws -> (Embedding, [Int32]) {
      let program = try Program(Self.corpus, settings(change))
      var source = program.source
      _ = source.advance()
      return (program.initialV, source.order)
    }
    let (pytorch, mxnet) = (try first { _ in }, try first { $0.tab = .mxnet })
    #expect(pytorch.0.weight != mxnet.0.weight && pytorch.1 != mxnet.1)
    let weights = try first { $0.weights = .mxnet }
    #expect(weights.0.weight == mxnet.0.weight && weights.1 == pytorch.1)
    let orders = try first { $0.orders = .mxnet }
    #expect(orders.0.weight == pytorch.0.weight && orders.1 == mxnet.1)
    let rest = try first { ($0.tab, $0.weights) = (.mxnet, .pytorch) }
    #expect(rest.0.weight == pytorch.0.weight && rest.1 == mxnet.1)

    let all = try Program(Self.corpus, settings { $0.tab = .mxnet }).train().engine.digest
    let parts = try Program(
      Self.corpus,
      settings {
        ($0.weights, $0.orders) = (.mxnet, .mxnet)
        $0.optimizer = Tab.mxnet.optimizer(batchSize: $0.batchSize)
      })
    #expect(try parts.train().engine.digest == all)
    let adam = try Program(
      Self.corpus, settings { ($0.weights, $0.orders) = (.mxnet, .mxnet) })
    #expect(try adam.train().engine.digest != all)
  }

  @Test("the first minibatches, and in the document's arrays the first examples, are the source's")
  func firstBatch() throws {
    let program = try Program(Self.corpus, settings())
    #expect(program.batches(first: 3) == program.source.all(first: 3))
    let whole = program.batches(first: 1)[0]
    let eight = program.examples(first: 8)
    #expect(program.examples(first: 1_000_000) == whole && eight.count == 8)
    let (arrays, padded) = (DocumentBatch(eight), PaddedBatch(eight))
    #expect(arrays.center.shape == [8, 1])
    #expect(arrays.center.values == Array(whole.centers.prefix(8)))
    #expect(arrays.contextsNegatives.shape == [8, padded.slotCount])
    #expect(arrays.contextsNegatives.values == padded.contextsAndNegatives)
    #expect(arrays.mask.values == padded.mask && arrays.label.values == padded.labels)
  }

  @Test("refuses a seed that NumPy does not take, in its tab alone")
  func seeds() throws {
    let seed = UInt64(UInt32.max) + 1
    #expect(throws: ProgramError.seedTooGreat(seed, greatest: UInt64(UInt32.max))) {
      try Program(Self.corpus, settings { ($0.tab, $0.seed) = (.mxnet, seed) })
    }
    #expect(throws: Never.self) { try Program(Self.corpus, settings { $0.seed = seed }) }
  }
}
