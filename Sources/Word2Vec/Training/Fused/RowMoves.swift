/// Moves rows, each by the sum of the gradients that a step has left for it.
struct RowMoves<Rows: RowTable>: Sendable {
  /// How many rows ahead their memory is prefetched.
  private static var lookAhead: Int { 4 }

  private let table: Rows

  /// Takes the rows' table.
  init(_ table: Rows) { self.table = table }

  /// Moves some rows.
  ///
  /// - Parameters:
  ///   - rows: The rows, with notes whose examples are places in `gradients`.
  ///   - gradients: The gradients.
  ///   - before: The clock at the step before.
  ///   - now: The clock at this step.
  func move(
    _ rows: WordIndex.Entries, by gradients: GradientSums, before: Rows.Present, now: Rows.Present
  ) {
    let (table, lanes) = (table, table.layout.lanes)
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: lanes) { room in
      guard let gradient = room.baseAddress else { return }
      for entry in 0..<rows.count {
        let ahead = rows.row(entry &+ Self.lookAhead)
        table.prefetchWeights(ahead)
        table.prefetchState(ahead)
        gradient.update(repeating: .zero, count: lanes)
        gradients.prefetch(rows.notes(entry &+ 1)[0].example)
        for i in 0..<rows.count(entry) {
          gradients.add(rows.notes(entry)[i].example, to: gradient)
        }
        let row = rows.row(entry)
        table.catchUp(row, to: before)
        var update = table.update(row, at: now)
        for index in 0..<lanes { update.move(index, by: gradient[index]) }
        update.end()
      }
    }
  }
}
