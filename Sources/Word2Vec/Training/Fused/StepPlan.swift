/// One minibatch laid out for the fused engine: its slots and centres by part of their tables.
///
/// It is laid out by pieces of 64 examples, by several threads at once; where examples share their
/// noise words, by `GroupLayout`.
final class StepPlan: @unchecked Sendable {
  /// Into how many parts the context words' table is cut, and into how many the centre words'.
  ///
  /// More of the former would let more threads than four share a `WordPass`, and each costs writing
  /// and reading B vectors a step.
  static let (wordParts, centerParts) = (4, 16)
  /// Into how many parts the context words' table is cut where noise words are shared.
  static let sharedWordParts = 32
  /// No group of examples that share their noise words is cut by it.
  static let examplesPerPiece = BatchOutline.noiseSharings.reduce(1, max)

  private final class Piece {
    var batch = MiniBatch()
    /// The context and noise words' slots; where noise words are shared, the groups' rows.
    let words: SlotLists
    let centers: SlotLists
    let groups = GroupLayout()

    init(_ order: RowOrder, isShared: Bool) {
      words = SlotLists(order, parts: isShared ? StepPlan.sharedWordParts : StepPlan.wordParts)
      centers = SlotLists(order, parts: StepPlan.centerParts)
    }
  }

  /// The core whose plan it is.
  private(set) weak var core: (any FusedCore)?
  /// The step up to which it is ready for the next one; nil before it is laid out.
  var readyAtStep: Int?
  private var fill: (@Sendable (Range<Int>, inout MiniBatch) -> Void)?
  private var pieces: [Piece] = []
  /// How many examples in a row share a list of noise words; 1 where each has its own.
  private(set) var sharing = 1
  /// How many rows of groups come before each piece, and in all.
  private var groupRowsBefore: [Int32] = []
  private let layout: RowLayout
  /// The centre words by part, and the groups' rows.
  private let centerIndices: [WordIndex]
  private var rowIndices: [WordIndex] = []

  /// B: the number of examples.
  private(set) var exampleCount = 0
  /// One by the number of slots of each example, shape (B).
  let scales = GrowingBuffer<Float>()
  /// The centre words' vectors as the step finds them, by example, shape (B, `lanes`).
  let centerVectors = GrowingBuffer<Lanes>()

  /// Creates an empty plan for tables of a layout.
  init(core: any FusedCore, layout: RowLayout) {
    (self.core, self.layout) = (core, layout)
    centerIndices = WordIndex.ofParts(Self.centerParts, layout.order)
  }

  /// Takes a minibatch, which is still to be made and laid out.
  func begin(
    _ outline: BatchOutline, fill: @escaping @Sendable (Range<Int>, inout MiniBatch) -> Void
  ) {
    if (sharing > 1) != (outline.noiseSharing > 1) { pieces = [] }
    (exampleCount, sharing) = (outline.count, outline.noiseSharing)
    (self.fill, readyAtStep) = (fill, nil)
    if sharing > 1, rowIndices.isEmpty {
      rowIndices = WordIndex.ofParts(Self.sharedWordParts, layout.order)
    }
    while pieces.count < pieceCount { pieces.append(Piece(layout.order, isShared: sharing > 1)) }
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
    centers.removeAll(capacity: batch.count)
    for i in 0..<batch.count {
      centers.append(batch.centers[i], SlotNote(example: first + i, isContext: false))
      scales[first + i] = 1 / Float(batch.offsets[i + 1] - batch.offsets[i])
    }
    guard sharing == 1 else {
      piece.groups.layOut(batch, first: first, sharing: sharing, order: layout.order, into: words)
      return
    }
    words.removeAll(capacity: batch.slots.count)
    batch.slots.withUnsafeBufferPointer { slots in
      for i in 0..<batch.count {
        let (start, end) = (Int(batch.offsets[i]), Int(batch.offsets[i + 1]))
        let (noise, example) = (start + Int(batch.contextCounts[i]), first + i)
        words.append(.init(rebasing: slots[start..<noise]), example: example, areContexts: true)
        words.append(.init(rebasing: slots[noise..<end]), example: example, areContexts: false)
      }
    }
  }

  /// Ends the layout of a minibatch: all pieces are laid out.
  func endLayout() {
    guard sharing > 1 else { return }
    groupRowsBefore = [0]
    for piece in pieces[..<pieceCount] {
      groupRowsBefore.append(
        (groupRowsBefore.last ?? 0) + Int32(truncatingIfNeeded: piece.groups.rowCount))
    }
  }

  /// The groups of a piece whose examples share noise words.
  func groups(ofPiece number: Int) -> GroupLayout { pieces[number].groups }

  /// The number of the groups' rows.
  var groupRowCount: Int { groupRows(before: pieceCount) }

  /// The number of the groups' rows in the pieces before one.
  func groupRows(before piece: Int) -> Int { Int(groupRowsBefore[piece]) }

  /// Fills the index of the groups' rows in a part of their table.
  func indexRows(ofPart part: Int) -> WordIndex {
    rowIndices[part].fill(
      with: pieces[..<pieceCount].map { $0.words[part] }, offsets: groupRowsBefore)
    return rowIndices[part]
  }

  /// The context and noise words' slots in a part of their table.
  func words(ofPart part: Int) -> [UnsafeBufferPointer<PlacedSlot>] {
    pieces[..<pieceCount].map { $0.words[part] }
  }

  /// Fills the index of the centre words in a part of their table.
  func indexCenters(ofPart part: Int) -> WordIndex {
    centerIndices[part].fill(with: pieces[..<pieceCount].map { $0.centers[part] })
    return centerIndices[part]
  }

  /// The index that `indexCenters` filled.
  func centerIndex(ofPart part: Int) -> WordIndex { centerIndices[part] }
}
