/// The second half of a step: the centre words' rows are moved, and the vectors that the next
/// minibatch will need are copied.
///
/// A row that both minibatches touch is in one part of the work, and is moved before it is copied.
final class CenterPass: @unchecked Sendable {
  /// Into how many parts the table is cut, whatever the number of threads; a power of two up to 64.
  static let parts = 16
  /// How many rows ahead their memory is asked for.
  private static let lookAhead = 4

  private let table: LazyAdamTable
  /// The centre words of the step's minibatch by part, and of the next one.
  private var current: [WordIndex]
  private var following: [WordIndex]

  /// Creates what the steps on the centre words' table share.
  init(_ table: LazyAdamTable) {
    self.table = table
    let ranges = (0..<Self.parts).map { table.order.rows(ofPart: $0, parts: Self.parts) }
    current = ranges.map(WordIndex.init)
    following = ranges.map(WordIndex.init)
  }

  /// Makes the minibatch that was the next one the step's own.
  func advance() { swap(&current, &following) }

  /// Moves the rows of a part by the step's gradients.
  ///
  /// - Parameters:
  ///   - before: The schedule up to the step before.
  ///   - now: The schedule with this step.
  ///   - sums: The gradients by the centre vectors.
  func move(
    part: Int, before: LazyAdamSchedule.Present, now: LazyAdamSchedule.Present,
    by sums: CenterSums
  ) {
    let (words, octets) = (current[part].groups, table.octets)
    withUnsafeTemporaryAllocation(of: Octet.self, capacity: octets) { room in
      guard let gradient = room.baseAddress else { return }
      for word in 0..<words.count {
        table.prefetch(words.row(word + Self.lookAhead))
        gradient.update(repeating: .zero, count: octets)
        sums.prefetch(example: words.notes(word + 1)[0].example)
        for i in 0..<words.count(word) {
          sums.add(example: words.notes(word)[i].example, to: gradient)
        }
        table.catchUp(words.row(word), to: before)
        table.update(words.row(word), gradient: gradient, at: now)
      }
    }
  }

  /// Copies a part's vectors, as they are now, for the examples of the next minibatch.
  func copyVectors(part: Int, to plan: StepPlan, at present: LazyAdamSchedule.Present) {
    following[part].group(plan.centers(ofPart: part))
    let (words, octets) = (following[part].groups, table.octets)
    let vectors = plan.centerVectors.pointer
    for word in 0..<words.count {
      table.prefetch(words.row(word + Self.lookAhead))
      let notes = words.notes(word)
      let vector = vectors + notes[0].example * octets
      table.copyWeights(words.row(word), at: present, to: vector)
      for i in 1..<max(1, words.count(word)) {
        (vectors + notes[i].example * octets).update(from: vector, count: octets)
      }
    }
  }
}
