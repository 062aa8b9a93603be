import Foundation

/// One minibatch laid out for the fused engine: its examples, and its rows with their slots.
final class StepPlan: @unchecked Sendable {
  private var batch = FlatBatch()
  private var source: MiniBatch?
  private let blocks: Int
  private let slotIndex: WordIndex
  private let centerIndex: WordIndex

  private let offsets = GrowingBuffer<Int32>()
  private let slots = GrowingBuffer<Int32>()
  private let centers = GrowingBuffer<Int32>()
  private let contextCounts = GrowingBuffer<Int32>()
  private let ends = GrowingBuffer<Int32>()
  private let ones = GrowingBuffer<Float>()
  private let coefficients = GrowingBuffer<Float>()
  private let centerRows = GrowingBuffer<Lanes>()
  private let centerGradients = GrowingBuffer<Lanes>()
  private let losses = GrowingBuffer<Float>()

  /// Creates an empty plan for tables of `vocabularySize` rows of `blocks` × 16 Floats.
  init(vocabularySize: Int, blocks: Int) {
    self.blocks = blocks
    slotIndex = WordIndex(vocabularySize: vocabularySize)
    centerIndex = WordIndex(vocabularySize: vocabularySize)
  }

  /// The sum of the examples' losses, added in their order.
  var lossSum: Double {
    (0..<batch.count).reduce(0) { $0 + Double(losses.pointer[$1]) }
  }

  /// Whether `prepare` was last called with this minibatch.
  func holds(_ batch: MiniBatch) -> Bool { source?.isSame(as: batch) ?? false }

  /// Gathers a minibatch's examples and groups its slots and its centres by word.
  func prepare(_ source: MiniBatch) {
    self.source = source
    source.gather(into: &batch)
    let count = batch.count
    batch.offsets.withUnsafeBufferPointer { offsets.copy($0) }
    batch.slots.withUnsafeBufferPointer { slots.copy($0) }
    for _ in 0..<16 { slots.append(0) }  // the kernels look sixteen slots ahead
    batch.centers.withUnsafeBufferPointer { centers.copy($0) }
    batch.contextCounts.withUnsafeBufferPointer { contextCounts.copy($0) }
    while ones.count < count {
      ones.append(1)
      ends.append(Int32(ends.count + 1))
    }
    slotIndex.group(
      UnsafeBufferPointer(rebasing: slots.elements.dropLast(16)),
      ends: UnsafeBufferPointer(rebasing: offsets.elements.dropFirst()))
    centerIndex.group(
      centers.elements, ends: UnsafeBufferPointer(rebasing: ends.elements[..<count]))
    coefficients.resize(to: batch.slots.count)
    centerRows.resize(to: count * blocks)
    centerGradients.resize(to: count * blocks)
    losses.resize(to: count)
  }

  /// The step's work on two tables, by plain pointers; valid until the next `prepare`.
  func work(on tableV: LazyAdamTable, _ tableU: LazyAdamTable) -> StepWork {
    StepWork(
      tableU: tableU, tableV: tableV, blocks: blocks, count: batch.count,
      words: StepWork.Rows(
        slotIndex, table: tableU, vectors: centerRows.pointer, weights: coefficients.pointer),
      centerWords: StepWork.Rows(
        centerIndex, table: tableV, vectors: centerGradients.pointer, weights: ones.pointer),
      offsets: offsets.pointer, slots: slots.pointer, centers: centers.pointer,
      contextCounts: contextCounts.pointer, ranks: slotIndex.ranks.pointer,
      coefficients: coefficients.pointer, centerRows: centerRows.pointer,
      centerGradients: centerGradients.pointer, losses: losses.pointer)
  }
}
