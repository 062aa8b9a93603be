import D2L
import Foundation
import RandomStreams
import Testing

@testable import Word2Vec

/// Random examples and the size of a row, for both engines.
struct EngineCase: CustomTestStringConvertible, Sendable {
  var dimension = 16
  var batchSize = 16
  var vocabulary = 60
  var contexts = 1...10
  var noiseWords = 5
  var steps = 200

  var testDescription: String {
    "d \(dimension), batch \(batchSize), contexts \(contexts), noise words \(noiseWords)"
  }
}

@Suite("Fused engine")
struct FusedEngineTests {
  @Test("makes the reference's steps with the chapter's settings")
  func chapterSettings() throws {
    let corpus = try Corpus.embedded(minimumCount: 10, seed: 0)
    var trainer = try Trainer(corpus, TrainingSettings())
    let (v, u) = (trainer.initialV, trainer.initialU)
    try compareEngines(Array(trainer.nextEpoch()), tables: (v, u), steps: 200)
  }

  @Test(
    "makes the reference's steps at every size",
    arguments: [1, 3, 16, 50, 100, 112, 130, 300].map { EngineCase(dimension: $0) } + [
      EngineCase(dimension: 20, batchSize: 1),
      EngineCase(contexts: 1...20, noiseWords: 20),
      EngineCase(noiseWords: 1),
      EngineCase(batchSize: 33, vocabulary: 1000),
    ])
  func sizes(_ size: EngineCase) throws {
    let examples = ListedExamples.random(
      count: 40 * size.batchSize, vocabulary: size.vocabulary, contexts: size.contexts,
      noiseWords: size.noiseWords, seed: 8)
    try compareEngines(
      Array(examples.batches(of: size.batchSize)),
      tables: initialTables(size.vocabulary, size.dimension, seed: 2), steps: size.steps)
  }

  @Test("takes the loss of examples of more than 1,024 slots to seven digits")
  func longExamples() throws {
    let batches = Array(
      ListedExamples.random(
        count: 60, vocabulary: 60, contexts: 172...190, noiseWords: 5, seed: 7
      ).batches(of: 3))
    let (fused, reference) = engines(initialTables(60, 16), threads: 2)
    for batch in batches {
      let expected = lossInDouble(batch, v: fused.embedV, u: fused.embedU)
      #expect(abs(fused.step(batch) / expected - 1) <= 3e-7)
      #expect(abs(reference.step(batch) / expected - 1) <= 1e-5)  // sums 1,000 Floats in a row
    }
    #expect(largestDifference(fused.embedV, reference.embedV) <= 1e-5)
    #expect(largestDifference(fused.embedU, reference.embedU) <= 1e-5)
  }

  @Test("makes the reference's steps while the learning rate falls or jumps")
  func learningRates() throws {
    let examples = ListedExamples.random(
      count: 640, vocabulary: 500, contexts: 1...10, noiseWords: 5, seed: 3)
    for rate: (Int) -> Double in [
      { 0.002 * (1 - Double($0) / 200) }, { $0 % 50 < 10 ? 0.002 : 0 }, { 1e-5 * Double($0) },
    ] {
      try compareEngines(
        Array(examples.batches(of: 16)), tables: initialTables(500, 20), steps: 200, rate: rate)
    }
  }

  @Test("takes minibatches in any order, and one of them twice in a row")
  func anyOrder() throws {
    let batches = Array(
      ListedExamples.random(
        count: 100, vocabulary: 30, contexts: 1...6, noiseWords: 2, seed: 4
      ).batches(of: 16))
    let order = [0, 0, 1, 5, 6, 6, 2, 3, 4, 0, 1, 1]
    let (fused, reference) = engines(initialTables(30, 10), threads: 2)
    for index in order {
      let (loss, expected) = (fused.step(batches[index]), reference.step(batches[index]))
      #expect(abs(loss - expected) <= 1e-6 * expected)
    }
    #expect(largestDifference(fused.embedV, reference.embedV) <= 1e-5)
  }

  @Test("is not disturbed by reading the tables, and copies them as of now")
  func reading() {
    let batches = ListedExamples.random(
      count: 640, vocabulary: 2000, contexts: 1...6, noiseWords: 2, seed: 5
    ).batches(of: 16)
    let (read, reference) = engines(initialTables(2000, 10), threads: 1)
    let (unread, _) = engines(initialTables(2000, 10), threads: 1)
    for batch in batches {
      _ = (read.step(batch), reference.step(batch), unread.step(batch))
      if batch.index % 10 == 0 {
        #expect(largestDifference(read.embedV, reference.embedV) <= 1e-6)
        #expect(largestDifference(read.embedU, reference.embedU) <= 1e-6)
      }
    }
    #expect(read.digest == unread.digest)
  }

