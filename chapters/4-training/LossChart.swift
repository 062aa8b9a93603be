import D2L
import Figures
import Foundation
import Word2Vec

/// The loss curve, the document's running mean and each interval's own; for a run of the document's
/// program below it how far the running mean is from that of the published runs.
func lossChart(_ run: TrainingRun) -> any Chart {
  let (history, tab) = (run.history, run.program.settings.tab)
  let epochs = max(1, history.epochMeans.count)
  let ends = (0...epochs).map(Double.init)
  let axis = Axis("epoch", including: 0...Double(epochs), ticks: epochs <= 12 ? ends : nil)
  let title = "Mean loss of an example, \(tab == .mxnet ? "MXNet" : "PyTorch") tab"
  func curves(_ title: String) -> LineChart {
    let document = Reference(
      String(format: "document %.3f", tab.documentLoss), at: tab.documentLoss)
    return LineChart(
      title: title, x: axis, y: Axis("loss"),
      series: [
        Series("since the start", points: history.points.map { (x: $0.epoch, y: $0.runningMean) }),
        Series("of the interval", points: history.points.map { (x: $0.epoch, y: $0.intervalMean) }),
      ],
      references: run.isTheDocuments ? [document] : [])
  }
  guard run.isTheDocuments else { return curves(title) }
  return Panels(
    title: title, columns: 1, rowHeight: 330,
    [curves(""), distanceChart(history, from: PublishedRuns(of: tab), x: axis)])
}

/// The running mean less the mean of the published runs', in the band of these.
private func distanceChart(
  _ history: TrainingHistory, from published: PublishedRuns, x: Axis
) -> LineChart {
  // Four within each epoch and its end; where minibatches are left over there is a fifth within.
  let points = history.epochMeans.indices.flatMap { epoch in
    let own = history.points.filter { (0..<1).contains($0.epoch - Double(epoch) - 1e-9) }
    return own.prefix(4) + own.suffix(1)
  }
  let marks = Array(zip(published.marks, points))
  return LineChart(
    title: "", x: x, y: Axis("loss since the start, less the published mean"),
    series: [Series("this run", points: marks.map { (x: $1.epoch, y: $1.runningMean - $0.mean) })],
    bands: [
      Band(
        "the \(published.count) published runs",
        lower: marks.map { (x: $1.epoch, y: $0.least - $0.mean) },
        upper: marks.map { (x: $1.epoch, y: $0.greatest - $0.mean) })
    ], references: [Reference("published", at: 0)])
}

/// What the figure shows, in a sentence with its numbers.
func lossSentence(_ run: TrainingRun) -> String {
  let (history, published) = (run.history, PublishedRuns(of: run.program.settings.tab))
  let first = history.points.first?.intervalMean ?? .nan
  let last = history.points.last?.intervalMean ?? .nan
  let curves = String(
    format: "The mean loss of an interval falls from %.3f to %.3f over %d epochs; "
      + "the mean since the start, which the document plots, ends at %.3f", first, last,
    history.epochMeans.count, history.finalLoss)
  guard run.isTheDocuments, let end = published.marks.last else { return curves + "." }
  return curves
    + String(
      format: ", where the %d published runs end between %.4f and %.4f.", published.count,
      end.least, end.greatest)
}
