import D2L
import Figures
import Foundation
import Word2Vec

/// The loss curve: the document's running mean, each interval's own mean, the published number.
func lossChart(_ history: TrainingHistory, tab: Tab) -> LineChart {
  let published =
    tab == .pytorch
    ? Reference("published 0.410", at: 0.410) : Reference("published 0.407", at: 0.407)
  let epochs = Double(history.epochMeans.count)
  return LineChart(
    title: "Mean loss of an example",
    x: Axis("epoch", including: 0...max(1, epochs)), y: Axis("loss"),
    series: [
      Series("since the start", points: history.points.map { (x: $0.epoch, y: $0.runningMean) }),
      Series("of the interval", points: history.points.map { (x: $0.epoch, y: $0.intervalMean) }),
    ],
    references: [published])
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
