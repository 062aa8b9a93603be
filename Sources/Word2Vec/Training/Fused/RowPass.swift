import CSIMD

/// The context and noise words' rows in a step whose examples share noise words: each is moved by the
/// sum of what an `ExamplePass` has left for it.
///
/// A part of the work has one part of the table.
final class RowPass<Rows: RowTable>: @unchecked Sendable {
  /// Into how many parts the table is cut, whatever the number of threads; a power of two up to 64.
  static var parts: Int { StepPlan.sharedWordParts }
  /// How many rows ahead their memory is prefetched.
  private static var lookAhead: Int { 4 }

  private let table: Rows
  private let indices: [WordIndex]

  /// Takes the context words' table.
  init(_ table: Rows) {
    self.table = table
    indices = (0..<Self.parts).map {
      WordIndex(rows: table.layout.order.rows(ofPart: $0, parts: Self.parts))
    }
  }

  /// Moves the rows of a part.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - plan: The step's minibatch.
  ///   - before: The clock at the step before.
  ///   - now: The clock at this step.
  func run(part: Int, of plan: StepPlan, before: Rows.Present, now: Rows.Present) {
    plan.groupShared(part: part, by: indices[part])
    let (table, words) = (table, indices[part].groups)
    let (dimension, lanes) = (table.layout.dimension, table.layout.lanes)
    let vectors = UnsafePointer(plan.centerVectors.pointer)
    let (coefficients, sources) = (plan.coefficients.pointer, plan.sources.pointer)
    let largest = indices[part].largest
    withUnsafeTemporaryAllocation(
      of: Lanes.self, capacity: lanes + (largest + 7) / 8
    ) { room in
      guard let gradient = room.baseAddress else { return }
      let weights = UnsafeMutableRawPointer(gradient + lanes).assumingMemoryBound(to: Float.self)
      let places = UnsafeMutableRawPointer(weights + largest).assumingMemoryBound(to: Int32.self)
      for word in 0..<words.count {
        let ahead = words.row(word &+ Self.lookAhead)
        table.prefetchWeights(ahead)
        table.prefetchState(ahead)
        let source = vectors + Int(sources[words.notes(word &+ 1)[0].example]) &* lanes
        prefetch(source, lanes)
        let (row, notes, count) = (words.row(word), words.notes(word), words.count(word))
        for i in 0..<count {
          let place = notes[i].example
          (weights[i], places[i]) = (coefficients[place], sources[place])
        }
        FusedKernels.weightedSum(
          weights, at: places, count: count, of: vectors, dimension: dimension, into: gradient)
        table.catchUp(row, to: before)
        var update = table.update(row, at: now)
        for index in 0..<lanes { update.move(index, by: gradient[index]) }
        update.end()
      }
    }
  }
}
