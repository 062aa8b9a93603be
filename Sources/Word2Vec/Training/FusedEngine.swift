import Foundation

/// The mathematics of `ReferenceEngine`, at the cost of what a minibatch touches.
///
/// A step has three parts, each spread over the threads in pieces:
///
/// 1. by row: the rows that the minibatch needs are brought up to date (`LazyAdamTable.catchUp`);
/// 2. by example: scores, loss and the centre word's gradient, from rows that nobody writes;
/// 3. by row: a word's gradient is summed over its slots in their order, and Adam moves the row.
///
/// Every number is computed by one thread, in an order that the data fixes. So the result does not
/// depend on the number of threads, and `VectorMath` keeps it the same on every processor.
///
/// A minibatch of S slots with W distinct words costs O(S·d + W·d), whatever the vocabulary.
public final class FusedEngine: TrainingEngine {
  private let schedule = LazyAdamSchedule()
  private let tableV: LazyAdamTable
  private let tableU: LazyAdamTable
  private let team: ThreadTeam
  /// Adam's step size from the next step on.
  public var learningRate: Double
  private var current: StepPlan
  private var following: StepPlan

  /// The vectors of words as centres as of now, weight (V, d); a copy.
  public var embedV: Embedding { tableV.embedding(at: schedule.present) }
  /// The vectors of words as contexts as of now, weight (V, d); a copy.
  public var embedU: Embedding { tableU.embedding(at: schedule.present) }

  /// Creates an engine that trains from the given tables.
  ///
  /// - Parameters:
  ///   - embedV: The vectors of words as centres, weight (V, d).
  ///   - embedU: The vectors of words as contexts, weight (V, d).
  ///   - learningRate: Adam's step size, finite and not negative.
  ///   - threads: How many threads share the work.
  public init(embedV: Embedding, embedU: Embedding, learningRate: Double, threads: Int) {
    precondition(
      embedV.weight.shape == embedU.weight.shape,
      "tables of shapes \(embedV.weight.shape) and \(embedU.weight.shape)")
    precondition(threads >= 1, "threads is \(threads), less than 1")
    precondition(
      learningRate.isFinite && learningRate >= 0, "learningRate is \(learningRate)")
    tableV = LazyAdamTable(embedV)
    tableU = LazyAdamTable(embedU)
    self.learningRate = learningRate
    team = ThreadTeam(count: threads)
    let blocks = tableV.blocks
    current = StepPlan(vocabularySize: embedV.tokenCount, blocks: blocks)
    following = StepPlan(vocabularySize: embedV.tokenCount, blocks: blocks)
  }

  deinit {
    team.end()
    tableV.deallocate()
    tableU.deallocate()
  }

  /// Takes one step and returns the sum of the examples' losses before it.
  public func step(_ batch: MiniBatch) -> Double {
    if !current.holds(batch) {
      current.begin(batch)
      for piece in 0..<current.gatherPieces { current.gather(piece) }
      current.group()
    }
    let (plan, upNext, schedule) = (current, following, schedule)
    let hasNext = batch.next != nil
    if let next = batch.next { upNext.begin(next) }
    let gatherPieces = hasNext ? upNext.gatherPieces : 0
    let work = plan.work(on: tableV, tableU)

    let before = schedule.present
    team.forEach(work.rowPieces + gatherPieces) { piece in
      if piece < work.rowPieces {
        work.catchUpRows(piece, before)
      } else {
        upNext.gather(piece - work.rowPieces)
      }
    }
    schedule.advance(learningRate: learningRate)
    let now = schedule.present
    team.forEach(2 + work.examplePieces) { piece in
      switch piece {
      case 0: if hasNext { upNext.group() }
      case 1: schedule.close()
      default: work.runExamples(piece - 2)
      }
    }
    team.forEach(work.rowPieces) { work.updateRows($0, now) }
    swap(&current, &following)
    return plan.lossSum
  }
}
