/// One minibatch laid out for the fused engine: its slots and centres by part of their tables.
///
/// It is laid out by pieces of 64 examples, by several threads at once. Where examples share their
/// noise words, a shared list's word is one slot, a draw, and not one of each example.
final class StepPlan: @unchecked Sendable {
  /// Into how many parts the context words' table is cut, and into how many the centre words'.
  static let (wordParts, centerParts) = (CenterSums.parts, 16)
  /// Into how many parts the context words' table is cut where noise words are shared.
  static let sharedWordParts = 32
  static let examplesPerPiece = 64

  private final class Piece {
    var batch = MiniBatch()
    let words: SlotLists
    let centers: SlotLists
    let draws: SlotLists
    let members = GrowingBuffer<SharedPiece.Member>(capacity: examplesPerPiece)
    let visits = GrowingBuffer<Int32>()
    /// How many context words and draws it has.
    var counts = (contexts: 0, draws: 0)

    init(_ order: RowOrder, isShared: Bool) {
      let parts = isShared ? StepPlan.sharedWordParts : StepPlan.wordParts
      words = SlotLists(order, parts: parts)
      draws = SlotLists(order, parts: parts)
      centers = SlotLists(order, parts: StepPlan.centerParts)
    }
  }

  /// A piece whose examples share noise words.
  struct SharedPiece {
    /// The examples, group after group, in each by falling number of noise words.
    let members: UnsafePointer<Member>
    /// The number of examples.
    let count: Int
    /// The rows of each group in turn: of its draws, then of its members' context words.
    let visits: UnsafePointer<Int32>
    /// How many context words come in the pieces before, and how many draws.
    let contextsBefore: Int, drawsBefore: Int

    /// An example, as counted in the minibatch, with its numbers of words.
    struct Member: BitwiseCopyable {
      let example: Int
      let contexts: Int
      /// The first so many draws of its group are its noise words.
      let draws: Int
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
  /// How many context words and draws come before each piece, and in all.
  private var contextsBefore: [Int32] = [], drawsBefore: [Int32] = []
  private let layout: RowLayout
  /// The centre words by part.
  private let centerIndices: [WordIndex]

  /// B: the number of examples.
  private(set) var exampleCount = 0
  /// One by the number of slots of each example, shape (B).
  let scales = GrowingBuffer<Float>()
  /// The centre words' vectors as the step finds them, by example, shape (B, `lanes`); where noise
  /// words are shared, the draws' gradients follow.
  let centerVectors = GrowingBuffer<Lanes>()
  /// By context word, then by draw: the row's gradient is the sum of these times those vectors.
  let coefficients = GrowingBuffer<Float>()
  let sources = GrowingBuffer<Int32>()

  /// Creates an empty plan for tables of a layout.
  init(core: any FusedCore, layout: RowLayout) {
    (self.core, self.layout) = (core, layout)
    centerIndices = (0..<Self.centerParts).map {
      WordIndex(rows: layout.order.rows(ofPart: $0, parts: Self.centerParts))
    }
  }

