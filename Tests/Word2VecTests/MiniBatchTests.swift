import TestSupport
import Testing

@testable import Word2Vec

@Suite("Minibatch")
struct MiniBatchTests {
  @Test("holds its examples end to end, and can be emptied and filled again")
  func flat() {
    var batch = MiniBatch()
    for _ in 0..<2 {
      batch.removeAll()
      batch.append(center: 7, contexts: [4], noiseWords: [5])
      batch.append(center: 1, contexts: [2, 2], noiseWords: [3, 3, 3, 3])
      batch.append(center: 2, contexts: [9], noiseWords: [])
      #expect(batch.count == 3)
      #expect(batch.centers == [7, 1, 2])
      #expect(batch.contextCounts == [1, 2, 1])
      #expect(batch.offsets == [0, 2, 8, 9])
      #expect(batch.slots == [4, 5, 2, 2, 3, 3, 3, 3, 9])
    }
    var copy = MiniBatch()
    copy.append(1..<3, of: batch)
    #expect(copy.centers == [1, 2] && copy.slots == Array(batch.slots[2...]))
  }

  @Test("is padded as the document's batchify pads it")
  func batchify() {
    var batch = MiniBatch()
    batch.append(center: 1, contexts: [2, 2], noiseWords: [3, 3, 3, 3])
    batch.append(center: 1, contexts: [2, 2, 2], noiseWords: [3, 3])
    let padded = PaddedBatch(batch)
    #expect((padded.size, padded.slotCount) == (2, 6))
    #expect(padded.centers == [1, 1])
    #expect(padded.contextsAndNegatives == [2, 2, 3, 3, 3, 3, 2, 2, 2, 3, 3, 0])
    #expect(padded.mask == [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    #expect(padded.labels == [1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0])
  }

  @Test("refuses an example without a context word")
  func noContext() async {
    await #expect(processExitsWith: .failure) {
      var batch = MiniBatch()
      batch.append(center: 1, contexts: [], noiseWords: [2])
    }
  }

  /// Minibatches of words below 20 but for one, at every kind of place.
  private static func outside(_ word: Int32, at place: Int) -> MiniBatch {
    var words = (0..<40).map { Int32($0 % 20) }
    words[place] = word
    var batch = MiniBatch()
    batch.append(
      center: place == 39 ? word : 3, contexts: words[..<3], noiseWords: words[3..<39])
    return batch
  }

  @Test("with a word outside the tables is refused where it enters an engine")
  func outsideTables() async {
    // The sanitizer sees what would be overrun otherwise.
    await #expect(processExitsWith: .failure) {
      let (v, u) = initialTables(20, 8)
      let engine = FusedEngine(embedV: v, embedU: u, threads: 2)
      _ = engine.step(MiniBatchTests.outside(20, at: 5))
    }
    await #expect(processExitsWith: .failure) {
      let (v, u) = initialTables(20, 8)
      _ = FusedEngine(embedV: v, embedU: u, threads: 1)
        .step(MiniBatchTests.outside(6719, at: 39))
    }
    await #expect(processExitsWith: .failure) {
      let (v, u) = initialTables(20, 8)
      _ = ReferenceEngine(embedV: v, embedU: u).step(MiniBatchTests.outside(-1, at: 0))
    }
    await #expect(processExitsWith: .failure) {
      let (v, u) = initialTables(20, 8)
      var source = ListedExamples(examples: [.init(center: 25, contexts: [1], noise: [])])
        .source(of: 1)
      try? Trainer(
        engine: FusedEngine(embedV: v, embedU: u, threads: 2), schedule: .constant(0.1)
      ).train(on: &source)
    }
    let (v, u) = initialTables(20, 8)
    for place in [0, 5, 38, 39] {
      for engine: any TrainingEngine in [
        FusedEngine(embedV: v, embedU: u, threads: 1), ReferenceEngine(embedV: v, embedU: u),
      ] { #expect(engine.step(Self.outside(19, at: place)).isFinite) }
    }
  }
}
