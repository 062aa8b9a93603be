import CSIMD

/// The first half of a step whose examples share noise words: scores, losses, and the gradients by
/// the examples' centre vectors and by the rows of each group.
///
/// A piece of the work has some groups. A group's rows are copied, as they are before the step, so
/// that all that its examples need lies side by side in the cache, and no thread writes what another
/// one reads.
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
  ///   - centers: Where the gradients by the examples' centre vectors go.
  ///   - rows: Where the gradients by the groups' rows go.
  /// - Returns: The sum of the piece's losses.
  func run(
    piece number: Int, of plan: StepPlan, before: Rows.Present, centers: GradientSums,
    rows: GradientSums
  ) -> Double {
    let (layout, lanes) = (plan.groups(ofPiece: number), table.layout.lanes)
    let slots = (layout.mostSlots + 15) / 16 * 16
    let sharing = plan.sharing
    let numbers =
      slots + layout.mostRows * sharing + layout.mostContextSlots + layout.mostSlots + sharing
    return withUnsafeTemporaryAllocation(
      of: Lanes.self, capacity: layout.mostRows * lanes + slots / 2 + (numbers + 15) / 16
    ) { room in
      guard let copies = room.baseAddress else { return 0 }
      let products = UnsafeMutableRawPointer(copies + layout.mostRows * lanes)
        .assumingMemoryBound(to: HalfLanes.self)
      let derivatives = UnsafeMutableRawPointer(products + slots)
        .assumingMemoryBound(to: Float.self)
      let drawDerivatives = derivatives + slots
      let contextDerivatives = drawDerivatives + layout.mostRows * sharing
      let ramp = UnsafeMutableRawPointer(contextDerivatives + layout.mostContextSlots)
        .assumingMemoryBound(to: Int32.self)
      var work = ExampleWork(
        table: table, dimension: table.layout.dimension, lanes: lanes,
        countsFully: slotWeight == .full, before: before,
        vectors: UnsafePointer(plan.centerVectors.pointer),
        scales: UnsafePointer(plan.scales.pointer), centerGradients: centers.from(0),
        copies: copies, products: products, derivatives: derivatives,
        drawDerivatives: drawDerivatives, contextDerivatives: contextDerivatives,
        places: ramp, examples: ramp + layout.mostSlots,
        rowGradients: rows.from(plan.groupRows(before: number)), members: layout.members.pointer,
        rows: layout.rows.pointer, slotRows: layout.slotRows.pointer,
        slotPlaces: layout.slotPlaces.pointer, slotExamples: layout.examples.pointer,
        counts: layout.counts.pointer)
      return layout.groups.elements.reduce(0) { $0 + work.run($1) }
    }
  }
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
  let vectors: UnsafePointer<Lanes>
  let scales: UnsafePointer<Float>
  let centerGradients: UnsafeMutablePointer<Lanes>
  /// Room for a group's rows.
  let copies: UnsafeMutablePointer<Lanes>
  /// Room for an example's products, folded, and its derivatives, a multiple of sixteen.
  let products: UnsafeMutablePointer<HalfLanes>
  let derivatives: UnsafeMutablePointer<Float>
  /// Room for the derivatives of a group's draws, shape (draws, members), and of its context words'
  /// slots, sorted by row.
  let drawDerivatives: UnsafeMutablePointer<Float>
  let contextDerivatives: UnsafeMutablePointer<Float>
  /// Room for the rows of an example's slots, and for a group's examples.
  let places: UnsafeMutablePointer<Int32>
  let examples: UnsafeMutablePointer<Int32>
  // What follows is a group's from here on.
  var rowGradients: UnsafeMutablePointer<Lanes>
  var members: UnsafePointer<GroupLayout.Member>
  var rows: UnsafePointer<Int32>
  var slotRows: UnsafePointer<Int32>
  var slotPlaces: UnsafePointer<Int32>
  var slotExamples: UnsafePointer<Int32>
  var counts: UnsafePointer<Int32>

  /// Does a group; returns the sum of its losses.
  mutating func run(_ group: GroupLayout.Group) -> Double {
    for row in 0..<group.rows {
      table.copyWeights(Int(rows[row]), at: before, to: copies + row &* lanes)
    }
    rows += group.rows
    var loss = 0.0
    for place in 0..<group.members { loss += score(place, of: group) }
    addUp(group)
    members += group.members
    return loss
  }

  /// Scores a member of a group, and takes the gradient by its centre vector; returns its loss.
  @inline(__always)
  private mutating func score(_ place: Int, of group: GroupLayout.Group) -> Double {
    let (example, contexts, draws) = (
      members[place].example, members[place].contexts, members[place].draws
    )
    let (slots, vector) = (contexts &+ draws, vectors + example &* lanes)
    for context in 0..<contexts { places[context] = slotRows[context] }
    for draw in 0..<draws { places[contexts &+ draw] = Int32(truncatingIfNeeded: draw) }
    FusedKernels.products(
      vector, at: places, count: slots, of: copies, dimension: dimension, into: products)
    let loss = takeLoss(slots: slots, contexts: contexts, scales[example])
    FusedKernels.weightedSum(
      derivatives, at: places, count: slots, of: copies, dimension: dimension,
      into: centerGradients + example &* lanes)
    for context in 0..<contexts {
      contextDerivatives[Int(slotPlaces[context])] = derivatives[context]
    }
    for draw in 0..<draws {
      drawDerivatives[draw &* group.members &+ place] = derivatives[contexts &+ draw]
    }
    examples[place] = Int32(truncatingIfNeeded: example)
    slotRows += contexts
    slotPlaces += contexts
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

  /// Sums the gradients by a group's rows.
  @inline(__always)
  private mutating func addUp(_ group: GroupLayout.Group) {
    var sharing = group.members
    for draw in 0..<group.draws {
      while members[sharing - 1].draws <= draw { sharing -= 1 }
      addUp(drawDerivatives + draw &* group.members, at: examples, count: sharing)
    }
    var slot = 0
    for context in 0..<group.contexts {
      addUp(contextDerivatives + slot, at: slotExamples + slot, count: Int(counts[context]))
      slot += Int(counts[context])
    }
    slotExamples += slot
    counts += group.contexts
  }

  /// Sums the gradient by a group's next row.
  @inline(__always)
  private mutating func addUp(
    _ derivatives: UnsafePointer<Float>, at examples: UnsafePointer<Int32>, count: Int
  ) {
    FusedKernels.weightedSum(
      derivatives, at: examples, count: count, of: vectors, dimension: dimension,
      into: rowGradients)
    rowGradients += lanes
  }
}
