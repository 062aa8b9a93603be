import Testing

@testable import Word2Vec

@Suite("Minibatches")
struct MiniBatchTests {
  /// The document's example of `batchify`, and one more.
  private let examples = ListedExamples(examples: [
    .init(center: 1, contexts: [2, 2], noise: [3, 3, 3, 3]),
    .init(center: 1, contexts: [2, 2, 2], noise: [3, 3]),
    .init(center: 7, contexts: [4], noise: [5]),
  ])

  @Test("are padded as the document's batchify pads them")
  func batchify() throws {
    let batch = try #require(Array(examples.batches(of: 2)).first).padded()
    #expect((batch.size, batch.width) == (2, 6))
    #expect(batch.centers == [1, 1])
    #expect(batch.contextsAndNegatives == [2, 2, 3, 3, 3, 3, 2, 2, 2, 3, 3, 0])
    #expect(batch.mask == [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    #expect(batch.labels == [1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0])
  }

  @Test("keep a last, short one, padded by itself")
  func lastShort() {
    let batches = Array(examples.batches(of: 2))
    #expect(batches.map(\.count) == [2, 1])
    #expect(examples.batches(of: 2).count == 2)
    let last = batches[1].padded()
    #expect((last.size, last.width) == (1, 2))
    #expect(last.contextsAndNegatives == [4, 5])
    #expect(Array(examples.batches(of: 3)).map(\.count) == [3])
    #expect(Array(examples.batches(of: 100)).map(\.count) == [3])
  }

  @Test("hold the examples end to end, in the epoch's order")
  func order() {
    var flat = FlatBatch()
    for round in 0..<2 {  // gathering replaces what was there
      Array(MiniBatches(of: examples, order: [2, 0, 1], batchSize: 3))[0].gather(into: &flat)
      #expect(flat.count == 3, "round \(round)")
      #expect(flat.centers == [7, 1, 1])
      #expect(flat.contextCounts == [1, 2, 3])
      #expect(flat.offsets == [0, 2, 8, 13])
      #expect(flat.slots == [4, 5, 2, 2, 3, 3, 3, 3, 2, 2, 2, 3, 3])
    }
  }

  @Test("know the one that comes next, and tell epochs apart")
  func identity() {
    let epoch = examples.batches(of: 1)
    let batches = Array(epoch)
    #expect(batches.map(\.index) == [0, 1, 2])
    #expect(batches[0].next?.isSame(as: batches[1]) == true)
    #expect(batches[2].next == nil)
    #expect(batches[1].isSame(as: Array(epoch)[1]))
    #expect(!batches[1].isSame(as: batches[2]))
    #expect(!batches[1].isSame(as: Array(examples.batches(of: 1))[1]))
  }

  @Test("refuse an order of another length, and a size of nothing")
  func wrongArguments() async {
    await #expect(processExitsWith: .failure) {
      let examples = ListedExamples(examples: [.init(center: 1, contexts: [2], noise: [3])])
      _ = MiniBatches(of: examples, order: [0, 0], batchSize: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = MiniBatches(of: ListedExamples(examples: []), order: [], batchSize: 0)
    }
  }
}
