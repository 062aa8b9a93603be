import Foundation

/// One minibatch laid out for the fused engine: its examples, and its rows with their slots.
final class StepPlan: @unchecked Sendable {
  private static let examplesPerPiece = 32

  private final class Piece {
    var batch = FlatBatch()
  }

  private var source: MiniBatch?
  private var exampleCount = 0
  private var pieces: [Piece] = []
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
    (0..<exampleCount).reduce(0) { $0 + Double(losses.pointer[$1]) }
  }

  /// Whether this is the minibatch that was prepared last.
  func holds(_ batch: MiniBatch) -> Bool { source?.isSame(as: batch) ?? false }

  /// The number of pieces of `gather`, after `begin`.
  var gatherPieces: Int { (exampleCount + Self.examplesPerPiece - 1) / Self.examplesPerPiece }

  /// Begins to prepare a minibatch: `begin`, then all pieces of `gather`, then `group`.
  func begin(_ source: MiniBatch) {
    self.source = source
    exampleCount = source.count
    while pieces.count < gatherPieces { pieces.append(Piece()) }
  }

  /// Gathers a piece of the minibatch's examples; the pieces may be gathered by several threads.
  func gather(_ piece: Int) {
    let first = piece * Self.examplesPerPiece
    let end = min(first + Self.examplesPerPiece, exampleCount)
    source?.gather(first..<end, into: &pieces[piece].batch)
  }

  /// Puts the gathered pieces together and groups their slots and centres by word.
  func group() {
    for list in [offsets, slots, centers, contextCounts] { list.resize(to: 0) }
    offsets.append(0)
    for piece in pieces[..<gatherPieces] {
      let start = Int32(slots.count)
      for end in piece.batch.offsets.dropFirst() { offsets.append(start + end) }
      slots.append(piece.batch.slots)
      centers.append(piece.batch.centers)
      contextCounts.append(piece.batch.contextCounts)
    }
    while ones.count < exampleCount {
      ones.append(1)
      ends.append(Int32(ends.count + 1))
    }
    slotIndex.group(
      slots.elements, ends: UnsafeBufferPointer(rebasing: offsets.elements.dropFirst()))
    centerIndex.group(
      centers.elements, ends: UnsafeBufferPointer(rebasing: ends.elements[..<exampleCount]))
    coefficients.resize(to: slots.count)
    centerRows.resize(to: exampleCount * blocks)
    centerGradients.resize(to: exampleCount * blocks)
    losses.resize(to: exampleCount)
    slots.append([Int32](repeating: 0, count: 16))  // the kernels look sixteen slots ahead
  }

  /// The step's work on two tables, by plain pointers; valid until the next `group`.
  func work(on tableV: LazyAdamTable, _ tableU: LazyAdamTable) -> StepWork {
    StepWork(
      tableU: tableU, tableV: tableV, blocks: blocks, count: exampleCount,
      words: StepWork.Rows(
        slotIndex, table: tableU, vectors: centerRows.pointer, weights: coefficients.pointer),
      centerWords: StepWork.Rows(
        centerIndex, table: tableV, vectors: centerGradients.pointer, weights: ones.pointer),
      offsets: offsets.pointer, slots: slots.pointer, centers: centers.pointer,
      contextCounts: contextCounts.pointer,
      coefficients: coefficients.pointer, centerRows: centerRows.pointer,
      centerGradients: centerGradients.pointer, losses: losses.pointer)
  }
}
