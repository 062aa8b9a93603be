import D2L
import Foundation
import RandomStreams
import TestSupport
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
  @Test("refuse tables of no numbers, as the reference does")
  func noNumbers() async {
    let results = [
      await #expect(
        processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
      ) {
        let none = Embedding(weight: Tensor(repeating: 0, shape: [5, 0]))
        _ = FusedEngine(embedV: none, embedU: none)
      },
      await #expect(
        processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
      ) {
        let none = Embedding(weight: Tensor(repeating: 0, shape: [5, 0]))
        _ = ReferenceEngine(embedV: none, embedU: none)
      },
    ]
    for result in results {
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("tables of vectors of 0 numbers"))
    }
  }

  @Test("makes the reference's steps with the chapter's settings")
  func chapterSettings() throws {
    let corpus = try Corpus.embedded(minimumCount: 10, seed: 0)
    let program = try Program(corpus, TrainingSettings())
    compareEngines(
      program.source.all(first: 200), tables: (program.initialV, program.initialU), steps: 200)
  }

  @Test(
    "makes the reference's steps at every size",
    arguments: [1, 3, 16, 50, 100, 112, 130, 300].map { EngineCase(dimension: $0) } + [
      EngineCase(dimension: 20, batchSize: 1),
      EngineCase(contexts: 1...20, noiseWords: 20),
      EngineCase(noiseWords: 1),
      EngineCase(batchSize: 33, vocabulary: 1000),
    ])
  func sizes(_ size: EngineCase) {
    let examples = ListedExamples.random(
      count: 40 * size.batchSize, vocabulary: size.vocabulary, contexts: size.contexts,
      noiseWords: size.noiseWords, seed: 8)
    compareEngines(
      examples.batches(of: size.batchSize),
      tables: initialTables(size.vocabulary, size.dimension, seed: 2), steps: size.steps)
  }

  @Test(
    "makes the reference's steps with every optimiser and weight of a slot",
    arguments: optimizers, SlotWeight.allCases)
  func everyOptimizer(_ optimizer: any Optimizer, _ weight: SlotWeight) {
    let examples = ListedExamples.random(
      count: 640, vocabulary: 300, contexts: 1...10, noiseWords: 5, seed: 11)
    compareEngines(
      examples.batches(of: 16), tables: initialTables(300, 20), steps: 200, optimizer: optimizer,
      slotWeight: weight,
      rate: { optimizer is GradientDescent ? 0.05 * (1 - Double($0) / 400) : 0.002 })
  }

  static let optimizers: [any Optimizer] = [
    Adam(), Adam(epsilonPlace: .uncorrected, gradientFactor: 1.0 / 512),
    Adam(beta1: 0.8, beta2: 0.99, epsilon: 1e-6), GradientDescent(),
  ]

  @Test("makes the reference's steps for longer than a step is remembered")
  func manySteps() {
    // Word 9 is the centre and word 8 the context word of every 5,000th minibatch alone.
    var list = (0..<5000 as Range<Int32>).map { (i: Int32) -> ListedExamples.Example in
      ListedExamples.Example(center: i % 5, contexts: [i % 7], noise: [i % 3])
    }
    list[7] = ListedExamples.Example(center: 9, contexts: [8], noise: [1])
    let examples = ListedExamples(examples: list)
    compareEngines(
      examples.batches(of: 1), tables: initialTables(10, 4), steps: AdamClock.memory + 600,
      within: 2e-4)
  }

  @Test("takes the loss of examples of more than 1,024 slots to seven digits")
  func longExamples() throws {
    let batches = ListedExamples.random(
      count: 60, vocabulary: 60, contexts: 172...190, noiseWords: 5, seed: 7
    ).batches(of: 3)
    let (fused, reference) = bothEngines(initialTables(60, 16), threads: 2)
    for batch in batches {
      let expected = lossInDouble(batch, v: fused.embedV, u: fused.embedU)
      #expect(abs(fused.step(batch) / expected - 1) <= 3e-7)
      #expect(abs(reference.step(batch) / expected - 1) <= 1e-5)  // sums 1,000 Floats in a row
    }
    #expect(largestDifference(fused.embedV, reference.embedV) <= 1e-5)
    #expect(largestDifference(fused.embedU, reference.embedU) <= 1e-5)
  }

  @Test("makes the reference's steps while the learning rate falls or jumps")
  func learningRates() {
    let examples = ListedExamples.random(
      count: 640, vocabulary: 500, contexts: 1...10, noiseWords: 5, seed: 3)
    for rate: (Int) -> Double in [
      { 0.002 * (1 - Double($0) / 200) }, { $0 % 50 < 10 ? 0.002 : 0 }, { 1e-5 * Double($0) },
    ] {
      compareEngines(
        examples.batches(of: 16), tables: initialTables(500, 20), steps: 200, rate: rate)
    }
  }

  @Test("takes minibatches in any order, and one of them twice in a row")
  func anyOrder() throws {
    let batches = ListedExamples.random(
      count: 100, vocabulary: 30, contexts: 1...6, noiseWords: 2, seed: 4
    ).batches(of: 16)
    let order = [0, 0, 1, 5, 6, 6, 2, 3, 4, 0, 1, 1]
    let (fused, reference) = bothEngines(initialTables(30, 10), threads: 2)
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
    let (read, reference) = bothEngines(initialTables(2000, 10), threads: 1)
    let (unread, _) = bothEngines(initialTables(2000, 10), threads: 1)
    for (index, batch) in batches.enumerated() {
      _ = (read.step(batch), reference.step(batch), unread.step(batch))
      if index % 10 == 0 {
        #expect(largestDifference(read.embedV, reference.embedV) <= 1e-6)
        #expect(largestDifference(read.embedU, reference.embedU) <= 1e-6)
      }
    }
    #expect(read.digest == unread.digest)
  }

  @Test("gives the same bytes for threads at sizes that fill no piece", arguments: [1, 17, 100])
  func oddThreads(batchSize: Int) {
    let batches = ListedExamples.random(
      count: 6 * batchSize + 1, vocabulary: 40, contexts: 1...30, noiseWords: 2, seed: 6
    ).batches(of: batchSize)
    let digests = [1, 2, 3, 8].map { threads in
      let (fused, _) = bothEngines(initialTables(40, 33), threads: threads)
      for batch in batches { _ = fused.step(batch) }
      return fused.digest
    }
    #expect(digests.allSatisfy { $0 == digests[0] })
  }

  @Test("refuses tables of different shapes and less than one thread")
  func wrongArguments() async {
    await #expect(processExitsWith: .failure) {
      _ = FusedEngine(
        embedV: Embedding(weight: Tensor(repeating: 0, shape: [3, 2])),
        embedU: Embedding(weight: Tensor(repeating: 0, shape: [2, 3])), threads: 1)
    }
    await #expect(processExitsWith: .failure) {
      let table = Embedding(weight: Tensor(repeating: 0, shape: [3, 2]))
      _ = FusedEngine(embedV: table, embedU: table, threads: 0)
    }
  }

  /// Trains both engines for some steps, going round the minibatches; holds each step's loss and
  /// the final weights against one another.
  ///
  /// Adam's first step divides a gradient by its own size plus ε = 10⁻⁸: where one happens to be
  /// that small, the last bit of a score moves a weight by 10⁻⁵. The data here have no such place.
  private func compareEngines(
    _ batches: [MiniBatch], tables: (v: Embedding, u: Embedding), steps: Int,
    optimizer: any Optimizer = Adam(), slotWeight: SlotWeight = .mean,
    within tolerance: Float = 1e-5,
    rate: (Int) -> Double = { _ in 0.002 }, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (fused, reference) = bothEngines(
      tables, threads: 2, optimizer: optimizer, slotWeight: slotWeight)
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
    #expect(worst <= Double(tolerance) / 10, sourceLocation: sourceLocation)
    #expect(v <= tolerance && u <= tolerance, "\(v), \(u)", sourceLocation: sourceLocation)
    #expect(largestDifference(fused.embedV, tables.v) > 0, sourceLocation: sourceLocation)
  }

  /// The sum of the examples' losses by the definition, in Double.
  private func lossInDouble(_ batch: MiniBatch, v: Embedding, u: Embedding) -> Double {
    let (padded, d) = (PaddedBatch(batch), v.dimension)
    let (v, u) = (v.weight.values.map(Double.init), u.weight.values.map(Double.init))
    return (0..<padded.size).reduce(0) { sum, example in
      let row = example * padded.slotCount..<(example + 1) * padded.slotCount
      let losses = row.filter { padded.mask[$0] == 1 }.map { slot in
        let (center, word) = (Int(padded.centers[example]), Int(padded.contextsAndNegatives[slot]))
        let score = (0..<d).reduce(0) { $0 + v[center * d + $1] * u[word * d + $1] }
        return log1p(exp(padded.labels[slot] == 1 ? -score : score))
      }
      return sum + losses.reduce(0, +) / Double(losses.count)
    }
  }
}
