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
}
