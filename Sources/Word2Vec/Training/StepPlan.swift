/// One minibatch laid out for the fused engine: its slots and centres by part of their tables.
final class StepPlan: @unchecked Sendable {
  private static let examplesPerPiece = 64

  private final class Piece {
    var batch = FlatBatch()
    let words: SlotLists
    let centers: SlotLists

    init(_ order: RowOrder) {
      words = SlotLists(order, parts: WordPass.parts)
      centers = SlotLists(order, parts: CenterPass.parts)
    }
  }

  private var source: MiniBatch?
  private var pieces: [Piece] = []
  private let order: RowOrder
  private let octets: Int

  /// B: the number of examples.
  private(set) var exampleCount = 0
  /// One by the number of slots of each example, shape (B).
  let scales = GrowingBuffer<Float>()
  /// The centre words' vectors as the step finds them, by example, shape (B, `octets`).
  let centerVectors = GrowingBuffer<Octet>()

  /// Creates an empty plan for tables whose vectors have `octets` × 8 Floats.
  init(order: RowOrder, octets: Int) {
    self.order = order
    self.octets = octets
  }

  /// Whether this is the minibatch that was prepared last.
  func holds(_ batch: MiniBatch) -> Bool { source?.isSame(as: batch) ?? false }

  /// The number of pieces of `gather`, after `begin`.
  var gatherPieces: Int { (exampleCount + Self.examplesPerPiece - 1) / Self.examplesPerPiece }

  /// Begins to prepare a minibatch, or none: all pieces of `gather` must follow.
  func begin(_ source: MiniBatch?) {
    self.source = source
    exampleCount = source?.count ?? 0
    while pieces.count < gatherPieces { pieces.append(Piece(order)) }
    scales.resize(to: exampleCount)
    centerVectors.resize(to: exampleCount * octets)
  }

  /// Gathers a piece of the minibatch's examples; the pieces may be gathered by several threads.
  func gather(_ number: Int) {
    let first = number * Self.examplesPerPiece
    let piece = pieces[number]
    source?.gather(
      first..<min(first + Self.examplesPerPiece, exampleCount), into: &piece.batch)
    let (batch, words, centers, scales) = (piece.batch, piece.words, piece.centers, scales.pointer)
    words.removeAll(capacity: batch.slots.count)
    centers.removeAll(capacity: batch.count)
    batch.slots.withUnsafeBufferPointer { slots in
      batch.centers.withUnsafeBufferPointer { center in
        for i in 0..<batch.count {
          let (start, end) = (Int(batch.offsets[i]), Int(batch.offsets[i + 1]))
          let noise = start + Int(batch.contextCounts[i])
          let example = first + i
          words.deal(.init(rebasing: slots[start..<noise]), example: example, areContexts: true)
          words.deal(.init(rebasing: slots[noise..<end]), example: example, areContexts: false)
          centers.deal(.init(rebasing: center[i...i]), example: example, areContexts: false)
          scales[example] = 1 / Float(end - start)
        }
      }
    }
  }

  /// The context and noise words' slots in a part of their table.
  func words(ofPart part: Int) -> [UnsafeBufferPointer<Slot>] {
    pieces[..<gatherPieces].map { $0.words[part] }
  }

  /// The examples whose centre word's row is in a part of the table.
  func centers(ofPart part: Int) -> [UnsafeBufferPointer<Slot>] {
    pieces[..<gatherPieces].map { $0.centers[part] }
  }
}