  /// Takes a minibatch, which is still to be made and laid out.
  func begin(
    _ outline: BatchOutline, fill: @escaping @Sendable (Range<Int>, inout MiniBatch) -> Void
  ) {
    if (sharing > 1) != (outline.noiseSharing > 1) { pieces = [] }
    (exampleCount, sharing) = (outline.count, outline.noiseSharing)
    (self.fill, readyAtStep) = (fill, nil)
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
    if sharing > 1 { return layOutShared(piece, first: first) }
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

  /// Lays out a piece whose examples share noise words.
  private func layOutShared(_ piece: Piece, first: Int) {
    let (batch, words, draws, centers) = (piece.batch, piece.words, piece.draws, piece.centers)
    let (members, drawCount) = sortMembers(of: piece, first: first)
    let contextCount = batch.contextCounts.reduce(0) { $0 + Int($1) }
    words.removeAll(capacity: contextCount)
    draws.removeAll(capacity: drawCount)
    centers.removeAll(capacity: batch.count)
    piece.visits.resize(to: contextCount + drawCount + ExampleVisits.lookAhead)
    let (visits, scales, order, sharing) = (
      piece.visits.pointer, scales.pointer, layout.order, sharing
    )
    batch.slots.withUnsafeBufferPointer { slots in
      batch.centers.withUnsafeBufferPointer { center in
        var (context, draw) = (0, 0)
        func visit(_ place: Int) {
          visits[context + draw] = Int32(truncatingIfNeeded: order.row(of: Int(slots[place])))
        }
        for place in 0..<batch.count {
          let i = members[place].example - first
          let (range, noise) = (batch.slotRange(of: i), batch.noiseRange(of: i))
          // The first member of a group has the longest list, which is the group's.
          for place in place % sharing == 0 ? noise : 0..<0 {
            visit(place)
            draws.append(.init(rebasing: slots[place...place]), example: draw, areContexts: false)
            draw += 1
          }
          for place in range.lowerBound..<noise.lowerBound {
            visit(place)
            words.append(.init(rebasing: slots[place...place]), example: context, areContexts: true)
            context += 1
          }
          centers.append(.init(rebasing: center[i...i]), example: first + i, areContexts: false)
          scales[first + i] = 1 / Float(range.count)
        }
      }
    }
    for beyond in 0..<ExampleVisits.lookAhead { visits[contextCount + drawCount + beyond] = 0 }
    piece.counts = (contextCount, drawCount)
  }

  /// Lists a piece's examples by group, in each by falling number of noise words, in their own order
  /// where that is the same; counts the groups' draws.
  private func sortMembers(
    of piece: Piece, first: Int
  ) -> (members: UnsafePointer<SharedPiece.Member>, drawCount: Int) {
    let batch = piece.batch
    piece.members.resize(to: batch.count)
    let members = piece.members.pointer
    var drawCount = 0
    for begin in stride(from: 0, to: batch.count, by: sharing) {
      for i in begin..<min(begin + sharing, batch.count) {
        let draws = batch.noiseRange(of: i).count
        var place = i
        while place > begin, members[place - 1].draws < draws {
          members[place] = members[place - 1]
          place -= 1
        }
        members[place] = .init(
          example: first + i, contexts: Int(batch.contextCounts[i]), draws: draws)
      }
      drawCount += members[begin].draws
    }
    return (UnsafePointer(members), drawCount)
  }

  /// Ends the layout of a minibatch whose examples share noise words: all pieces are laid out.
  func endLayout() {
    guard sharing > 1 else { return }
    (contextsBefore, drawsBefore) = ([0], [0])
    for (number, piece) in pieces[..<pieceCount].enumerated() {
      contextsBefore.append(contextsBefore[number] + Int32(piece.counts.contexts))
      drawsBefore.append(drawsBefore[number] + Int32(piece.counts.draws))
    }
    let (contexts, draws) = (Int(contextsBefore[pieceCount]), Int(drawsBefore[pieceCount]))
    centerVectors.resize(to: (exampleCount + draws) * layout.lanes)
    coefficients.resize(to: contexts + draws)
    sources.resize(to: contexts + draws)
    let (coefficients, sources) = (coefficients.pointer + contexts, sources.pointer + contexts)
    let first = Int32(truncatingIfNeeded: exampleCount)
    for draw in 0..<draws {
      coefficients[draw] = 1
      sources[draw] = first &+ Int32(truncatingIfNeeded: draw)
    }
  }

  /// A piece of a minibatch whose examples share noise words.
  func sharedPiece(_ number: Int) -> SharedPiece {
    let piece = pieces[number]
    return SharedPiece(
      members: piece.members.pointer, count: piece.members.count, visits: piece.visits.pointer,
      contextsBefore: Int(contextsBefore[number]), drawsBefore: Int(drawsBefore[number]))
  }

  /// Groups the context words and draws in a part of their table by row: notes are places in
  /// `coefficients` and `sources`.
  func groupShared(part: Int, by index: WordIndex) {
    let pieces = pieces[..<pieceCount]
    let contexts = contextsBefore[pieceCount]
    index.group(
      pieces.map { $0.words[part] } + pieces.map { $0.draws[part] },
      offsets: contextsBefore.dropLast() + drawsBefore.dropLast().map { contexts + $0 })
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
