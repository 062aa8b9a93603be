import D2L
import Figures
import Foundation
import Word2Vec

/// The AUC against each setting that was changed alone, a panel for each; the chapter's level is a
/// dashed line.
func tuningChart(_ outcomes: [Outcome], chapter: Outcome) -> Panels {
  var names: [String] = []
  for outcome in outcomes where !names.contains(outcome.trial.setting) {
    names.append(outcome.trial.setting)
  }
  let all = (outcomes + [chapter]).flatMap { [$0.auc - $0.halfWidth, $0.auc + $0.halfWidth] }
  let range = (all.min() ?? 0)...(all.max() ?? 1)
  let panels = names.map { name in
    var tried = outcomes.filter { $0.trial.setting == name }
      .compactMap { outcome in outcome.trial.value.map { (x: $0, outcome: outcome) } }
    if let value = documentValue(of: name) { tried.append((x: value, outcome: chapter)) }
    tried.sort { $0.x < $1.x }
    let intervals = tried.map { _, outcome in
      rounded(outcome.auc - outcome.halfWidth)...rounded(outcome.auc + outcome.halfWidth)
    }
    return LineChart(
      title: "", x: Axis(name, scale: .logarithmic, ticks: tried.map(\.x)),
      y: Axis("AUC", including: range),
      series: [
        Series(
          name, points: tried.map { (x: $0.x, y: rounded($0.outcome.auc)) }, intervals: intervals,
          marks: .lineAndMarkers)
      ],
      references: [Reference("chapter", at: rounded(chapter.auc))])
  }
  return Panels(
    title: "One setting changed, the others as in the chapter", columns: 2, rowHeight: 230, panels)
}

/// The document's value of a setting that is changed alone.
private func documentValue(of setting: String) -> Double? {
  let document = TrainingSettings()
  return switch setting {
  case "learning rate": document.learningRate
  case "window": Double(document.maxWindow)
  case "noise words": Double(document.noiseWordsPerContext)
  case "dimension": Double(document.dimension)
  case "epochs": Double(document.epochs)
  default: nil
  }
}

/// Which setting alone does most, and which does most harm.
func tuningSentence(_ outcomes: [Outcome], chapter: Outcome) -> String {
  let sorted = outcomes.sorted { $0.auc < $1.auc }
  guard let worst = sorted.first, let best = sorted.last else { return "Nothing was tried." }
  return String(
    format: "The chapter's settings reach an AUC of %.3f on held-out text. Changed alone, %@ "
      + "does best with %.3f and %@ worst with %.3f; the 95 %% interval of one is about ± %.3f.",
    chapter.auc, best.trial.name as NSString, best.auc, worst.trial.name as NSString, worst.auc,
    chapter.halfWidth)
}

/// The loss in training and on held-out text, epoch by epoch, of fixed and of resampled examples.
func resamplingChart(fixed: Course, resampled: Course) -> LineChart {
  func line(_ name: String, _ course: Course, _ value: (Course.Epoch) -> Double) -> Series {
    Series(
      name,
      points: course.epochs.enumerated().map {
        (x: Double($0.offset + 1), y: rounded(value($0.element)))
      },
      marks: .lineAndMarkers)
  }
  return LineChart(
    title: "Fixed examples are learnt by heart",
    x: Axis("epoch", including: 1...Double(fixed.epochs.count)), y: Axis("loss of an example"),
    series: [
      line("fixed, in training", fixed) { $0.trainingLoss },
      line("fixed, held out", fixed) { $0.heldOut.loss },
      line("resampled, in training", resampled) { $0.trainingLoss },
      line("resampled, held out", resampled) { $0.heldOut.loss },
    ], names: .legend, size: Size(width: 640, height: 440))
}

/// How the four curves end.
func resamplingSentence(fixed: Course, resampled: Course) -> String {
  String(
    format: "After %d epochs the loss of fixed examples is %.3f in training and %.3f on held-out "
      + "text; that of resampled ones is %.3f and %.3f.", fixed.epochs.count,
    fixed.last.trainingLoss, fixed.last.heldOut.loss, resampled.last.trainingLoss,
    resampled.last.heldOut.loss)
}

/// Five decimals.
private func rounded(_ value: Double) -> Double { (value * 1e5).rounded() / 1e5 }
