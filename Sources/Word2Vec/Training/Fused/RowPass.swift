/// The context and noise words' rows in a step whose examples share noise words: each is moved by the
/// sum of the gradients that an `ExamplePass` has left for it.
///
/// A part of the work has one part of the table.
final class RowPass<Rows: RowTable>: @unchecked Sendable {
  /// Into how many parts the table is cut, whatever the number of threads; a power of two up to 64.
  static var parts: Int { StepPlan.sharedWordParts }

  private let moves: RowMoves<Rows>
  private let indices: [WordIndex]

  /// Takes the context words' table.
  init(_ table: Rows) {
    moves = RowMoves(table)
    indices = (0..<Self.parts).map {
      WordIndex(rows: table.layout.order.rows(ofPart: $0, parts: Self.parts))
    }
  }

  /// Moves the rows of a part.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - plan: The step's minibatch.
  ///   - gradients: The gradients by the rows of the minibatch's groups.
  ///   - before: The clock at the step before.
  ///   - now: The clock at this step.
  func run(
    part: Int, of plan: StepPlan, by gradients: GradientSums, before: Rows.Present,
    now: Rows.Present
  ) {
    plan.groupRows(ofPart: part, by: indices[part])
    moves.move(indices[part].groups, by: gradients, before: before, now: now)
  }
}
