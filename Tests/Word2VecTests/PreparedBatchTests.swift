import D2L
import Foundation
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Prepared minibatches of the fused engine")
struct PreparedBatchTests {
  @Test("takes prepared minibatches in any order, whatever was stepped on between")
  func preparedInAnyOrder() throws {
    let batches = ListedExamples.random(
      count: 96, vocabulary: 30, contexts: 1...6, noiseWords: 2, seed: 14
    ).batches(of: 16)
    let (fused, reference) = bothEngines(initialTables(30, 10), threads: 2)
    func prepare(_ index: Int) -> PreparedBatch {
      fused.prepare(
        BatchOutline(count: batches[index].count, fraction: 0), file: #fileID, line: #line
      ) { $1.append($0, of: batches[index]) }
    }
    func step(_ prepared: PreparedBatch, _ index: Int) {
      let (loss, expected) = (fused.step(prepared), reference.step(batches[index]))
      #expect(abs(loss - expected) <= 1e-6 * expected, "minibatch \(index)")
    }
    let (a, b, c) = (prepare(0), prepare(1), prepare(2))
    step(b, 1)
    step(c, 2)  // laid out two steps ago, on tables that have moved
    let d = prepare(3)
    #expect(abs(fused.step(batches[4]) - reference.step(batches[4])) < 1e-4)
    step(a, 0)
    step(d, 3)
    #expect(largestDifference(fused.embedV, reference.embedV) <= 1e-5)
    #expect(largestDifference(fused.embedU, reference.embedU) <= 1e-5)
  }

  @Test("refuses a minibatch that it has stepped on, or that another engine prepared")
  func preparedOnce() async {
    await #expect(processExitsWith: .failure) {
      let (v, u) = initialTables(9, 4)
      let engine = FusedEngine(embedV: v, embedU: u, threads: 1)
      var source = ListedExamples(examples: [.init(center: 1, contexts: [2], noise: [3])])
        .source(of: 1)
      guard let batch = engine.prepare(&source) else { return }
      _ = (engine.step(batch), engine.step(batch))
    }
    await #expect(processExitsWith: .failure) {
      let (v, u) = initialTables(9, 4)
      var source = ListedExamples(examples: [.init(center: 1, contexts: [2], noise: [3])])
        .source(of: 1)
      let other = ReferenceEngine(embedV: v, embedU: u)
      guard let batch = other.prepare(&source) else { return }
      _ = FusedEngine(embedV: v, embedU: u, threads: 1).step(batch)
    }
  }

  @Test(
    "gives the same bytes on any number of threads, and with minibatches prepared or not",
    arguments: [TrainingSettings.Sampling.once, .anew])
  func threads(sampling: TrainingSettings.Sampling) throws {
    let corpus = try Corpus.embedded(minimumCount: 10, seed: 0)
    var settings = TrainingSettings()
    (settings.sampling, settings.decay, settings.epochs) = (sampling, .linear, 1)
    let program = try Program(corpus, settings)
    func engine(threads: Int) -> FusedEngine {
      FusedEngine(embedV: program.initialV, embedU: program.initialU, threads: threads)
    }
    let unprepared = engine(threads: 1)
    unprepared.learningRate = 0.002
    for batch in program.source.all(first: 40) { _ = unprepared.step(batch) }
    for threads in [1, 2, 3, 8] {
      let (engine, start) = (engine(threads: threads), program.initialV.weight)
      var (source, steps) = (program.source, 0)
      try Trainer(engine: engine, schedule: .constant(0.002)).train(on: &source) { _ in
        steps += 1
        return steps < 40
      }
      #expect(engine.digest == unprepared.digest, "\(threads) threads")
      #expect(engine.embedV.weight != start)
    }
  }

  @Test("ends its threads when it is released, prepared minibatches or not")
  func release() throws {
    let list = ListedExamples.random(
      count: 40, vocabulary: 9, contexts: 1...3, noiseWords: 1, seed: 1)
    let batch = list.batches(of: 40)[0]
    weak var last: FusedEngine?
    let before = threadCount()
    for round in 0..<30 {
      let (fused, _) = bothEngines(initialTables(9, 4), threads: 1 + round % 4)
      var source = list.source(of: 40)
      let prepared = round % 2 == 0 ? fused.prepare(&source) : nil
      if round % 3 > 0 { #expect(fused.step(batch).isFinite) }
      if round % 5 == 0, let prepared { #expect(fused.step(prepared).isFinite) }
      last = fused
    }
    #expect(last == nil)
    #expect(threadCount() < before + 30, "45 threads were started")
  }

  /// The threads of this process, where the system says.
  private func threadCount() -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0
  }
}