  @Test("gives the same bytes on any number of threads", arguments: [false, true])
  func threads(resample: Bool) throws {
    let corpus = try Corpus.embedded(minimumCount: 10, seed: 0)
    func digest(threads: Int) throws -> String {
      var settings = TrainingSettings()
      settings.threads = threads
      settings.resample = resample
      settings.decay = .linear
      settings.epochs = 1
      var trainer = try Trainer(corpus, settings)
      for batch in trainer.nextEpoch().prefix(40) { _ = try trainer.step(batch) }
      return trainer.engine.digest
    }
    let one = try digest(threads: 1)
    for threads in [1, 2, 3, 8] {
      #expect(try digest(threads: threads) == one, "\(threads) threads")
    }
  }

  @Test("gives the same bytes for threads at sizes that fill no piece", arguments: [1, 17, 100])
  func oddThreads(batchSize: Int) {
    let batches = ListedExamples.random(
      count: 6 * batchSize + 1, vocabulary: 40, contexts: 1...30, noiseWords: 2, seed: 6
    ).batches(of: batchSize)
    let digests = [1, 2, 3, 8].map { threads in
      let (fused, _) = engines(initialTables(40, 33), threads: threads)
      for batch in batches { _ = fused.step(batch) }
      return fused.digest
    }
    #expect(digests.allSatisfy { $0 == digests[0] })
  }

  @Test("ends its threads when it is released")
  func release() {
    let batch = Array(
      ListedExamples.random(count: 40, vocabulary: 9, contexts: 1...3, noiseWords: 1, seed: 1)
        .batches(of: 40))[0]
    for round in 0..<30 {
      let (fused, _) = engines(initialTables(9, 4), threads: 1 + round % 4)
      if round % 3 > 0 { _ = fused.step(batch) }
    }
  }

  @Test("refuses tables of different shapes and less than one thread")
  func wrongArguments() async {
    await #expect(processExitsWith: .failure) {
      _ = FusedEngine(
        embedV: Embedding(weight: Tensor(repeating: 0, shape: [3, 2])),
        embedU: Embedding(weight: Tensor(repeating: 0, shape: [2, 3])), learningRate: 0.1,
        threads: 1)
    }
    await #expect(processExitsWith: .failure) {
      let table = Embedding(weight: Tensor(repeating: 0, shape: [3, 2]))
      _ = FusedEngine(embedV: table, embedU: table, learningRate: 0.1, threads: 0)
    }
  }

  /// Both engines on the same tables.
  private func engines(
    _ tables: (v: Embedding, u: Embedding), threads: Int
  ) -> (fused: FusedEngine, reference: ReferenceEngine) {
    (
      FusedEngine(embedV: tables.v, embedU: tables.u, learningRate: 0.002, threads: threads),
      ReferenceEngine(embedV: tables.v, embedU: tables.u, learningRate: 0.002)
    )
  }

  /// Trains both engines for some steps, going round the minibatches; holds each step's loss and
  /// the final weights against one another.
  ///
  /// Adam's first step divides a gradient by its own size plus ε = 10⁻⁸: where one happens to be
  /// that small, the last bit of a score moves a weight by 10⁻⁵. The data here have no such place.
  private func compareEngines(
    _ batches: [MiniBatch], tables: (v: Embedding, u: Embedding), steps: Int,
    rate: (Int) -> Double = { _ in 0.002 }, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (fused, reference) = engines(tables, threads: 2)
    var worst = 0.0
    for step in 0..<steps {
      fused.learningRate = rate(step)
      reference.learningRate = rate(step)
      let batch = batches[step % batches.count]
      let (loss, expected) = (fused.step(batch), reference.step(batch))
      worst = max(worst, abs(loss / expected - 1))
    }
    let (v, u) = (
      largestDifference(fused.embedV, reference.embedV),
      largestDifference(fused.embedU, reference.embedU)
    )
    #expect(worst <= 1e-6, sourceLocation: sourceLocation)
    #expect(v <= 1e-5 && u <= 1e-5, "\(v), \(u)", sourceLocation: sourceLocation)
  }

  /// The sum of the examples' losses by the definition, in Double.
  private func lossInDouble(_ batch: MiniBatch, v: Embedding, u: Embedding) -> Double {
    let (padded, d) = (batch.padded(), v.dimension)
    let (v, u) = (v.weight.values.map(Double.init), u.weight.values.map(Double.init))
    return (0..<padded.size).reduce(0) { sum, example in
      let row = example * padded.width..<(example + 1) * padded.width
      let losses = row.filter { padded.mask[$0] == 1 }.map { slot in
        let (center, word) = (Int(padded.centers[example]), Int(padded.contextsAndNegatives[slot]))
        let score = (0..<d).reduce(0) { $0 + v[center * d + $1] * u[word * d + $1] }
        return log1p(exp(padded.labels[slot] == 1 ? -score : score))
      }
      return sum + losses.reduce(0, +) / Double(losses.count)
    }
  }
}
