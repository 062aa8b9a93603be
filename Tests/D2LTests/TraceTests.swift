import Foundation
import RandomStreams
import TestSupport
import Testing

@testable import D2L
@testable import Word2Vec

/// A trace of the original program; `Fixtures/README.md` says how they were made.
func originalTrace(_ tab: Tab = .pytorch, seed: UInt64) throws -> Trace {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
  let name = tab == .pytorch ? "trace-\(seed).json" : "trace-\(tab)-\(seed).json"
  return try Trace(contentsOf: folder.appending(path: "Fixtures/\(name)").path)
}

/// The embedded corpus, for runs that need no data.
func embeddedCorpus() throws -> Corpus { try Corpus.embedded(minimumCount: 10, seed: 0) }

/// The trace of a short run on the embedded corpus.
func smallTrace(
  seed: UInt64 = 1, engine: TrainingSettings.Engine = .fused, threads: Int = 2
) throws -> Trace {
  var settings = TrainingSettings()
  (settings.seed, settings.epochs, settings.dimension) = (seed, 2, 20)
  (settings.engine, settings.threads) = (engine, threads)
  return try Program(embeddedCorpus(), settings).trace()
}

/// The runs of the original, repeated.
@Suite("Trace", .serialized)
struct TraceTests {
  private static let seeds: [UInt64] = [0, 2_465_463_373, 7]

  @Test(
    "of the data is the original's: every centre, context and noise word",
    .enabled(if: hasPTB, "make data fetches it"), arguments: seeds)
  func data(seed: UInt64) throws {
    let corpus = try Corpus(contentsOf: ptbTrainingText, minimumCount: 10)
    var python = PythonRandom(seed: seed)
    let subsampled = corpus.subsampled(using: &python)
    let examples = try SkipGramExamples(
      of: subsampled, maxWindow: 5, noiseWordsPerContext: 5, using: &python)
    let expected = try originalTrace(seed: seed).data
    #expect(Trace.Examples(examples, vocabulary: corpus.vocabulary) == expected)
  }

  @Test(
    "of a whole run is the original's: data, weights, orders, losses, neighbours",
    .enabled(if: hasPTB, "make data fetches it"), arguments: seeds)
  func wholeRun(seed: UInt64) throws {
    let expected = try originalTrace(seed: seed)
    var settings = TrainingSettings()
    (settings.seed, settings.epochs) = (seed, expected.order.epochSha256.count)
    let corpus = try Corpus(contentsOf: ptbTrainingText, minimumCount: 10)
    let got = try Program(corpus, settings).trace()
    let comparison = TraceComparison(expected: expected, got: got)
    #expect(comparison.rows.count >= 40)
    #expect(comparison.isOK, "\n\(comparison)")
  }

  @Test(
    "of the MXNet tab is MXNet's own, ten neighbours of ten",
    .enabled(if: hasPTB, "make data fetches it"), arguments: [0, 7] as [UInt64])
  func mxnet(seed: UInt64) throws {
    let expected = try originalTrace(.mxnet, seed: seed)
    var settings = TrainingSettings()
    (settings.tab, settings.seed) = (expected.tab, seed)
    settings.weightsSeed = UInt32(seed)
    let corpus = try Corpus(contentsOf: ptbTrainingText, minimumCount: 10)
    let got = try Program(corpus, settings).trace()
    let comparison = TraceComparison(expected: expected, got: got)
    #expect(comparison.isOK, "\n\(comparison)")
    // Nearer than any comparison asks for.
    func distance(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
    }
    #expect(distance(expected.training.firstBatches, got.training.firstBatches) <= 5e-7)
    #expect(distance(expected.training.epochLoss, got.training.epochLoss) <= 1e-6)
    #expect(distance([expected.training.finalLoss], [got.training.finalLoss]) <= 1e-6)
    for (query, hits) in expected.similar {
      #expect(Set(hits.map(\.word)) == Set(got.similar[query]?.map(\.word) ?? []), "\(query)")
    }
  }

  @Test("agrees between the engines")
  func engines() throws {
    let comparison = try TraceComparison(
      expected: smallTrace(engine: .reference), got: smallTrace(engine: .fused))
    #expect(comparison.isOK, "\n\(comparison)")
  }

  @Test("is the same for the same seed, on one thread or three, and another for another seed")
  func reproducible() throws {
    let trace = try smallTrace()
    #expect(try smallTrace(threads: 1) == trace)
    #expect(try smallTrace(threads: 3) == trace)
    let other = try smallTrace(seed: 2)
    #expect(other.data.negativesSha256 != trace.data.negativesSha256)
    #expect(other.order.epochSha256 != trace.order.epochSha256)
  }

  @Test("says what was run")
  func fields() throws {
    let trace = try smallTrace()
    #expect(trace.procedure.contains("load_data_ptb(512,5,5); nn.Embedding(20,4)"))
    #expect(trace.procedure.contains("Adam(lr=0.002); 2 epochs"))
    #expect(trace.torch?.contains("fused") == true && trace.tab == .pytorch)
    #expect(trace.training.firstBatches.count == 20)
    #expect(trace.training.batchEvery100.count == (trace.training.batches + 99) / 100)
    #expect(trace.training.firstBatches[0] == trace.training.batchEvery100[0])
    #expect(trace.order.epochSha256.count == 2 && trace.training.epochLoss.count == 2)
    #expect(trace.data.negatives == 5 * trace.data.contextPairs)
    #expect(trace.demoEmbedding.count == 20 && trace.demoEmbedding.allSatisfy { $0.count == 4 })
    let known = try embeddedCorpus().vocabulary
    #expect(Set(trace.similar.keys) == Set(Trace.queries.filter { known.index(of: $0) != nil }))
    #expect(trace.similar.values.allSatisfy { $0.count == 10 })
  }

  @Test("refuses examples that are drawn anew at each use")
  func resampled() async {
    await #expect(processExitsWith: .failure) {
      var settings = TrainingSettings()
      settings.sampling = .anew
      _ = try Program(embeddedCorpus(), settings).trace()
    }
  }
}
