import Foundation

/// One minibatch laid out for the fused engine: its examples, and its rows with their slots.
///
/// The work is cut into pieces that do not depend on the number of threads: examples by
/// `examplesPerPiece`, rows by `rowsPerPiece`, words of contexts and noise first, centres after.
final class StepPlan: @unchecked Sendable {
  private static let examplesPerPiece = 16
  private static let rowsPerPiece = 32

  private let blocks: Int
  private var batch = FlatBatch()
  private var source: MiniBatch?
  private let slotIndex: WordIndex
  private let centerIndex: WordIndex

  private let offsets = GrowingBuffer<Int32>()
  private let slots = GrowingBuffer<Int32>()
  private let centers = GrowingBuffer<Int32>()
  private let contextCounts = GrowingBuffer<Int32>()
  /// ∂l/∂x by rank in `slotIndex`.
  private let coefficients = GrowingBuffer<Float>()
  /// 1 for each example: the weight of its gradient in its centre word's.
  private let ones = GrowingBuffer<Float>()
  /// Copies of the centre words' rows, shape (B, blocks).
  private let centerRows = GrowingBuffer<Lanes>()
  /// The gradients by the centre words' rows, shape (B, blocks).
  private let centerGradients = GrowingBuffer<Lanes>()
  private let losses = GrowingBuffer<Float>()

  init(vocabularySize: Int, blocks: Int) {
    self.blocks = blocks
    slotIndex = WordIndex(vocabularySize: vocabularySize)
    centerIndex = WordIndex(vocabularySize: vocabularySize)
  }

  /// The number of pieces of `forEachRow`.
  var rowPieces: Int {
    Self.pieces(slotIndex.words.count, Self.rowsPerPiece)
      + Self.pieces(centerIndex.words.count, Self.rowsPerPiece)
  }

  /// The number of pieces of `runExamples`.
  var examplePieces: Int { Self.pieces(batch.count, Self.examplesPerPiece) }

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
    batch.slots.withUnsafeBufferPointer { slots in
      batch.offsets.withUnsafeBufferPointer { offsets in
        slotIndex.group(slots, ends: UnsafeBufferPointer(rebasing: offsets.dropFirst()))
      }
      self.slots.copy(slots)
    }
    batch.centers.withUnsafeBufferPointer { centers in
      self.centers.copy(centers)
      let ends = GrowingBuffer<Int32>(capacity: count)
      for example in 0..<count { ends.append(Int32(example + 1)) }
      centerIndex.group(centers, ends: UnsafeBufferPointer(start: ends.pointer, count: count))
    }
    batch.offsets.withUnsafeBufferPointer { offsets.copy($0) }
    batch.contextCounts.withUnsafeBufferPointer { contextCounts.copy($0) }
    coefficients.resize(to: batch.slots.count)
    centerRows.resize(to: count * blocks)
    centerGradients.resize(to: count * blocks)
    losses.resize(to: count)
    while ones.count < count { ones.append(1) }
  }

  /// Calls `body` with each row of a piece and a closure that sums the row's gradient.
  @inline(__always)
  func forEachRow(
    in piece: Int, _ tableV: LazyAdamTable, _ tableU: LazyAdamTable,
    _ body: (LazyAdamTable, Int, () -> UnsafePointer<Lanes>) -> Void
  ) {
    let slotPieces = Self.pieces(slotIndex.words.count, Self.rowsPerPiece)
    let isSlot = piece < slotPieces
    let index = isSlot ? slotIndex : centerIndex
    let table = isSlot ? tableU : tableV
    let first = (isSlot ? piece : piece - slotPieces) * Self.rowsPerPiece
    let end = min(first + Self.rowsPerPiece, index.words.count)
    let (words, starts, owners) = (index.words.pointer, index.starts.pointer, index.owners.pointer)
    let rows = UnsafePointer(isSlot ? centerRows.pointer : centerGradients.pointer)
    let weights = UnsafePointer(isSlot ? coefficients.pointer : ones.pointer)
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: blocks) { room in
      guard let gradient = room.baseAddress else { return }
      for group in first..<end {
        if group + 1 < end { table.prefetch(Int(words[group + 1])) }
        body(table, Int(words[group])) {
          let start = Int(starts[group])
          FusedKernels.weightedSum(
            rows, owners + start, weights + (isSlot ? start : 0),
            count: Int(starts[group + 1]) - start, blocks: blocks, into: gradient)
          return UnsafePointer(gradient)
        }
      }
    }
  }

  /// Scores, loss and gradients of a piece's examples.
  func runExamples(_ piece: Int, _ tableV: LazyAdamTable, _ tableU: LazyAdamTable) {
    let first = piece * Self.examplesPerPiece
    let end = min(first + Self.examplesPerPiece, batch.count)
    let (offsets, ranks) = (offsets.pointer, slotIndex.ranks.pointer)
    let longest = (first..<end).reduce(0) { max($0, Int(offsets[$1 + 1] - offsets[$1])) }
    let tiles = (longest + 15) / 16
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: tiles + 16) { room in
      guard let x = room.baseAddress else { return }
      let scratch = x + tiles
      let scores = UnsafeMutableRawPointer(x).assumingMemoryBound(to: Float.self)
      for example in first..<end {
        let words = UnsafePointer(slots.pointer + Int(offsets[example]))
        let count = Int(offsets[example + 1] - offsets[example])
        let v = centerRows.pointer + example * blocks
        v.update(from: tableV.weights + Int(centers.pointer[example]) * blocks, count: blocks)
        for tile in 0..<(count + 15) / 16 {
          x[tile] = FusedKernels.scores(
            v, tableU.weights, words, from: 16 * tile, to: count, blocks: blocks, scratch: scratch)
        }
        losses.pointer[example] = FusedKernels.loss(
          x, count: count, positives: Int(contextCounts.pointer[example]))
        FusedKernels.weightedSum(
          tableU.weights, words, scores, count: count, blocks: blocks,
          into: centerGradients.pointer + example * blocks)
        for slot in 0..<count {
          coefficients.pointer[Int(ranks[Int(offsets[example]) + slot])] = scores[slot]
        }
      }
    }
  }

  private static func pieces(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }
}
