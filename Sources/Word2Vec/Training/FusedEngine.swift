import Foundation

/// The mathematics of `ReferenceEngine`, at the cost of what a minibatch touches.
///
/// A step has two halves, each spread over the threads:
///
/// 1. `WordPass`: scores, losses and gradients; the context and noise words' rows are moved;
/// 2. `CenterPass`: the centre words' rows are moved, and the next minibatch's vectors copied.
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
  private let words: WordPass
  private let centers: CenterPass
  private let gradients = GrowingBuffer<Octet>()
  private let losses = GrowingBuffer<Double>()
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
    let (tableV, tableU) = (LazyAdamTable(embedV), LazyAdamTable(embedU))
    (self.tableV, self.tableU) = (tableV, tableU)
    self.learningRate = learningRate
    team = ThreadTeam(count: threads)
    (words, centers) = (WordPass(tableU), CenterPass(tableV))
    current = StepPlan(order: tableV.order, octets: tableV.octets)
    following = StepPlan(order: tableV.order, octets: tableV.octets)
  }

  deinit {
    team.end()
    tableV.deallocate()
    tableU.deallocate()
  }

  /// Takes one step and returns the sum of the examples' losses before it.
  public func step(_ batch: MiniBatch) -> Double {
    if !current.holds(batch) { begin(with: batch) }
    following.begin(batch.next)
    centers.advance()
    schedule.advance(learningRate: learningRate)
    let (schedule, before, now) = (schedule, schedule.previous, schedule.present)
    let sums = CenterSums(
      examples: current.exampleCount, octets: tableV.octets, gradients: gradients, losses: losses)

    let (words, centers, plan, next) = (words, centers, current, following)
    team.forEach(WordPass.parts + next.gatherPieces + 1) { piece in
      if piece < WordPass.parts {
        words.run(part: piece, of: plan, before: before, now: now, into: sums)
      } else if piece < WordPass.parts + next.gatherPieces {
        next.gather(piece - WordPass.parts)
      } else {
        schedule.close()
      }
    }
    team.forEach(CenterPass.parts) { part in
      centers.move(part: part, before: before, now: now, by: sums)
      centers.copyVectors(part: part, to: next, at: now)
    }
    swap(&current, &following)
    return sums.loss
  }

  /// Prepares a minibatch that was not expected.
  private func begin(with batch: MiniBatch) {
    current.begin(batch)
    for piece in 0..<current.gatherPieces { current.gather(piece) }
    for part in 0..<CenterPass.parts {
      centers.copyVectors(part: part, to: current, at: schedule.present)
    }
  }
}
