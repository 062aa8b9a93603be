import Files

/// Keeps the checkpoint of a run: takes note of its steps, and writes the file when it is time.
///
/// ```swift
/// var keeper = CheckpointKeeper(of: run, every: .seconds(600))
/// try keeper.resume(engine, on: &source, from: "run.checkpoint") { history.add($0) }
/// try trainer.train(on: &source) { step in
///   keeper.add(loss: step.loss)
///   if keeper.isDue { try? keeper.write(engine, to: "run.checkpoint") }
///   return true
/// }
/// ```
public struct CheckpointKeeper {
  /// How often a checkpoint is written.
  public enum Interval: Sendable, Equatable {
    /// After this time, or after up to ten times as long where the writing would else take more than a
    /// hundredth of it.
    case seconds(Double)
    /// After so many steps.
    case steps(Int)
  }

  /// The loss of each step of the run so far.
  public private(set) var losses: [Double] = []
  /// The steps that were made before this program began.
  public private(set) var resumedSteps = 0
  /// How often a checkpoint is written.
  public let interval: Interval
  private let run: Checkpoint.Run
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant
  private var stepsSince = 0
  /// The seconds that the last writing took.
  private var cost = 0.0

  /// Begins to keep the checkpoint of a run.
  ///
  /// - Parameters:
  ///   - run: What decides the run beside its engine.
  ///   - interval: How often a checkpoint is written.
  public init(of run: Checkpoint.Run, every interval: Interval) {
    (self.run, self.interval) = (run, interval)
    last = clock.now
  }

  /// Goes on from a checkpoint.
  ///
  /// The source is taken past the minibatches that were stepped on; none of them is made.
  ///
  /// - Parameters:
  ///   - engine: A new engine; not to be used where this throws.
  ///   - source: A new source.
  ///   - path: The checkpoint.
  ///   - body: Is told of each step that was made.
  /// - Throws: `FileError` where there is no checkpoint of this run.
  public mutating func resume(
    _ engine: FusedEngine, on source: inout some BatchSource, from path: String,
    _ body: (Trainer.Step) -> Void = { _ in }
  ) throws(FileError) {
    losses = try Checkpoint.restore(engine, from: path, of: run)
    for loss in losses {
      guard let batch = source.advance() else {
        throw FileError(path, .malformed("has more steps than this run; make it again"))
      }
      body(Trainer.Step(loss: loss, count: batch.count, fraction: batch.fraction))
    }
    resumedSteps = losses.count
    last = clock.now
  }

  /// Takes note of a step that was made.
  ///
  /// - Parameter loss: The sum of its examples' losses.
  public mutating func add(loss: Double) {
    losses.append(loss)
    stepsSince += 1
  }

  /// Whether it is time to write.
  public var isDue: Bool {
    switch interval {
    case .steps(let steps): stepsSince >= steps
    case .seconds(let seconds):
      stepsSince > 0
        && last.duration(to: clock.now) >= .seconds(Self.wait(every: seconds, cost: cost))
    }
  }

  /// The seconds until the next writing: a hundred times what one takes, so that they cost 1 %, but ten
  /// intervals at most, since the machine may have slept through the last one.
  static func wait(every seconds: Double, cost: Double) -> Double {
    max(seconds, min(100 * cost, 10 * seconds))
  }

  /// Writes the checkpoint, whole or not at all; the next one is due an interval later.
  ///
  /// - Parameters:
  ///   - engine: The engine, between two steps.
  ///   - path: The file.
  /// - Throws: `FileError.Problem.unwritable`; the checkpoint of before is then as it was.
  public mutating func write(_ engine: FusedEngine, to path: String) throws(FileError) {
    let start = clock.now
    defer {
      last = clock.now
      cost = start.duration(to: last) / .seconds(1)
      stepsSince = 0
    }
    try Checkpoint.write(to: path, engine, of: run, losses: losses)
  }
}
