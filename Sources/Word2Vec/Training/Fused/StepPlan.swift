/// One minibatch laid out for the fused engine: its slots and centres by part of their tables.
///
/// It is laid out by pieces of 64 examples, by several threads at once.
final class StepPlan: @unchecked Sendable {
  /// Into how many parts the context words' table is cut, and into how many the centre words'.
  static let (wordParts, centerParts) = (CenterSums.parts, 16)
  private static let examplesPerPiece = 64

  private final class Piece {
    var batch = MiniBatch()
    let words: SlotLists
    let centers: SlotLists

    init(_ order: RowOrder) {
      words = SlotLists(order, parts: StepPlan.wordParts)
      centers = SlotLists(order, parts: StepPlan.centerParts)
    }
  }

  /// The core whose plan it is.
  private(set) weak var core: (any FusedCore)?
  /// The step up to which it is ready for the next one; nil before it is laid out.
  var readyAtStep: Int?
  private var fill: (@Sendable (Range<Int>, inout MiniBatch) -> Void)?
  private var pieces: [Piece] = []
  private let layout: RowLayout
  /// The centre words by part.
  private let centerIndices: [WordIndex]

  /// B: the number of examples.
  private(set) var exampleCount = 0
  /// One by the number of slots of each example, shape (B).
  let scales = GrowingBuffer<Float>()
  /// The centre words' vectors as the step finds them, by example, shape (B, `lanes`).
  let centerVectors = GrowingBuffer<Lanes>()

  /// Creates an empty plan for tables of a layout.
  init(core: any FusedCore, layout: RowLayout) {
    (self.core, self.layout) = (core, layout)
    centerIndices = (0..<Self.centerParts).map {
      WordIndex(rows: layout.order.rows(ofPart: $0, parts: Self.centerParts))
    }
  }

  /// Takes a minibatch, which is still to be made and laid out.
  func begin(
    exampleCount: Int, fill: @escaping @Sendable (Range<Int>, inout MiniBatch) -> Void
  ) {
    (self.exampleCount, self.fill, readyAtStep) = (exampleCount, fill, nil)
    while pieces.count < pieceCount { pieces.append(Piece(layout.order)) }
    scales.resize(to: exampleCount)
    centerVectors.resize(to: exampleCount * layout.lanes)
  }

  /// Lets go of the minibatch and keeps the memory.
  func end() { fill = nil }

  /// The number of pieces.
  var pieceCount: Int { (exampleCount + Self.examplesPerPiece - 1) / Self.examplesPerPiece }

  /// Makes the examples of a piece and lays them out.
  func layOut(piece number: Int) {
    let first = number * Self.examplesPerPiece
    let piece = pieces[number]
    piece.batch.removeAll()
    fill?(first..<min(first + Self.examplesPerPiece, exampleCount), &piece.batch)
    let (batch, words, centers, scales) = (piece.batch, piece.words, piece.centers, scales.pointer)
    words.removeAll(capacity: batch.slots.count)
    centers.removeAll(capacity: batch.count)
    batch.slots.withUnsafeBufferPointer { slots in
      batch.centers.withUnsafeBufferPointer { center in
        for i in 0..<batch.count {
          let (start, end) = (Int(batch.offsets[i]), Int(batch.offsets[i + 1]))
          let noise = start + Int(batch.contextCounts[i])
          let example = first + i
          words.append(.init(rebasing: slots[start..<noise]), example: example, areContexts: true)
          words.append(.init(rebasing: slots[noise..<end]), example: example, areContexts: false)
          centers.append(.init(rebasing: center[i...i]), example: example, areContexts: false)
          scales[example] = 1 / Float(end - start)
        }
      }
    }
  }

  /// The context and noise words' slots in a part of their table.
  func words(ofPart part: Int) -> [UnsafeBufferPointer<PlacedSlot>] {
    pieces[..<pieceCount].map { $0.words[part] }
  }

  /// Groups the examples whose centre word's row is in a part of the table by that row.
  func groupCenters(ofPart part: Int) -> WordIndex {
    centerIndices[part].group(pieces[..<pieceCount].map { $0.centers[part] })
    return centerIndices[part]
  }

  /// The groups that `groupCenters` made.
  func centerIndex(ofPart part: Int) -> WordIndex { centerIndices[part] }
}
