import CSIMD

/// The first half of a step whose examples share noise words: scores, losses, and the gradients by
/// the examples' centre vectors and by the draws.
///
/// A piece of the work has some examples. The rows of a group's draws and of an example's context
/// words are copied, as they are before the step, so that all that an example needs lies side by side
/// in the cache, and no thread writes what another one reads; a draw's copy serves its whole group.
///
/// - Source: Rengasamy et al. 2017, "Optimizing Word2vec performance on multicore systems", for
///   noise words that several windows share.
struct ExamplePass<Rows: RowTable>: Sendable {
  private let table: Rows
  private let slotWeight: SlotWeight

  /// Takes the context words' table, and how much a slot counts in the gradient.
  init(_ table: Rows, _ slotWeight: SlotWeight) {
    (self.table, self.slotWeight) = (table, slotWeight)
  }

  /// Does a piece of a step.
  ///
  /// - Parameters:
  ///   - number: The piece.
  ///   - plan: The minibatch.
  ///   - before: The clock at the step before.
  ///   - sums: Where the gradients by the centre vectors and the losses go.
  func run(piece number: Int, of plan: StepPlan, before: Rows.Present, into sums: CenterSums) {
    let (piece, lanes) = (plan.sharedPiece(number), table.layout.lanes)
    var (contexts, draws) = (0, 0)
    for place in 0..<piece.count {
      contexts = max(contexts, piece.members[place].contexts)
      draws = max(draws, piece.members[place].draws)
    }
    let slots = (contexts + draws + 15) / 16 * 16
    let rowLanes = (contexts + draws) * lanes
    withUnsafeTemporaryAllocation(
      of: Lanes.self,
      capacity: rowLanes + slots / 2 + slots / 8 + ((draws + 1) * plan.sharing + 15) / 16
    ) { room in
      guard let rows = room.baseAddress else { return }
      let products = UnsafeMutableRawPointer(rows + rowLanes).assumingMemoryBound(
        to: HalfLanes.self)
      let derivatives = UnsafeMutableRawPointer(products + slots).assumingMemoryBound(
        to: Float.self)
      var work = ExampleWork(
        table: table, dimension: table.layout.dimension, lanes: lanes,
        countsFully: slotWeight == .full, before: before,
        centers: plan.centerVectors.pointer, scales: UnsafePointer(plan.scales.pointer),
        gradients: sums.all, drawRows: rows + contexts * lanes, products: products,
        derivatives: derivatives, drawDerivatives: derivatives + 2 * slots,
        places: UnsafeMutableRawPointer(derivatives + slots).assumingMemoryBound(to: Int32.self),
        examples: UnsafeMutableRawPointer(derivatives + 2 * slots + plan.sharing * draws)
          .assumingMemoryBound(to: Int32.self),
        drawGradients: plan.centerVectors.pointer
          + (plan.exampleCount + piece.drawsBefore) * lanes,
        coefficients: plan.coefficients.pointer + piece.contextsBefore,
        sources: plan.sources.pointer + piece.contextsBefore, visits: piece.visits)
      for place in 0..<slots { work.places[place] = Int32(truncatingIfNeeded: place) }
      var loss = 0.0
      for begin in stride(from: 0, to: piece.count, by: plan.sharing) {
        loss += work.run(piece.members + begin, count: min(plan.sharing, piece.count - begin))
      }
      sums.setLoss(loss, part: number)
    }
  }
}

/// How an `ExamplePass` goes through the rows that it reads.
enum ExampleVisits {
  /// How many rows ahead their memory is prefetched.
  static let lookAhead = 8
}

