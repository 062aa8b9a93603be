import Testing

@testable import Figures

@Suite("Line charts") struct LineChartTests {
  /// The corners of the first line of a colour, in points.
  private func line(_ ink: Ink, in svg: String) -> [Point] {
    let path = svg.matches(of: /class="([a-z]*)-line"[^>]* d="M ([^"]*)"/)
      .last { $0.1 == "\(ink)" }
    return (path.map { String($0.2) } ?? "").split(separator: " L ").map { pair in
      let numbers = pair.split(separator: " ").compactMap { Double($0) }
      return Point(numbers[0], numbers[1])
    }
  }

  /// Labels at one side of the plot with their positions: where the ticks are.
  private func ticks(_ svg: String) -> [(text: String, x: Double, y: Double)] {
    svg.matches(of: /<text class="muted" x="([\d.]+)" y="([\d.]+)" font-size="13"[^>]*>([^<]*)</)
      .map { (String($0.3), Double($0.1) ?? .nan, Double($0.2) ?? .nan) }
  }

  @Test("draw the numbers of their CSV, read back by their own ticks")
  func drawnNumbers() throws {
    let svg = try SampleCharts.loss.svg("loss")
    let rows = SampleCharts.loss.table.rows.filter { $0[0] == "running mean, as published" }
    let corners = line(.blue, in: svg)
    try #require(corners.count == rows.count && corners.count == 25)
    let all = ticks(svg)
    let x0 = try #require(all.first { $0.text == "0" }).x
    let x5 = try #require(all.first { $0.text == "5" }).x
    let low = try #require(all.first { $0.text == "0.35" }).y - 4.5
    let high = try #require(all.first { $0.text == "0.55" }).y - 4.5
    for (corner, row) in zip(corners, rows) {
      // Half a pixel of the ticks' hairlines, in units of the data.
      let (x, y) = (try #require(Double(row[1])), try #require(Double(row[2])))
      #expect(abs((corner.x - x0) / (x5 - x0) * 5 - x) < 0.01)
      #expect(abs(0.35 + (corner.y - low) / (high - low) * 0.2 - y) < 0.0008)
    }
  }

  @Test("break a line where a value cannot be shown, and keep it in the CSV")
  func gaps() throws {
    let points: [(x: Double, y: Double)] = [
      (0, 1), (1, 2), (2, .nan), (3, 2), (4, -.infinity), (5, 1), (6, 2),
    ]
    let chart = LineChart(
      title: "", x: Axis("x"), y: Axis("y"), series: [Series("s", points: points)])
    #expect(try chart.svg("s").matches(of: /class="blue-line"/).count == 2)
    #expect(try chart.svg("s").matches(of: /class="blue" d/).count == 5)
    #expect(chart.table.rows[2] == ["s", "2.0", "nan"])
  }

  @Test("skip zero and less on a logarithmic axis")
  func logarithmic() throws {
    let points: [(x: Double, y: Double)] = [(1, 10), (10, 100), (100, 0), (1000, -5)]
    let chart = LineChart(
      title: "", x: Axis("x", scale: .logarithmic), y: Axis("y", scale: .logarithmic),
      series: [Series("s", points: points)])
    let corners = line(.blue, in: try chart.svg("s"))
    #expect(corners.count == 2)
  }

  @Test("name series at their ends where names are short, else in a legend")
  func names() throws {
    func chart(_ first: String, _ second: String) -> LineChart {
      LineChart(
        title: "", x: Axis("x"), y: Axis("y"),
        series: [first, second].map { Series($0, points: [(0, 1), (1, 2)]) })
    }
    let atEnds = try chart("fused", "gensim").svg("s")
    #expect(atEnds.matches(of: /class="blue-line"/).count == 1)
    let legend = try chart("a name that is rather long", "gensim").svg("s")
    #expect(legend.matches(of: /class="blue-line"/).count == 2)
    // Both lines end at one place; their names stand apart.
    let levels = atEnds.matches(of: /y="([\d.]+)" font-size="14">(fused|gensim)</)
      .compactMap { Double($0.1) }
    try #require(levels.count == 2)
    #expect(abs(levels[0] - levels[1]) >= 18)
  }

  @Test("draw steps level to the next point, then upright")
  func steps() throws {
    let chart = LineChart(
      title: "", x: Axis("x"), y: Axis("y"),
      series: [Series("s", points: [(0, 1), (1, 3), (2, 2)], marks: .steps)])
    let corners = line(.blue, in: try chart.svg("s"))
    try #require(corners.count == 5)
    #expect(corners[0].y == corners[1].y && corners[1].x == corners[2].x)
    #expect(corners[2].y == corners[3].y && corners[3].x == corners[4].x)
  }

  @Test("shade a band behind the lines and name it in the legend")
  func bands() throws {
    let band = Band(
      "published runs", lower: [(0, 1), (1, 0.5), (2, .nan)], upper: [(0, 2), (1, 1.5)])
    let chart = LineChart(
      title: "", x: Axis("x"), y: Axis("y"), series: [Series("s", points: [(0, 1.2), (1, 0.8)])],
      bands: [band])
    let svg = try chart.svg("s")
    let shapes = svg.matches(of: /class="muted" fill-opacity="0.22" d="([^"]*)"/).map(\.1)
    try #require(shapes.count == 2)  // the legend's square, the band
    #expect(shapes[1].split(separator: " L ").count == 4)
    let shaded = try #require(svg.range(of: shapes[1]))
    let line = try #require(svg.ranges(of: #"class="blue-line""#).last)
    #expect(shaded.upperBound < line.lowerBound)
    #expect(svg.contains(">published runs</text>") && svg.contains(">s</text>"))
    #expect(chart.table.rows[2] == ["published runs, lower", "0.0", "1.0"])
    #expect(chart.table.rows[5] == ["published runs, upper", "0.0", "2.0"])
    #expect(chart.table.rows.count == 7)
  }

  @Test("draw the interval of each point, and make room for it")
  func intervals() throws {
    let chart = LineChart(
      title: "", x: Axis("x"), y: Axis("y"),
      series: [
        Series("a", points: [(0, 1), (1, 2)], intervals: [0.5...1.5, 1...4]),
        Series("b", points: [(0, 1)]),
      ])
    let svg = try chart.svg("s")
    let bars = svg.matches(of: /class="blue-line" fill="none" stroke-width="1.5"/)
    #expect(bars.count == 6)
    #expect(ticks(svg).contains { $0.text.hasPrefix("4") })
    #expect(chart.table.columns == ["series", "x", "y", "lower", "upper"])
    #expect(chart.table.rows[1] == ["a", "1.0", "2.0", "1.0", "4.0"])
    #expect(chart.table.rows[2] == ["b", "0.0", "1.0", "", ""])
  }

  @Test("of intervals that are not the points' are the caller's mistake")
  func intervalCount() async {
    await #expect(processExitsWith: .failure) {
      _ = Series("a", points: [(0, 1)], intervals: [])
    }
  }

  @Test("name upright lines above the plot, in as many lines of text as they need")
  func uprights() throws {
    func levels(_ values: [Double]) throws -> [Double] {
      let chart = LineChart(
        title: "", x: Axis("epoch", including: 0...5), y: Axis("loss"),
        series: [Series("s", points: [(0, 1), (5, 2)])],
        uprights: values.map { Reference("epoch \($0)", at: $0) })
      #expect(chart.table.rows.last == ["epoch \(values.last ?? 0)", "\(values.last ?? 0)", ""])
      return try chart.svg("s").matches(
        of: /y="([\d.]+)" font-size="13" text-anchor="middle">epoch/
      )
      .compactMap { Double($0.1) }
    }
    #expect(Set(try levels([1, 2, 3, 4, 5])).count == 1)
    let crowded = try levels([1, 1.1, 1.2, 4])
    #expect(crowded[0] - crowded[1] == 18 && crowded[1] - crowded[2] == 18)
    #expect(crowded[3] == crowded[0])
  }

  @Test("of five series are the caller's mistake")
  func tooMany() async {
    await #expect(processExitsWith: .failure) {
      _ = LineChart(
        title: "", x: Axis("x"), y: Axis("y"),
        series: (0..<5).map { Series("\($0)", points: []) })
    }
  }
}
