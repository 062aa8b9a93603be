/// The second half of a step: the centre words' rows are moved, and the vectors that the next
/// minibatch will need are copied.
///
/// A row that both minibatches touch is in one part of the work, and is moved before it is copied.
struct CenterPass<Rows: RowTable>: Sendable {
  /// Into how many parts the table is cut, whatever the number of threads; a power of two up to 64.
  static var parts: Int { StepPlan.centerParts }
  /// How many rows ahead their memory is prefetched.
  private static var lookAhead: Int { 4 }

  private let table: Rows
  private let moves: RowMoves<Rows>

  /// Takes the centre words' table.
  init(_ table: Rows) { (self.table, moves) = (table, RowMoves(table)) }

  /// Moves the rows of a part by a step's gradients.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - plan: The step's minibatch.
  ///   - before: The clock at the step before.
  ///   - now: The clock at this step.
  ///   - gradients: The gradients by the examples' centre vectors.
  func move(
    part: Int, of plan: StepPlan, before: Rows.Present, now: Rows.Present,
    by gradients: GradientSums
  ) {
    moves.move(plan.centerIndex(ofPart: part).entries, by: gradients, before: before, now: now)
  }

  /// Copies a part's vectors, as they are now, for the examples of a minibatch.
  func copyVectors(part: Int, of plan: StepPlan, at present: Rows.Present) {
    let (words, lanes) = (plan.indexCenters(ofPart: part).entries, table.layout.lanes)
    let vectors = plan.centerVectors.pointer
    for word in 0..<words.count {
      table.prefetchToCopy(words.row(word + Self.lookAhead))
      let notes = words.notes(word)
      let vector = vectors + notes[0].example * lanes
      table.copyWeights(words.row(word), at: present, to: vector)
      for i in 1..<max(1, words.count(word)) {
        (vectors + notes[i].example * lanes).update(from: vector, count: lanes)
      }
    }
  }
}
