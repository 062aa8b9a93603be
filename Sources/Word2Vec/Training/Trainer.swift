/// The training loop: an engine and how its learning rate goes, to be run on sources of minibatches.
///
/// After the end of one source it trains on with another, whose learning rate begins anew.
public final class Trainer {
  /// What makes the steps.
  public let engine: any TrainingEngine
  /// The learning rate over a run.
  public let schedule: LearningRate
  /// The number of steps made so far.
  public private(set) var stepCount = 0

  /// A step that was made.
  public struct Step: Sendable, Equatable {
    /// The sum of the examples' losses before it, each the mean over its own slots.
    public let loss: Double
    /// The number of its examples.
    public let count: Int
    /// How much of the source's run is done after it, to 1.
    public let fraction: Double
  }

  /// Creates a loop around an engine.
  ///
  /// - Parameters:
  ///   - engine: What makes the steps.
  ///   - schedule: The learning rate, by how much of a source's run is done.
  ///   - stepCount: The number of steps that the engine has made of a run that is gone on with.
  public init(engine: any TrainingEngine, schedule: LearningRate, stepCount: Int = 0) {
    self.engine = engine
    self.stepCount = stepCount
    self.schedule = schedule
  }

  /// Trains on all minibatches that a source still has.
  ///
  /// - Parameters:
  ///   - source: The minibatches; where the loop is stopped, one that was not stepped on is lost.
  ///   - progress: Called after each step; returns whether to go on.
  /// - Throws: `TrainingError.notFinite` at the first step whose loss is not a finite number,
  ///   `TrainingError.tooManySteps` after 2³¹ − 2 of them.
  public func train(
    on source: inout some BatchSource, progress: (Step) -> Bool = { _ in true }
  ) throws(TrainingError) {
    var next = engine.prepare(&source)
    while let batch = next {
      next = engine.prepare(&source)
      let step = try step(on: batch, until: next?.fraction ?? 1)
      guard progress(step) else { return }
    }
  }

  private func step(
    on batch: PreparedBatch, until fraction: Double
  ) throws(TrainingError) -> Step {
    guard stepCount < Int(Int32.max) - 1 else { throw .tooManySteps(stepCount) }
    engine.learningRate = schedule.rate(at: batch.fraction)
    let loss = engine.step(batch)
    stepCount += 1
    guard loss.isFinite else { throw .notFinite(step: stepCount) }
    return Step(loss: loss, count: batch.count, fraction: fraction)
  }
}
