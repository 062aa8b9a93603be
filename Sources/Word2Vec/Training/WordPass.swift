import CSIMD

/// The first half of a step: scores, losses and gradients, and the context and noise words' rows.
///
/// A part of the work has one part of the table. For each word that the minibatch has there: its row
/// is brought up to date, its slots are scored, their losses and derivatives taken; then its gradient
/// is summed and its row moved at once, so that a row is read from memory once a step. What a slot
/// adds to the gradient of its centre word goes to a sum of the part's own (`CenterSums`): no two
/// threads add to one number.
final class WordPass: @unchecked Sendable {
  /// Into how many parts the table is cut, whatever the number of threads; a power of two up to 64.
  static let parts = CenterSums.parts

  private let table: LazyAdamTable
  private let indices: [WordIndex]

  /// Creates what the steps on the context words' table share.
  init(_ table: LazyAdamTable) {
    self.table = table
    indices = (0..<Self.parts).map {
      WordIndex(rows: table.order.rows(ofPart: $0, parts: Self.parts))
    }
  }

  /// Does a part of a step.
  ///
  /// - Parameters:
  ///   - plan: The minibatch.
  ///   - before: The schedule up to the step before.
  ///   - now: The schedule with this step.
  ///   - sums: Where the gradients by the centre vectors and the losses go.
  func run(
    part: Int, of plan: StepPlan, before: LazyAdamSchedule.Present, now: LazyAdamSchedule.Present,
    into sums: CenterSums
  ) {
    let index = indices[part]
    index.group(plan.words(ofPart: part))
    let work = WordWork(
      table: table, octets: table.octets, words: index.groups, largestWord: index.largest,
      vectors: UnsafePointer(plan.centerVectors.pointer),
      scales: UnsafePointer(plan.scales.pointer), gradients: sums.clear(part: part),
      before: before, now: now)
    sums.setLoss(work.run(), part: part)
  }
}

/// The loops of a part of a `WordPass`.
///
/// Only plain pointers here: a reference or an array touched in these loops would be counted
/// atomically, at a third of the time.
private struct WordWork {
  /// How many slots are scored together, unless one word has more.
  private static let tileSlots = 16
  /// How many words ahead the memory of rows is asked for.
  private static let lookAhead = 8
  /// How many slots ahead the memory of centre vectors and their gradients is asked for.
  private static let slotsAhead = 6

  let table: LazyAdamTable
  let octets: Int
  /// The words, with notes on their slots.
  let words: WordIndex.Groups
  /// The most slots that a word has.
  let largestWord: Int
  /// The centre vectors, by example.
  let vectors: UnsafePointer<Octet>
  /// One by the number of slots, by example.
  let scales: UnsafePointer<Float>
  /// The part's sums of the gradients by the centre vectors, by example.
  let gradients: UnsafeMutablePointer<Octet>
  let before: LazyAdamSchedule.Present
  let now: LazyAdamSchedule.Present

  /// Room for the slots that are scored together.
  private struct Tile {
    /// The products of the slots' vectors, an octet a slot.
    let products: UnsafeMutablePointer<Octet>
    /// One by the number of slots of each slot's example.
    let scales: UnsafeMutablePointer<Float>
    /// The derivatives by the slots' scores.
    let derivatives: UnsafeMutablePointer<Float>

    /// The room for `units` × 16 slots.
    static func size(units: Int) -> Int { 20 * units }

    init(_ room: UnsafeMutablePointer<Octet>, units: Int) {
      products = room
      scales = UnsafeMutableRawPointer(room + 16 * units).assumingMemoryBound(to: Float.self)
      derivatives = scales + 16 * units
    }
  }

  /// Does all words, a tile after the other; returns the sum of their losses.
  func run() -> Double {
    let units = (max(Self.tileSlots, largestWord) + 15) / 16
    return withUnsafeTemporaryAllocation(of: Octet.self, capacity: Tile.size(units: units)) {
      room in
      guard let room = room.baseAddress else { return 0 }
      let tile = Tile(room, units: units)
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
  private func score(_ group: Range<Int>, _ tile: Tile) {
    var products = tile.products
    for word in group {
      table.prefetchWeights(words.row(word &+ Self.lookAhead))
      let (row, notes, count) = (words.row(word), words.notes(word), words.count(word))
      table.catchUp(row, to: before)
      FusedKernels.products(table.weights(row), count: count, octets: octets, into: products) {
        let ahead = notes[$0 &+ Self.slotsAhead].example &* octets
        for line in 0..<2 {
          simd_prefetch(vectors + (ahead &+ 2 &* line))
          simd_prefetch(gradients + (ahead &+ 2 &* line))
        }
        return vectors + notes[$0].example &* octets
      }
      products += count
    }
  }

  /// Turns the products of slots with these notes into derivatives; returns the sum of the losses.
  @inline(__always)
  private func takeLoss(
    _ notes: UnsafePointer<SlotNote>, slots: Int, _ tile: Tile
  ) -> Double {
    for slot in 0..<slots { tile.scales[slot] = scales[notes[slot].example] }
    let units = (slots + 15) / 16
    for slot in slots..<16 * units { (tile.products[slot], tile.scales[slot]) = (.zero, 0) }
    var sum = Lanes.zero
    for unit in 0..<units {
      let scores = FusedKernels.scores(tile.products + 16 * unit)
      let result = FusedKernels.loss(
        scores, labels: SlotNote.labels(notes + 16 * unit), scale: Lanes(tile.scales + 16 * unit))
      sum += result.loss
      result.derivatives.store(tile.derivatives + 16 * unit)
    }
    return Double(VectorMath.sum(sum))
  }

  /// Adds the gradients of some words to those of their centre vectors, and moves their own rows.
  @inline(__always)
  private func move(_ group: Range<Int>, _ tile: Tile) {
    var derivatives = UnsafePointer(tile.derivatives)
    for word in group {
      table.prefetchMoments(words.row(word &+ Self.lookAhead))
      let (row, notes, count) = (words.row(word), words.notes(word), words.count(word))
      FusedKernels.add(table.weights(row), count: count, octets: octets) {
        (derivatives[$0], gradients + notes[$0].example &* octets)
      }
      var step = LazyAdamTable.Step(row, of: table, at: now)
      FusedKernels.weightedSum(count: count, octets: octets) {
        (derivatives[$0], vectors + notes[$0].example &* octets)
      } take: {
        step.move($0, by: $1)
      }
      step.end()
      derivatives += count
    }
  }
}
