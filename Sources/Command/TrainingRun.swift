import Foundation
import ProgramSupport
import Word2Vec

/// A training run that shows how far it is and that Ctrl-C stops between two steps.
final class TrainingRun {
  let training: TextTraining
  /// The steps made.
  private(set) var stepCount = 0
  /// How much of the run is done.
  private(set) var fraction = 0.0
  /// How much was done before the last step.
  private var fractionBefore = 0.0
  /// The words of the text that this program has gone through.
  private(set) var words = 0
  private(set) var seconds = 0.0
  /// The sum of the last steps' mean losses, and how many they are.
  private var last = (sum: 0.0, count: 0)

  /// The vectors so far, where the text could not be read on.
  private(set) var rescued: WordVectors?

  /// What is asked of the run's checkpoint.
  private let options: CheckpointOptions
  /// The last checkpoint that was written or gone on from, and its steps.
  private var kept: (file: String, steps: Int)?
  private var warning = RepeatedWarning()

  /// Takes a run and what is asked of its checkpoint.
  init(_ training: TextTraining, _ options: CheckpointOptions) {
    (self.training, self.options) = (training, options)
  }

  /// Whether the run was stopped before its end.
  var isStopped: Bool { fraction < 1 }

  /// The mean loss of an example over the last tenth of the run.
  var loss: Double { last.count > 0 ? last.sum / Double(last.count) : .nan }

  /// Trains.
  ///
  /// - Parameter isQuiet: Whether to show no progress on a terminal either.
  /// - Returns: The vectors, of a run that was stopped those so far.
  /// - Throws: `TrainingError`; `RunError.notFinite` where there is a checkpoint of before.
  func train(isQuiet: Bool) throws -> WordVectors {
    let epochs = training.choices.epochs
    var bar: ProgressBar?
    var isForecast = false
    Interruption.watch()
    let vectors = try run { progress in
      (stepCount, fractionBefore, fraction) = (progress.step, fraction, progress.fraction)
      (words, seconds) = (progress.words - progress.wordsBefore, progress.seconds)
      if fraction > 0.9 { last = (last.sum + progress.loss, last.count + 1) }
      // How much of the run another program has made.
      let before = fraction * Double(progress.wordsBefore) / Double(max(1, progress.words))
      if !isForecast, seconds > 1, fraction > before {
        isForecast = true
        let all = seconds / (fraction - before) * (1 - before)
        note(
          String(format: "time: about %.0f s \(before > 0 ? "more" : "in all")", all.rounded(.up)))
      }
      if bar == nil { bar = ProgressBar(isQuiet: isQuiet, before: before) }
      bar?.update(progress.fraction) { seconds in
        String(
          format: "epoch %d/%d  loss %.3f  %.0f words/s", progress.epoch, epochs, progress.loss,
          Double(progress.words - progress.wordsBefore) / seconds)
      }
      return !Interruption.isRequested
    }
    bar?.end()
    note(
      String(
        format: "trained in %.1f s: %.0f words/s of the text, loss %.3f", seconds,
        Double(words) / seconds, loss))
    return vectors
  }

  private func run(_ progress: (TextTraining.Progress) -> Bool) throws -> WordVectors {
    var keeping = TextTraining.Keeping()
    (keeping.file, keeping.from) = (options.file, options.resume)
    keeping.interval = options.interval(
      seconds: CheckpointKeeper.Interval.seconds, steps: CheckpointKeeper.Interval.steps)
    keeping.success = { [self] steps in
      let isRead = kept == nil && options.resume != nil
      kept = (isRead ? options.resume : options.file).map { ($0, steps) }
      warning.end()
    }
    keeping.rescue = { [self] vectors, _ in
      rescued = vectors
      fraction = fractionBefore  // the last step was not the run's last
    }
    keeping.failure = { [self] error in
      warning("\(visible(String("\(error)".dropLast()))); the run goes on without it.")
    }
    do throws(TrainingError) {
      return try training.run(keeping: keeping, progress: progress)
    } catch {
      guard case .notFinite = error, let kept else { throw error }
      throw RunError.notFinite(error, checkpoint: kept.file, steps: kept.steps)
    }
  }

  /// The end of a sentence about a run that is stopped: what goes on from where.
  var advice: String {
    guard let kept else { return "" }
    return "; --resume \(kept.file) goes on from "
      + (kept.steps == stepCount ? "there" : "step \(kept.steps)")
  }
}

/// Why a run cannot begin.
enum RunError: Error, CustomStringConvertible {
  case dimension(asked: Int, initial: Int)
  case tooLarge(needed: Double, available: AvailableMemory, advice: String)
  case notFinite(TrainingError, checkpoint: String, steps: Int)

  var description: String {
    switch self {
    case .dimension(let asked, let initial):
      "--dimension is \(asked) and the vectors of --init have \(initial) numbers; leave one out."
    case .tooLarge(let needed, let available, let advice):
      "\(available.shortage(needed)); \(advice)."
    case .notFinite(let error, let file, let steps):
      "\(error) The last good checkpoint is \(file), after step \(steps)."
    }
  }
}
