/// The inside of `FusedEngine` for one kind of rows.
protocol FusedCore: AnyObject {
  var embedV: Embedding { get }
  var embedU: Embedding { get }

  /// A plan of a minibatch, which is made and laid out during the next step.
  func plan(
    _ outline: BatchOutline, fill: @escaping @Sendable (Range<Int>, inout MiniBatch) -> Void
  ) -> StepPlan

  /// Whether a plan is one of this core's and was not stepped on.
  func owns(_ plan: StepPlan) -> Bool

  /// Takes the step of a plan; returns the sum of the examples' losses.
  func step(_ plan: StepPlan, learningRate: Double) -> Double

  /// The threads that share the steps.
  var team: ThreadTeam { get }

  /// What the core knows beside its rows.
  var outline: CoreOutline { get }
  /// Hands the rows to `body`, as they are, word by word, those of centres first.
  func saveRows<Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt32>) throws(Failure) -> Void
  ) throws(Failure)
  /// Goes to where another core was.
  ///
  /// - Parameters:
  ///   - outline: What that core knew beside its rows.
  ///   - nextRow: Puts the next of its rows into a buffer.
  /// - Returns: Whether there can have been such a core.
  /// - Throws: What `nextRow` throws.
  func restore<Failure: Error>(
    _ outline: CoreOutline,
    _ nextRow: (UnsafeMutableBufferPointer<UInt32>) throws(Failure) -> Void
  ) throws(Failure) -> Bool
}

/// What a core knows beside its rows: enough to tell whether another one can go on for it.
struct CoreOutline {
  /// The optimiser and a slot's weight, in one line.
  var method: String
  /// V, d, and the words of 32 bits that are saved of a row.
  var vocabularySize: Int, dimension: Int, savedSize: Int
  /// The number of steps made.
  var step: Int
  /// What the clock remembers of them.
  var memory: [Double]
}

/// The steps of `FusedEngine`, compiled for each kind of rows.
///
/// A method of a generic class is called unspecialised, by witnesses for every operation on a row:
/// what is hot names the kinds that it is compiled for.
final class RowCore<Clock: RowClock>: FusedCore {
  private let clock: Clock
  private let method: String
  private let tableV: Clock.Rows
  private let tableU: Clock.Rows
  private let threads: Int
  private(set) var team: ThreadTeam
  private let words: WordPass<Clock.Rows>
  private let examples: ExamplePass<Clock.Rows>
  private let rows: RowMoves<Clock.Rows>
  private let centers: CenterPass<Clock.Rows>
  /// Memory for gradients by centre vectors, and by the rows of groups that share noise words.
  private let centerGradients = GrowingBuffer<Lanes>(), rowGradients = GrowingBuffer<Lanes>()
  private let losses = GrowingBuffer<Double>()
  /// Plans whose step is made, to be used again.
  private var idle: [StepPlan] = []
  /// The plan that the next step lays out.
  private var upcoming: StepPlan?

  init(
    _ clock: Clock, embedV: Embedding, embedU: Embedding, slotWeight: SlotWeight, threads: Int
  ) {
    self.clock = clock
    method = "\(clock.optimizer), slot weight \(slotWeight)"
    (tableV, tableU) = (clock.makeRows(embedV), clock.makeRows(embedU))
    self.threads = threads
    team = ThreadTeam(count: min(threads, WordPass<Clock.Rows>.parts))
    (examples, rows) = (ExamplePass(tableU, slotWeight), RowMoves(tableU))
    words = WordPass(tableU, slotWeight)
    centers = CenterPass(tableV)
  }

  deinit {
    team.end()
    tableV.deallocate()
    tableU.deallocate()
  }

  var embedV: Embedding { embedding(of: tableV) }
  var embedU: Embedding { embedding(of: tableU) }

  @_specialize(where Clock == AdamClock)
  @_specialize(where Clock == DescentClock)
  private func embedding(of table: Clock.Rows) -> Embedding { table.embedding(at: clock.present) }

  func plan(
    _ outline: BatchOutline, fill: @escaping @Sendable (Range<Int>, inout MiniBatch) -> Void
  ) -> StepPlan {
    let plan = idle.popLast() ?? StepPlan(core: self, layout: tableV.layout)
    plan.begin(outline, fill: fill)
    upcoming = plan
    return plan
  }

  func owns(_ plan: StepPlan) -> Bool { plan.core === self }

  @_specialize(where Clock == AdamClock)
  @_specialize(where Clock == DescentClock)
  func step(_ plan: StepPlan, learningRate: Double) -> Double {
    makeReady(plan)
    let next = upcoming === plan ? nil : upcoming
    upcoming = nil
    // More threads than there are pieces in the larger half would have nothing to do.
    let useful = min(
      threads, plan.sharing > 1 ? max(16, plan.pieceCount) : WordPass<Clock.Rows>.parts)
    if team.count < useful {
      team.end()
      team = ThreadTeam(count: useful)
    }
    clock.advance(learningRate: learningRate)
    let loss = plan.sharing > 1 ? stepByExample(plan, next) : stepByWord(plan, next)
    next?.readyAtStep = clock.step
    if clock.needsSweep { sweep() }
    plan.end()
    idle.append(plan)
    return loss
  }

