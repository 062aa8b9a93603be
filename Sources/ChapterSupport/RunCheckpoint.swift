import D2L
import ProgramSupport
import Word2Vec

/// A run's checkpoint: where it goes on from, and what is written as it goes.
///
/// A checkpoint that cannot be written is told of; the run goes on, and the one before stays.
public struct RunCheckpoint {
  private let file: String?
  private let from: String?
  private var keeper: CheckpointKeeper
  private var warning = RepeatedWarning()

  /// The last checkpoint that this program has written or read, for who must begin anew.
  nonisolated(unsafe) static var last: (file: String, steps: Int)?

  /// Begins to keep the checkpoint that the options name, if any.
  ///
  /// - Parameters:
  ///   - options: What is asked for.
  ///   - record: What decides the run.
  public init(_ options: CheckpointOptions, _ record: RunRecord) {
    (file, from) = (options.file, options.resume)
    let interval = options.interval(
      seconds: CheckpointKeeper.Interval.seconds, steps: CheckpointKeeper.Interval.steps)
    keeper = CheckpointKeeper(
      of: Checkpoint.Run(text: record.textSHA256, settings: record.settings), every: interval)
  }

  /// Goes on from the checkpoint that is asked for, if one is.
  ///
  /// - Parameters:
  ///   - engine: The engine at the initial weights, brought to where the checkpoint's stood.
  ///   - source: The minibatches, taken past those that were stepped on.
  ///   - history: Is told of the steps that were made.
  /// - Throws: `FileError` where there is no checkpoint of this run.
  public mutating func resume(
    _ engine: any TrainingEngine, _ source: inout some BatchSource,
    _ history: inout TrainingHistory
  ) throws {
    guard let from, let engine = engine as? FusedEngine else { return }
    try keeper.resume(engine, on: &source, from: from) { step in
      history.add(loss: step.loss, count: step.count)
    }
    RunCheckpoint.last = (from, history.batchCount)
    note("resumed: \(from), \(history.batchCount) minibatches are done")
  }

  /// Takes note of a step, and writes the checkpoint when it is time.
  ///
  /// - Parameters:
  ///   - loss: The sum of its examples' losses.
  ///   - engine: The engine.
  public mutating func add(_ loss: Double, _ engine: any TrainingEngine) {
    guard file != nil else { return }
    keeper.add(loss: loss)
    if keeper.isDue { write(engine) }
  }

  /// Writes the checkpoint, if one is asked for.
  ///
  /// - Parameter engine: The engine between two steps.
  /// - Returns: Where it is; nil where it is not.
  @discardableResult
  public mutating func write(_ engine: any TrainingEngine) -> String? {
    guard let file, let engine = engine as? FusedEngine else { return nil }
    do {
      try keeper.write(engine, to: file)
      RunCheckpoint.last = (file, keeper.losses.count)
      warning.end()
      return file
    } catch {
      warning("\("\(error)".dropLast()); the run goes on without a new checkpoint.")
      return nil
    }
  }
}
