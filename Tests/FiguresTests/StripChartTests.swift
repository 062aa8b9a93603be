import Testing

@testable import Figures

@Suite("Strip charts") struct StripChartTests {
  @Test("take the middle value as the median")
  func median() {
    #expect(Strip("odd", values: [3, 1, 2]).median == 2)
    #expect(Strip("even", values: [4, 1, 3, 2]).median == 2.5)
    #expect(Strip("none", values: [.nan]).median == nil)
  }

  @Test("stack dots that would overlap, never moving them sideways")
  func stacked() {
    let positions = [100.0, 104, 101, 150, 158, 102]
    let (places, fit) = StripChart.stacked(positions, about: 50, radius: 4.5)
    #expect(fit)
    #expect(places.map(\.x) == positions.sorted())
    for (index, a) in places.enumerated() {
      for b in places[..<index] {
        #expect(((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot() >= 10)
      }
    }
    #expect(places[4].y == 50)
    #expect(!StripChart.stacked(Array(repeating: 100, count: 6), about: 50, radius: 4.5).fit)
    #expect(StripChart.stacked(Array(repeating: 100, count: 6), about: 50, radius: 3.5).fit)
  }

  @Test("make all dots smaller where many would overlap")
  func radius() throws {
    // A square, the second strip's marker, is 1.8 radii wide.
    func width(_ svg: String) -> Double? {
      svg.firstMatch(of: /class="vermillion" d="M ([\d.]+) [\d.]+ L ([\d.]+)\s/)
        .flatMap { match in Double(match.1).flatMap { a in Double(match.2).map { $0 - a } } }
    }
    func chart(_ count: Int) throws -> String {
      try StripChart(
        title: "", x: Axis("loss"),
        strips: [
          Strip("many", values: Array(repeating: 5, count: count)), Strip("two", values: [0, 10]),
        ]
      ).svg("s")
    }
    let widths = try [5, 7, 9, 40].map { try width(chart($0)) ?? 0 }
    #expect(zip(widths, [8.1, 6.3, 4.5, 3.6]).allSatisfy { abs($0 - $1) < 0.02 })
  }

  @Test("write the median where no reference line crosses it", arguments: [0.4098, 0.4100])
  func medianName(level: Double) throws {
    let chart = StripChart(
      title: "", x: Axis("loss"), strips: [Strip("own", values: [0.409, 0.4099, 0.411])],
      references: [Reference("published", at: level)])
    let anchor = level < 0.4099 ? "" : #" text-anchor="end""#
    #expect(try chart.svg("s").contains(#"font-size="13"\#(anchor)>median 0.4099</text>"#))
  }

  @Test("leave a gap for a median that reference lines cross wherever it stands")
  func crossedMedian() throws {
    func gaps(_ levels: [Double]) throws -> Int {
      let chart = StripChart(
        title: "", x: Axis("loss"), strips: [Strip("own", values: [0.409, 0.4099, 0.411])],
        references: levels.map { Reference("\($0)", at: $0) })
      return try chart.svg("s").components(separatedBy: #"class="panel""#).count - 1
    }
    #expect(try gaps([0.4098, 0.41]) == gaps([0.41]) + 1)
  }

  @Test("write values, medians and references to the CSV")
  func table() {
    let chart = StripChart(
      title: "", x: Axis("loss"),
      strips: [Strip("own", values: [0.41, 0.42], labels: ["0", "1"])],
      references: [Reference("published", at: 0.407)])
    #expect(
      chart.table.csv == """
        kind,label,loss
        own,0,0.41
        own,1,0.42
        own,median,0.415
        published,,0.407

        """)
  }
}
