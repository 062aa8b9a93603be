import D2L
import Figures
import Foundation
import Word2Vec

/// The loss curve: the document's running mean and each interval's own; for a run of the document's
/// the loss that it prints and the band of the published runs.
func lossChart(_ run: TrainingRun) -> LineChart {
  let (history, tab) = (run.history, run.program.settings.tab)
  let epochs = max(1, history.epochMeans.count)
  let marks = run.isTheDocuments ? PublishedRuns(of: tab).marks : []
  let band = Band(
    "since the start, published runs", lower: marks.map { (x: $0.epoch, y: $0.least) },
    upper: marks.map { (x: $0.epoch, y: $0.greatest) })
  let document = Reference(String(format: "document %.3f", tab.documentLoss), at: tab.documentLoss)
  return LineChart(
    title: "Mean loss of an example",
    x: Axis("epoch", including: 0...Double(epochs), ticks: (0...epochs).map(Double.init)),
    y: Axis("loss"),
    series: [
      Series("since the start", points: history.points.map { (x: $0.epoch, y: $0.runningMean) }),
      Series("of the interval", points: history.points.map { (x: $0.epoch, y: $0.intervalMean) }),
    ],
    bands: marks.isEmpty ? [] : [band], references: run.isTheDocuments ? [document] : [])
}

/// What the figure shows, in a sentence with its numbers.
func lossSentence(_ history: TrainingHistory) -> String {
  let first = history.points.first?.intervalMean ?? .nan
  let last = history.points.last?.intervalMean ?? .nan
  return String(
    format: "The mean loss of an interval falls from %.3f to %.3f over %d epochs; "
      + "the mean since the start, which the document plots, ends at %.3f.",
    first, last, history.epochMeans.count, history.finalLoss)
}
