import Testing

@testable import Figures

@Suite("Axes") struct AxisTests {
  private func placed(_ axis: Axis, _ data: [Double]) -> PlacedAxis {
    PlacedAxis(axis: axis, ticks: axis.ticks(covering: data, about: 5), start: 0, end: 200)
  }

  @Test("place values in proportion, or in proportion to their logarithms")
  func positions() throws {
    let linear = placed(Axis("x"), [0, 100])
    #expect(linear.position(0) == 0 && linear.position(25) == 50 && linear.position(100) == 200)
    let logarithmic = placed(Axis("x", scale: .logarithmic), [1, 10_000])
    #expect(logarithmic.position(1) == 0 && logarithmic.position(100) == 100)
    #expect(logarithmic.position(0) == nil && linear.position(.nan) == nil)
  }

  @Test("show the range that is asked for, and data beyond it")
  func ranges() {
    #expect(Axis("epoch", including: 0...5).ticks(covering: [0.2, 4], about: 5).upper == 5)
    #expect(Axis("epoch", including: 0...5).ticks(covering: [0.2, 8], about: 5).upper == 8)
    #expect(Axis("x").ticks(covering: [], about: 5).labels.first == "0.0")
  }

  @Test("mark the values that are given, in short form, and end at data and ticks")
  func givenTicks() {
    let rates = Axis("rate", scale: .logarithmic, ticks: [0.004, 0.0005, 0.001, 0.001])
    let ticks = rates.ticks(covering: [0.0005, 0.008], about: 5)
    #expect(ticks.labels == ["0.0005", "0.001", "0.004"])
    #expect(ticks.lower == 0.0005 && ticks.upper == 0.008)
    let counts = Axis("n", scale: .logarithmic, ticks: [25, 2e5, 1e6, 2.5e7, 3e-5, 0, .nan])
    #expect(
      counts.ticks(covering: [], about: 5).labels == ["3×10⁻⁵", "25", "2×10⁵", "10⁶", "2.5×10⁷"])
    #expect(
      Axis("x", ticks: [-2.5, 0, 3]).ticks(covering: [], about: 5).labels == ["−2.5", "0", "3"])
    let single = Axis("x", ticks: [5]).ticks(covering: [5], about: 5)
    #expect(single.lower < 5 && single.upper > 5)
  }

  @Test("leave out labels that would touch, the outermost last")
  func crowded() throws {
    let values = [50.0, 100, 150, 200, 250, 299, 300]
    let chart = LineChart(
      title: "", x: Axis("dimension", scale: .logarithmic, ticks: values), y: Axis("y"),
      series: [Series("s", points: values.map { ($0, $0) })], size: Size(width: 320, height: 240))
    let svg = try chart.svg("s")
    let labels = svg.matches(of: /text-anchor="middle">(\d+)</).map { Int($0.1) ?? 0 }
    #expect(labels == [50, 100, 150, 200, 300])
  }

  @Test("break long titles into lines inside the figure")
  func longTitles() throws {
    let words = Array(repeating: "component", count: 12).joined(separator: " ")
    let chart = LineChart(
      title: "", x: Axis(words), y: Axis("second " + words),
      series: [Series("s", points: [(0, 1), (1, 2)])], size: Size(width: 300, height: 400))
    let svg = try chart.svg("s")
    let lines = svg.matches(
      of: /x="([\d.]+)" y="([\d.]+)" font-size="14"( text-anchor="middle")?>([a-z ]+)</)
    #expect(lines.map { $0.4 }.joined(separator: " ") == "second " + words + " " + words)
    for line in lines {
      let (x, y) = (try #require(Double(line.1)), try #require(Double(line.2)))
      let width = TextMetrics.width(String(line.4))
      let left = line.3 == nil ? x : x - width / 2
      #expect(left >= 15.99 && left + width <= 284.01 && y <= 400)
    }
  }
}
