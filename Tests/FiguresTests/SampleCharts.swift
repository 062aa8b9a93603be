import Foundation

@testable import Figures

/// One drawing of every kind, with made-up numbers of the size that the chapters have.
enum SampleCharts {
  static let all: [(name: String, chart: any Chart)] = [
    ("loss", loss), ("bce", bce), ("growth", growth),
  ]

  static var loss: LineChart {
    let epochs = (1...25).map { Double($0) / 5 }
    let interval = epochs.map { 0.375 + 0.19 * exp(-1.9 * $0) + 0.004 * sin(9 * $0) }
    var sum = 0.0
    let running = interval.enumerated().map { index, value in
      sum += value
      return sum / Double(index + 1)
    }
    return LineChart(
      title: "The loss while training",
      x: Axis("epoch", including: 0...5), y: Axis("loss per example"),
      series: [
        Series("running mean, as published", points: pairs(epochs, running)),
        Series("mean of each fifth of an epoch", points: pairs(epochs, interval)),
      ],
      references: [Reference("published 0.410", at: 0.410)])
  }

  static var bce: Panels {
    let logits = (-60...60).map { Double($0) / 10 }
    func curve(_ name: String, _ f: (Double) -> Double) -> Series {
      Series(name, points: pairs(logits, logits.map(f)))
    }
    func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
    return Panels(
      title: "A wrong and certain answer costs most",
      columns: 2,
      [
        LineChart(
          title: "", x: Axis("logit"), y: Axis("loss"),
          series: [
            curve("label 1") { softplus(-$0) }, curve("label 0") { softplus($0) },
          ], names: .legend),
        LineChart(
          title: "", x: Axis("logit"), y: Axis("gradient"),
          series: [
            curve("label 1") { -1 / (1 + exp($0)) }, curve("label 0") { 1 / (1 + exp(-$0)) },
          ], names: .legend),
      ])
  }

  static var growth: LineChart {
    let tokens = [1e5, 3e5, 1e6, 3e6, 1e7]
    return LineChart(
      title: "Time for an epoch against the size of the corpus",
      x: Axis("tokens", scale: .logarithmic), y: Axis("time (s)", scale: .logarithmic),
      series: [
        Series("reference", points: pairs(tokens, tokens.map { 3e-5 * $0 })),
        Series("fused", points: pairs(tokens, tokens.map { 9e-7 * $0 + 0.01 })),
        Series("gensim", points: pairs(tokens, tokens.map { 1.1e-6 * $0 + 0.2 })),
        Series("word2vec.c", points: pairs(tokens, tokens.map { 6e-6 * $0 })),
      ])
  }

  static func pairs(_ x: [Double], _ y: [Double]) -> [(x: Double, y: Double)] {
    zip(x, y).map { (x: $0, y: $1) }
  }
}