/// The loops of a piece of an `ExamplePass`; only plain pointers, as in a `WordPass`.
private struct ExampleWork<Rows: RowTable> {
  let table: Rows
  let dimension: Int
  /// The padded length of a vector.
  let lanes: Int
  /// Whether a slot counts fully in the gradient, or as its example's share.
  let countsFully: Bool
  let before: Rows.Present
  /// The centre vectors, one by the number of slots, and the gradients, all by example.
  let centers: UnsafePointer<Lanes>
  let scales: UnsafePointer<Float>
  let gradients: UnsafeMutablePointer<Lanes>
  /// Room for the rows of a group's draws, and before them for those of an example's context words.
  let drawRows: UnsafeMutablePointer<Lanes>
  /// Room for an example's products, folded, and its derivatives, a multiple of sixteen.
  let products: UnsafeMutablePointer<HalfLanes>
  let derivatives: UnsafeMutablePointer<Float>
  /// Room for the derivatives of a group, shape (draws, members).
  let drawDerivatives: UnsafeMutablePointer<Float>
  /// 0, 1, 2, …, as many as an example has slots.
  let places: UnsafeMutablePointer<Int32>
  /// Room for the examples of a group.
  let examples: UnsafeMutablePointer<Int32>
  /// The gradients by the draws from here on.
  var drawGradients: UnsafeMutablePointer<Lanes>
  /// What the context words from here on add to their rows: so much of which centre vector.
  var coefficients: UnsafeMutablePointer<Float>
  var sources: UnsafeMutablePointer<Int32>
  /// The rows to visit from here on.
  var visits: UnsafePointer<Int32>

  /// Does a group; returns the sum of its losses.
  mutating func run(_ members: UnsafePointer<StepPlan.SharedPiece.Member>, count: Int) -> Double {
    let draws = members[0].draws
    copyRows(draws, to: drawRows)
    var loss = 0.0
    for place in 0..<count {
      examples[place] = Int32(truncatingIfNeeded: members[place].example)
      loss += score(members[place], place, of: count)
    }
    var sharing = count
    for draw in 0..<draws {
      while members[sharing - 1].draws <= draw { sharing -= 1 }
      FusedKernels.weightedSum(
        drawDerivatives + draw &* count, at: examples, count: sharing, of: centers,
        dimension: dimension, into: drawGradients)
      drawGradients += lanes
    }
    return loss
  }

  /// Scores a member of a group, and takes the gradient by its centre vector; returns its loss.
  @inline(__always)
  private mutating func score(
    _ member: StepPlan.SharedPiece.Member, _ place: Int, of members: Int
  ) -> Double {
    let (example, contexts, lanes) = (member.example, member.contexts, lanes)
    let (slots, scale) = (contexts &+ member.draws, scales[example])
    copyRows(contexts, to: drawRows - contexts &* lanes)
    let rows = UnsafePointer(drawRows - contexts &* lanes)
    FusedKernels.products(
      centers + example &* lanes, rows: rows, count: slots, dimension: dimension, into: products)
    let loss = takeLoss(slots: slots, contexts: contexts, scale)
    FusedKernels.weightedSum(
      derivatives, at: places, count: slots, of: rows, dimension: dimension,
      into: gradients + example &* lanes)
    for context in 0..<contexts {
      coefficients[context] = derivatives[context]
      sources[context] = Int32(truncatingIfNeeded: example)
    }
    coefficients += contexts
    sources += contexts
    for draw in 0..<member.draws {
      drawDerivatives[draw &* members &+ place] = derivatives[contexts &+ draw]
    }
    return loss
  }

  /// Turns the products of an example's slots into derivatives; returns its loss.
  @inline(__always)
  private func takeLoss(slots: Int, contexts: Int, _ scale: Float) -> Double {
    let end = (slots + 15) / 16 * 16
    for slot in slots..<end { products[slot] = .zero }
    let places = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    var sum = Lanes.zero
    for first in stride(from: 0, to: end, by: 16) {
      let scores = FusedKernels.scores(products + first)
      let place = places &+ Int32(truncatingIfNeeded: first)
      let labels = simd_below(place, Int32(truncatingIfNeeded: contexts))
      let counted = simd_below(place, Int32(truncatingIfNeeded: slots)) * scale
      let result = FusedKernels.loss(scores, labels: labels)
      sum += result.loss * counted
      (countsFully ? result.derivatives : result.derivatives * scale).store(derivatives + first)
    }
    return Double(VectorMath.sum(sum))
  }

  /// Copies the next rows to visit.
  @inline(__always)
  private mutating func copyRows(_ count: Int, to copy: UnsafeMutablePointer<Lanes>) {
    for i in 0..<count {
      table.prefetchToCopy(Int(visits[i &+ ExampleVisits.lookAhead]))
      table.copyWeights(Int(visits[i]), at: before, to: copy + i &* lanes)
    }
    visits += count
  }
}
