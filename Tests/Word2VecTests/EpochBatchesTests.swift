import Foundation
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Minibatches of epochs")
struct EpochBatchesTests {
  private static let three = ListedExamples(examples: [
    .init(center: 1, contexts: [2, 2], noise: [3, 3, 3, 3]),
    .init(center: 1, contexts: [2, 2, 2], noise: [3, 3]),
    .init(center: 7, contexts: [4], noise: [5]),
  ])

  /// Each epoch begins one example later.
  private struct Turning: EpochOrder {
    func order(ofEpoch epoch: Int, count: Int) -> [Int32] {
      (0..<count).map { Int32(($0 + epoch) % count) }
    }
  }

  @Test("keep a last, short one", arguments: [(1, [1, 1, 1]), (2, [2, 1]), (3, [3]), (100, [3])])
  func sizes(size: Int, counts: [Int]) {
    #expect(Self.three.batches(of: size).map(\.count) == counts)
    #expect(Self.three.source(of: size).batchesPerEpoch == counts.count)
  }

  @Test("hold the examples end to end, in each epoch's order, and end with the last epoch")
  func order() {
    var source = EpochBatches(of: Self.three, in: Turning(), epochs: 3, batchSize: 2)
    let batches = source.all()
    let centers: [[Int32]] = [[1, 1], [7], [1, 7], [1], [7, 1], [1]]
    #expect(batches.map(\.centers) == centers)
    #expect(batches[2].slots == [2, 2, 2, 3, 3, 4, 5])
    #expect(batches[2].offsets == [0, 5, 7] && batches[2].contextCounts == [3, 1])
    var outlines: [BatchOutline] = []
    while let outline = source.advance() { outlines.append(outline) }
    #expect(outlines.map(\.count) == [2, 1, 2, 1, 2, 1])
    let fractions: [Double] = [0, 1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6]
    #expect(outlines.map(\.fraction) == fractions)
    #expect(source.advance() == nil && source.epoch == 2)
  }

  @Test("can be filled by pieces, in any order, as a whole")
  func pieces() {
    var source = EpochBatches(of: Self.three, in: Turning(), epochs: 1, batchSize: 3)
    var (whole, last, first) = (MiniBatch(), MiniBatch(), MiniBatch())
    source.next(into: &whole)
    source.append(1..<3, to: &last)
    source.append(0..<1, to: &first)
    #expect(first.slots + last.slots == whole.slots)
    #expect(first.centers + last.centers == whole.centers)
  }

  @Test("refuse a size of nothing, and no examples")
  func wrongArguments() async {
    await #expect(processExitsWith: .failure) { _ = Self.three.source(of: 0) }
    await #expect(processExitsWith: .failure) { _ = ListedExamples(examples: []).source(of: 1) }
  }

  /// An order of two examples that names others.
  private struct Wrong: EpochOrder {
    let numbers: [Int32]

    func order(ofEpoch epoch: Int, count: Int) -> [Int32] { numbers }

    func draw() {
      let examples = SkipGramExamples(
        centers: [1, 2], slotOffsets: [0, 2, 4], slots: [2, 3, 1, 3], noiseWordsPerContext: 1)
      var source = EpochBatches(of: examples, in: self, epochs: 1, batchSize: 2)
      var batch = MiniBatch()
      source.next(into: &batch)
    }
  }

  @Test("refuse an order that names examples which there are not, or is not of all")
  func wrongOrders() async {
    let beyond = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) { Wrong(numbers: [0, 2]).draw() }
    let negative = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) { Wrong(numbers: [-1, 0]).draw() }
    let short = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) { Wrong(numbers: [0]).draw() }
    for (result, sentence) in [
      (beyond, "an order of 2 examples has the number 2"),
      (negative, "an order of 2 examples has the number -1"),
      (short, "an order of 1 for 2 examples"),
    ] {
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains(sentence))
    }
  }
}