  /// The halves of a step in which each example has its own noise words; returns its loss.
  @_specialize(where Clock == AdamClock)
  @_specialize(where Clock == DescentClock)
  private func stepByWord(_ plan: StepPlan, _ next: StepPlan?) -> Double {
    let (clock, before, now) = (clock, clock.previous, clock.present)
    let (words, centers, parts) = (words, centers, WordPass<Clock.Rows>.parts)
    let gradients = GradientSums(
      count: plan.exampleCount, lanes: tableV.layout.lanes, parts: parts, in: centerGradients)
    losses.resize(to: parts)
    let (losses, pieces) = (losses, next?.pieceCount ?? 0)
    team.forEach(parts + pieces + 1) { number in
      if number < parts {
        losses.pointer[number] = words.run(
          part: number, of: plan, before: before, now: now, into: gradients)
      } else if number < parts + pieces {
        next?.layOut(piece: number - parts)
      } else {
        clock.close()
      }
    }
    next?.endLayout()
    team.forEach(CenterPass<Clock.Rows>.parts) { part in
      centers.move(part: part, of: plan, before: before, now: now, by: gradients)
      if let next { centers.copyVectors(part: part, of: next, at: now) }
    }
    return losses.elements.reduce(0, +)
  }

  /// The halves of a step whose examples share noise words; returns its loss.
  @_specialize(where Clock == AdamClock)
  @_specialize(where Clock == DescentClock)
  private func stepByExample(_ plan: StepPlan, _ next: StepPlan?) -> Double {
    let (clock, before, now) = (clock, clock.previous, clock.present)
    let (lanes, own) = (tableV.layout.lanes, plan.pieceCount)
    let byCenter = GradientSums(
      count: plan.exampleCount, lanes: lanes, parts: 1, in: centerGradients)
    let byRow = GradientSums(count: plan.groupRowCount, lanes: lanes, parts: 1, in: rowGradients)
    losses.resize(to: own)
    let (examples, rows, centers) = (examples, rows, centers)
    let (losses, pieces) = (losses, next?.pieceCount ?? 0)
    team.forEach(own + pieces + 1) { number in
      if number < own {
        losses.pointer[number] = examples.run(
          piece: number, of: plan, before: before, centers: byCenter, rows: byRow)
      } else if number < own + pieces {
        next?.layOut(piece: number - own)
      } else {
        clock.close()
      }
    }
    next?.endLayout()
    let parts = StepPlan.sharedWordParts
    team.forEach(parts + CenterPass<Clock.Rows>.parts) { number in
      if number < parts {
        rows.move(plan.indexRows(ofPart: number).entries, by: byRow, before: before, now: now)
      } else {
        centers.move(part: number - parts, of: plan, before: before, now: now, by: byCenter)
        if let next { centers.copyVectors(part: number - parts, of: next, at: now) }
      }
    }
    return losses.elements.reduce(0, +)
  }

  var outline: CoreOutline {
    CoreOutline(
      method: method, vocabularySize: tableV.layout.vocabularySize,
      dimension: tableV.layout.dimension, savedSize: tableV.savedSize, step: clock.step,
      memory: clock.memory)
  }

  func saveRows<Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt32>) throws(Failure) -> Void
  ) throws(Failure) {
    let saved = GrowingBuffer<UInt32>()
    saved.resize(to: tableV.savedSize)
    for table in [tableV, tableU] {
      for word in 0..<table.layout.vocabularySize {
        table.save(table.layout.order.row(of: word), to: saved.pointer)
        try body(saved.elements)
      }
    }
  }

  func restore<Failure: Error>(
    _ outline: CoreOutline,
    _ nextRow: (UnsafeMutableBufferPointer<UInt32>) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    guard clock.step == 0, clock.restore(step: outline.step, memory: outline.memory) else {
      return false
    }
    let saved = GrowingBuffer<UInt32>()
    saved.resize(to: tableV.savedSize)
    for table in [tableV, tableU] {
      for word in 0..<table.layout.vocabularySize {
        try nextRow(UnsafeMutableBufferPointer(start: saved.pointer, count: saved.count))
        let row = table.layout.order.row(of: word)
        guard table.restore(row, from: saved.pointer, step: outline.step) else { return false }
      }
    }
    return true
  }

  /// Lays a plan out and copies its centre vectors, unless the step before has done so.
  private func makeReady(_ plan: StepPlan) {
    guard plan.readyAtStep != clock.step else { return }
    if plan.readyAtStep == nil {
      team.forEach(plan.pieceCount) { plan.layOut(piece: $0) }
      plan.endLayout()
    }
    let (centers, now) = (centers, clock.present)
    team.forEach(CenterPass<Clock.Rows>.parts) {
      centers.copyVectors(part: $0, of: plan, at: now)
    }
  }

  /// Moves all rows that have sat out so many steps that the clock will forget them.
  private func sweep() {
    let (tables, now) = ([tableV, tableU], clock.present)
    team.forEach(CenterPass<Clock.Rows>.parts) { part in
      for table in tables {
        for row in table.layout.order.rows(ofPart: part, parts: CenterPass<Clock.Rows>.parts) {
          table.settle(row, at: now)
        }
      }
    }
  }
}
