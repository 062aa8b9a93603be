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

  /// Takes the centre words' table.
  init(_ table: Rows) { self.table = table }

  /// Moves the rows of a part by a step's gradients.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - plan: The step's minibatch.
  ///   - before: The clock at the step before.
  ///   - now: The clock at this step.
  ///   - sums: The gradients by the centre vectors.
  func move(
    part: Int, of plan: StepPlan, before: Rows.Present, now: Rows.Present, by sums: CenterSums
  ) {
    let (words, lanes) = (plan.centerIndex(ofPart: part).groups, table.layout.lanes)
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: lanes) { room in
      guard let gradient = room.baseAddress else { return }
      for word in 0..<words.count {
        let ahead = words.row(word + Self.lookAhead)
        table.prefetchWeights(ahead)
        table.prefetchState(ahead)
        gradient.update(repeating: .zero, count: lanes)
        sums.prefetch(example: words.notes(word + 1)[0].example)
        for i in 0..<words.count(word) {
          sums.add(example: words.notes(word)[i].example, to: gradient)
        }
        let row = words.row(word)
        table.catchUp(row, to: before)
        var update = table.update(row, at: now)
        for index in 0..<lanes { update.move(index, by: gradient[index]) }
        update.end()
      }
    }
  }

  /// Copies a part's vectors, as they are now, for the examples of a minibatch.
  func copyVectors(part: Int, of plan: StepPlan, at present: Rows.Present) {
    let (words, lanes) = (plan.groupCenters(ofPart: part).groups, table.layout.lanes)
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
