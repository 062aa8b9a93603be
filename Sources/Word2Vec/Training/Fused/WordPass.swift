import CSIMD

/// The first half of a step: scores, losses and gradients, and the context and noise words' rows.
///
/// A part of the work has one part of the table. For each word that the minibatch has there: its row
/// is brought up to date, its slots are scored, their losses and derivatives taken; then its gradient
/// is summed and its row moved at once, so that a row is read from memory once a step. What a slot
/// adds to the gradient of its centre word goes to a sum of the part's own (`GradientSums`): no two
/// threads add to one number.
final class WordPass<Rows: RowTable>: @unchecked Sendable {
  /// Into how many parts the table is cut, whatever the number of threads; a power of two up to 64.
  static var parts: Int { StepPlan.wordParts }

  private let table: Rows
  private let slotWeight: SlotWeight
  private let indices: [WordIndex]

  /// Takes the context words' table, and how much a slot counts in the gradient.
  init(_ table: Rows, _ slotWeight: SlotWeight) {
    (self.table, self.slotWeight) = (table, slotWeight)
    indices = WordIndex.ofParts(Self.parts, table.layout.order)
  }

  /// Does a part of a step.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - plan: The minibatch.
  ///   - before: The clock at the step before.
  ///   - now: The clock at this step.
  ///   - centers: Where the gradients by the examples' centre vectors go.
  /// - Returns: The sum of the part's losses.
  func run(
    part: Int, of plan: StepPlan, before: Rows.Present, now: Rows.Present,
    into centers: GradientSums
  ) -> Double {
    let index = indices[part]
    index.fill(with: plan.words(ofPart: part))
    let work = WordWork(
      table: table, dimension: table.layout.dimension, lanes: table.layout.lanes,
      countsFully: slotWeight == .full,
      words: index.entries, largestWord: index.largest,
      vectors: UnsafePointer(plan.centerVectors.pointer),
      scales: UnsafePointer(plan.scales.pointer), gradients: centers.clear(part: part),
      before: before, now: now)
    return work.run()
  }
}

/// The loops of a part of a `WordPass`.
///
/// Only plain pointers here: a reference or an array touched in these loops would be counted
/// atomically, at a third of the time.
private struct WordWork<Rows: RowTable> {
  /// How many slots are scored together, unless one word has more.
  private static var tileSlots: Int { 16 }
  /// How many words ahead the memory of rows is prefetched.
  private static var lookAhead: Int { 8 }

  let table: Rows
  let dimension: Int
  /// The padded length of a vector.
  let lanes: Int
  /// Whether a slot counts fully in the gradient, or as its example's share.
  let countsFully: Bool
  /// The words, with notes on their slots.
  let words: WordIndex.Entries
  /// The most slots that a word has.
  let largestWord: Int
  /// The centre vectors, by example.
  let vectors: UnsafePointer<Lanes>
  /// One by the number of slots, by example.
  let scales: UnsafePointer<Float>
  /// The part's sums of the gradients by the centre vectors, by example.
  let gradients: UnsafeMutablePointer<Lanes>
  let before: Rows.Present
  let now: Rows.Present

  /// Room for the slots that are scored together, a multiple of sixteen.
  private struct Tile {
    /// The products of the slots' vectors, folded to eight lanes.
    let products: UnsafeMutablePointer<HalfLanes>
    /// One by the number of slots of each slot's example.
    let scales: UnsafeMutablePointer<Float>
    /// The derivatives by the slots' scores.
    let derivatives: UnsafeMutablePointer<Float>

    /// The room for some slots, in `HalfLanes`.
    static func size(slots: Int) -> Int { slots + slots / 4 }

    init(_ room: UnsafeMutablePointer<HalfLanes>, slots: Int) {
      products = room
      scales = UnsafeMutableRawPointer(room + slots).assumingMemoryBound(to: Float.self)
      derivatives = scales + slots
    }
  }

  /// Does all words, a tile after the other; returns the sum of their losses.
  func run() -> Double {
    let capacity = (max(Self.tileSlots, largestWord) + 15) / 16 * 16
    return withUnsafeTemporaryAllocation(
      of: HalfLanes.self, capacity: Tile.size(slots: capacity)
    ) { room in
      guard let room = room.baseAddress else { return 0 }
      let tile = Tile(room, slots: capacity)
      var (loss, first) = (0.0, 0)
      while first < words.count {
        var (end, slots) = (first + 1, words.count(first))
        while end < words.count, slots + words.count(end) <= Self.tileSlots {
          slots += words.count(end)
          end += 1
        }
        score(first..<end, tile)
        loss += takeLoss(words.notes(first), slots: slots, tile)
        move(first..<end, tile)
        first = end
      }
      return loss
    }
  }

  /// Brings the rows of some words up to date and takes the products with their centre vectors.
  @inline(__always)
  private func score(_ some: Range<Int>, _ tile: Tile) {
    var products = tile.products
    for word in some {
      table.prefetchWeights(words.row(word &+ Self.lookAhead))
      let (row, notes, count) = (words.row(word), words.notes(word), words.count(word))
      table.catchUp(row, to: before)
      FusedKernels.products(
        table.weights(row), of: notes, count: count, vectors: vectors, gradients: gradients,
        dimension: dimension, into: products)
      products += count
    }
  }

  /// Turns the products of slots with these notes into derivatives; returns the sum of the losses.
  @inline(__always)
  private func takeLoss(
    _ notes: UnsafePointer<SlotNote>, slots: Int, _ tile: Tile
  ) -> Double {
    for slot in 0..<slots { tile.scales[slot] = scales[notes[slot].example] }
    let end = (slots + 15) / 16 * 16
    for slot in slots..<end { (tile.products[slot], tile.scales[slot]) = (.zero, 0) }
    var sum = Lanes.zero
    for first in stride(from: 0, to: end, by: 16) {
      let scores = FusedKernels.scores(tile.products + first)
      let scale = Lanes(tile.scales + first)
      let result = FusedKernels.loss(scores, labels: SlotNote.labels(notes + first))
      sum += result.loss * scale
      let derivatives = countsFully ? result.derivatives : result.derivatives * scale
      derivatives.store(tile.derivatives + first)
    }
    return Double(VectorMath.sum(sum))
  }

  /// Adds the gradients of some words to those of their centre vectors, and moves their own rows.
  @inline(__always)
  private func move(_ some: Range<Int>, _ tile: Tile) {
    var derivatives = UnsafePointer(tile.derivatives)
    for word in some {
      table.prefetchState(words.row(word &+ Self.lookAhead))
      let (row, notes, count) = (words.row(word), words.notes(word), words.count(word))
      FusedKernels.add(table.weights(row), count: count, dimension: dimension) {
        (derivatives[$0], gradients + notes[$0].example &* lanes)
      }
      var update = table.update(row, at: now)
      FusedKernels.weightedSum(count: count, dimension: dimension) {
        (derivatives[$0], vectors + notes[$0].example &* lanes)
      } take: {
        update.move($0, by: $1)
      }
      update.end()
      derivatives += count
    }
  }
}
