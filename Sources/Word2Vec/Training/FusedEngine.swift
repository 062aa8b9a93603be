import Files

/// The mathematics of `ReferenceEngine`, at the cost of what a minibatch touches.
///
/// A step has two halves, each spread over the threads:
///
/// 1. `WordPass`: scores, losses and gradients; the context and noise words' rows are moved. The
///    next minibatch, where one is prepared, is made and laid out beside it;
/// 2. `CenterPass`: the centre words' rows are moved, and the next minibatch's vectors copied.
///
/// Where examples share their noise words (`BatchOutline.noiseSharing`), less is to be done: the halves
/// are `ExamplePass`, then `RowMoves` beside `CenterPass`.
///
/// Every number is computed by one thread, in an order that the data fixes. So the result does not
/// depend on the number of threads, and `VectorMath` keeps it the same on every processor.
///
/// A minibatch of S slots with W distinct words costs O(S·d + W·d), whatever the vocabulary.
public final class FusedEngine: TrainingEngine {
  let core: any FusedCore
  private let vocabularySize: Int
  /// The step size from the next step on, finite and not negative.
  public var learningRate = 0.0

  /// The vectors of words as centres as of now, weight (V, d); a copy.
  public var embedV: Embedding { core.embedV }
  /// The vectors of words as contexts as of now, weight (V, d); a copy.
  public var embedU: Embedding { core.embedU }

  /// Creates an engine that trains from the given tables.
  ///
  /// - Parameters:
  ///   - embedV: The vectors of words as centres, weight (V, d).
  ///   - embedU: The vectors of words as contexts, weight (V, d).
  ///   - optimizer: How the weights are moved: `Adam` or `GradientDescent`.
  ///   - slotWeight: How much a slot counts in the gradient.
  ///   - threads: How many threads share the work, 1 or more; by default one for each processor
  ///     that the process may use. The result does not depend on it.
  ///   - file: The caller's file, for the sentence where an argument does not fit.
  ///   - line: The caller's line.
  public init(
    embedV: Embedding, embedU: Embedding, optimizer: some Optimizer = Adam(),
    slotWeight: SlotWeight = .mean, threads: Int = availableProcessorCount,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    requireSameShape(embedV, embedU, file: file, line: line)
    require(threads >= 1, "threads is \(threads), less than 1", file: file, line: line)
    guard let optimizer = optimizer as? any RowOptimizer else {
      requirementFailure(
        "\(type(of: optimizer)) has no row update; train with ReferenceEngine", file: file,
        line: line)
    }
    vocabularySize = embedV.vocabularySize
    core = optimizer.rowUpdate.makeCore(embedV, embedU, slotWeight, threads)
  }

  /// A minibatch with its place in a core.
  private final class Planned: PreparedBatch {
    var plan: StepPlan?

    init(_ outline: BatchOutline, plan: StepPlan) {
      self.plan = plan
      super.init(outline)
    }
  }

  /// Takes note of a minibatch, which is made and laid out during the next step.
  public func prepare(
    _ batch: BatchOutline, file: StaticString, line: UInt,
    fill: @escaping @Sendable (Range<Int>, inout MiniBatch) -> Void
  ) -> PreparedBatch {
    let fill = batch.checked(fill, vocabularySize: vocabularySize, file: file, line: line)
    return Planned(batch, plan: core.plan(batch, fill: fill))
  }

  /// Takes one step on a prepared minibatch.
  ///
  /// - Returns: The sum of the examples' losses before the step, each the mean over its own slots.
  public func step(_ batch: PreparedBatch) -> Double {
    guard let planned = batch as? Planned, let plan = planned.plan, core.owns(plan) else {
      requirementFailure("a minibatch that this engine did not prepare, or has stepped on")
    }
    planned.plan = nil
    return core.step(plan, learningRate: learningRate)
  }
}

/// An optimiser for which `FusedEngine` has rows.
protocol RowOptimizer: Optimizer {
  var rowUpdate: RowUpdate { get }
}

/// How `FusedEngine` updates the rows of its tables for one optimiser.
struct RowUpdate: Sendable {
  /// Makes the inside of an engine: tables of centres and contexts, a slot's weight, threads.
  let makeCore: @Sendable (Embedding, Embedding, SlotWeight, Int) -> any FusedCore

  /// Takes the kind of rows, by the clock that their steps are counted with.
  init<Clock: RowClock>(_ makeClock: @escaping @Sendable () -> Clock) {
    makeCore = { RowCore(makeClock(), embedV: $0, embedU: $1, slotWeight: $2, threads: $3) }
  }
}
