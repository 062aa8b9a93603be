import Foundation

@testable import Figures

/// One drawing of every kind, with made-up numbers of the size that the chapters have.
enum SampleCharts {
  static let all: [(name: String, chart: any Chart)] = [
    ("loss", loss), ("bce", bce), ("growth", growth), ("spread", spread),
    ("counts", counts), ("map", map), ("cosines", cosines), ("engines", engines),
    ("seconds", seconds), ("crowd", crowd), ("runs", runs), ("tuning", tuning), ("band", band),
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

  static var spread: StripChart {
    StripChart(
      title: "Ten seeds, one program", x: Axis("loss after five epochs"),
      strips: [
        Strip(
          "running mean",
          values: [
            0.40994, 0.40938, 0.40962, 0.41021, 0.40987, 0.40955, 0.41043, 0.40991, 0.40979,
            0.41004,
          ])
      ],
      references: [
        Reference("published with MXNet, 0.407", at: 0.407),
        Reference("published with PyTorch, 0.410", at: 0.410),
      ])
  }

  static var counts: Panels {
    let ranks = (0...36).map { (pow(10, Double($0) * 0.1)).rounded() }
    let before = ranks.map { (50_770 / pow($0, 0.98)).rounded() }
    let after = before.map { min($0, ($0 * 88_000 / 1e4).squareRoot() * 3).rounded() }
    let noise = before.map { pow($0, 0.75) / 1.2e5 }
    return Panels(
      title: "What subsampling leaves, and what noise is drawn from", columns: 2,
      [
        LineChart(
          title: "", x: Axis("rank of the word", scale: .logarithmic),
          y: Axis("count", scale: .logarithmic),
          series: [
            Series("before", points: pairs(ranks, before), marks: .line),
            Series("after", points: pairs(ranks, after), marks: .line),
          ], names: .legend),
        LineChart(
          title: "", x: Axis("rank of the word", scale: .logarithmic),
          y: Axis("probability", scale: .logarithmic),
          series: [
            Series("of a noise word", points: pairs(ranks, noise), style: .green, marks: .line)
          ], names: .legend),
      ])
  }

  static var map: ScatterMap {
    let groups = [
      ["chip", "chips", "microprocessor", "intel", "mips", "workstations", "desktop", "laptop"],
      ["bank", "banks", "loan", "loans", "deposits", "thrift", "savings", "mortgage", "lender"],
      ["court", "judge", "appeals", "lawyers", "ruling", "justice", "jury", "attorney"],
      ["airline", "airlines", "flights", "jet", "pilots", "boeing", "carrier", "united"],
    ]
    let points = groups.enumerated().flatMap { group, words in
      words.enumerated().map { index, word in
        let angle = Double(group) * 1.6 + 0.4
        let (dx, dy) = (sin(Double(index * 7 + group)), cos(Double(index * 5 + group)))
        return LabelledPoint(
          word, x: 2 * cos(angle) + 0.7 * dx, y: 2 * sin(angle) + 0.6 * dy, group: group)
      }
    }
    return ScatterMap(
      title: "Related words sit together", x: Axis("first component"),
      y: Axis("second component"), groups: ["computers", "banks", "courts", "airlines"],
      points: points)
  }

  static var cosines: HeatMap {
    let words = [
      "chip", "microprocessor", "intel", "mips", "chips", "workstations", "desktop", "laptop",
      "memory", "processor", "ibm",
    ]
    let values = words.indices.map { i in
      words.indices.map { j in i == j ? 1 : 0.3 + 0.45 * cos(Double(i * j) + Double(i + j)) }
    }
    return HeatMap(
      title: "Cosines among the neighbours of chip", rows: words, columns: words, values: values)
  }

  static var engines: BarChart {
    BarChart(
      title: "Seconds for five epochs on the Penn Treebank",
      x: Axis("time (s), two threads", scale: .logarithmic),
      groups: ["others", "this package"],
      bars: [
        Bar("D2L on PyTorch", 135), Bar("reference engine", 98, group: 1),
        Bar("word2vec.c", 12.5), Bar("gensim 4.4", 4.9),
        Bar("fused engine", 2.31, group: 1),
      ], decimals: 1)
  }

  /// Bars from zero.
  static var seconds: BarChart {
    BarChart(
      title: "Seconds of training alone", x: Axis("time (s), two threads"),
      groups: ["others", "this package"],
      bars: [
        Bar("D2L on PyTorch", 135), Bar("word2vec.c", 12.5), Bar("gensim 4.4", 4.9),
        Bar("fused engine", 1.7, group: 1),
      ], decimals: 1)
  }

  /// Names that have no room beside their points, and a long axis title.
  static var crowd: ScatterMap {
    let points = (0..<20).map { index in
      LabelledPoint(
        "word \(index)", x: 0.4 * sin(Double(index)), y: 0.25 * cos(Double(3 * index)),
        group: index % 2)
    }
    return ScatterMap(
      title: "Every dot has its name", x: Axis("first component (16 %)", including: -1...1),
      y: Axis(
        "second principal component of the unit vectors of all words with their nearest "
          + "neighbours (13 % of the variance)", including: -1...1),
      groups: ["words", "neighbours"], points: points)
  }

  /// Four strips of about forty dots.
  static var runs: StripChart {
    func strip(_ name: String, _ count: Int, about mean: Double, spread: Double) -> Strip {
      Strip(
        name,
        values: (0..<count).map { index in
          let u = (Double(index) * 0.618).truncatingRemainder(dividingBy: 1) - 0.5
          return mean + spread * (u + 4 * u * u * u)
        })
    }
    return StripChart(
      title: "Published runs and this program's", x: Axis("loss after five epochs"),
      strips: [
        strip("MXNet, published", 37, about: 0.40773, spread: 0.0004),
        strip("MXNet, here", 40, about: 0.40772, spread: 0.0004),
        strip("PyTorch, published", 37, about: 0.41005, spread: 0.0006),
        strip("PyTorch, here", 40, about: 0.40995, spread: 0.0006),
      ])
  }

  /// Intervals on points, and marks at the values that were tried.
  static var tuning: Panels {
    func panel(_ name: String, _ tried: [Double], _ results: [Double]) -> LineChart {
      LineChart(
        title: "", x: Axis(name, scale: .logarithmic, ticks: tried), y: Axis("AUC"),
        series: [
          Series(
            name, points: pairs(tried, results),
            intervals: results.map { $0 - 0.012...$0 + 0.012 }, marks: .lineAndMarkers)
        ],
        references: [Reference("chapter", at: 0.670)])
    }
    return Panels(
      title: "One setting changed", columns: 2, rowHeight: 230,
      [
        panel("dimension", [25, 50, 100, 200], [0.662, 0.673, 0.670, 0.661]),
        panel(
          "learning rate", [0.0005, 0.001, 0.002, 0.004, 0.008],
          [0.625, 0.669, 0.670, 0.650, 0.636]),
        panel("window", [2, 3, 5, 8, 10], [0.660, 0.665, 0.670, 0.673, 0.674]),
        panel("vocabulary", [1000, 6719, 10_000, 100_000, 1e6], [0.66, 0.67, 0.67, 0.68, 0.69]),
      ])
  }

  /// A run within the band of others, with the ends of the epochs marked.
  static var band: LineChart {
    let epochs = (1...25).map { Double($0) / 5 }
    let means = epochs.map { 0.405 + 0.19 * exp(-1.1 * $0) + 0.002 * sin(9 * $0) }
    return LineChart(
      title: "A run within the published ones", x: Axis("epoch", including: 0...5),
      y: Axis("loss per example"),
      series: [Series("this run, since the start", points: pairs(epochs, means))],
      bands: [
        Band(
          "37 published runs", lower: pairs(epochs, means.map { $0 - 0.006 }),
          upper: pairs(epochs, means.map { $0 + 0.008 }))
      ],
      references: [Reference("published 0.410", at: 0.410)],
      uprights: (1...5).map { Reference("epoch \($0)", at: Double($0)) })
  }

  static func pairs(_ x: [Double], _ y: [Double]) -> [(x: Double, y: Double)] {
    zip(x, y).map { (x: $0, y: $1) }
  }
}
