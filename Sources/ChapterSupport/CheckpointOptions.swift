import ArgumentParser
import D2L
import Foundation
import ProgramSupport
import Word2Vec

/// The options of a run that may be stopped at any moment and gone on with.
public struct CheckpointOptions: ParsableArguments {
  /// Where the checkpoint is kept.
  @Option(
    help: ArgumentHelp(
      "Keep what the run needs to go on, should it be stopped, in this file.", valueName: "PATH"))
  public var checkpoint: String?

  /// How often it is written.
  @Option(
    help: ArgumentHelp(
      "How often the checkpoint is written: 90s, 10min, 500steps. (default: 10min)",
      valueName: "INTERVAL"))
  public var every: String?

  /// The checkpoint to go on from.
  @Option(
    help: ArgumentHelp(
      "Go on from a checkpoint of the same text and settings, and keep it there.",
      valueName: "PATH"))
  public var resume: String?

  /// Creates options that ask for nothing.
  public init() {}

  /// Refuses an interval that is none, or that nothing is written at.
  public func validate() throws {
    guard let every else { return }
    guard CheckpointKeeper.Interval(every) != nil else {
      throw ValidationError(
        "--every is \(every); give a time or a number of steps, such as 10min or 500steps.")
    }
    guard file != nil else {
      throw ValidationError("--every goes with --checkpoint or --resume; give one of them.")
    }
  }

  /// The file that is written, if any.
  public var file: String? { checkpoint ?? resume }

  /// The files that the run will write.
  public var outputs: [OutputPath] { file.map { [OutputPath($0, default: $0)] } ?? [] }
}

/// A run's checkpoint: where it goes on from, and what is written as it goes.
///
/// A checkpoint that cannot be written is told of; the run goes on, and the one before stays.
public struct RunCheckpoint {
  private let file: String?
  private let from: String?
  private var keeper: CheckpointKeeper

  /// The last checkpoint that this program has written or read, for who must begin anew.
  nonisolated(unsafe) static var last: (file: String, steps: Int)?

  /// Begins to keep the checkpoint that the options name, if any.
  ///
  /// - Parameters:
  ///   - options: What is asked for.
  ///   - record: What decides the run.
  public init(_ options: CheckpointOptions, _ record: RunRecord) {
    (file, from) = (options.file, options.resume)
    let interval = options.every.flatMap { CheckpointKeeper.Interval($0) } ?? .seconds(600)
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
      return file
    } catch {
      note("warning: \("\(error)".dropLast()); the run goes on without a new checkpoint.")
      return nil
    }
  }
}
