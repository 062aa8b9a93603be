import D2L
import Figures
import Foundation

/// The seeds' losses beside those of the published runs; the table beside the figure has all that was
/// measured.
nonisolated struct SeedChart: Chart {
  /// The results of each tab.
  let ranges: [ExpectedRanges]
  private let strips: StripChart

  /// Draws the losses, with those that were published where they are of the same text.
  init(_ ranges: [ExpectedRanges], isPennTreebank: Bool) {
    self.ranges = ranges
    let rows = ranges.flatMap { range -> [Strip] in
      let tab = range.results[0].tab
      let ours = Strip(
        "\(tab.name), here", values: range.losses, labels: range.results.map { "\($0.seed)" })
      let published = Strip("\(tab.name), published", values: PublishedRuns(of: tab).finals)
      return isPennTreebank ? [ours, published] : [ours]
    }
    strips = StripChart(
      title: isPennTreebank
        ? "Both programs with \(ranges[0].results.count) seeds, beside the published runs"
        : "Both programs with \(ranges[0].results.count) seeds",
      x: Axis("mean loss of all examples, five epochs"), strips: rows,
      references: isPennTreebank
        ? Tab.allCases.map { tab in
          Reference(
            String(format: "the document, \(tab.name), %.3f", tab.documentLoss),
            at: tab.documentLoss)
        } : [])
  }

  var title: String { strips.title }
  var size: Size { strips.size }

  /// A row for each seed of each tab.
  var table: Table {
    Table(
      columns: ["tab", "seed", "loss", "last epoch", "first", "second", "third"],
      rows: ranges.flatMap(\.results).map { result in
        let losses = [result.loss, result.lastEpoch].map { String(format: "%.6f", $0) }
        return ["\(result.tab)", "\(result.seed)"] + losses + result.nearest
      })
  }

  func draw(on canvas: inout Canvas, in bounds: Rectangle) {
    strips.draw(on: &canvas, in: bounds)
  }

  /// What the chart shows, with its numbers.
  var sentence: String {
    let parts = ranges.map { range in
      String(
        format: "%@ from %.4f to %.4f, median %.4f", range.results[0].tab.name as NSString,
        range.losses.first ?? .nan, range.losses.last ?? .nan, median(range.losses))
    }
    return "The losses of \(ranges[0].results.count) seeds of each tab: "
      + parts.joined(separator: "; ") + "."
  }
}

/// What each change does to the loss, a dot for each seed.
nonisolated func changeChart(_ changes: [Change]) -> StripChart {
  StripChart(
    title: "What makes MXNet's loss lower",
    x: Axis("change of the loss against the PyTorch tab, same seed"),
    strips: changes.map { Strip($0.name, values: $0.differences) },
    references: [Reference("no change", at: 0)], decimals: 5)
}

/// What the changes do, with their numbers.
nonisolated func changeSentence(_ changes: [Change]) -> String {
  let parts = changes.map {
    String(format: "%@ %+.5f ± %.5f", $0.name as NSString, $0.difference, $0.halfWidth)
  }
  return "The change of the loss, mean of \(changes[0].differences.count) seeds: "
    + parts.joined(separator: "; ") + "."
}

nonisolated extension Tab {
  /// The framework's name as it is written.
  var name: String {
    switch self {
    case .pytorch: "PyTorch"
    case .mxnet: "MXNet"
    }
  }
}
