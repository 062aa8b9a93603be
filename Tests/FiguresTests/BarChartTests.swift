import Testing

@testable import Figures

@Suite("Bar charts") struct BarChartTests {
  /// Left edge and length of each bar of a colour.
  private func bars(_ ink: Ink, in svg: String) -> [(left: Double, length: Double)] {
    svg.matches(of: /class="([a-z]+)" d="M ([\d.]+) ([\d.]+) L ([\d.]+)\s/)
      .filter { $0.1 == "\(ink)" }
      .map { (Double($0.2) ?? .nan, (Double($0.4) ?? .nan) - (Double($0.2) ?? .nan)) }
  }

  @Test("draw lengths in proportion from zero, on either side")
  func linear() throws {
    let chart = BarChart(
      title: "", x: Axis("x"), bars: [Bar("a", 10), Bar("b", 20), Bar("c", -10), Bar("d", 0)])
    let drawn = bars(.blue, in: try chart.svg("bars"))
    try #require(drawn.count >= 3)
    #expect(abs(drawn[1].length - 2 * drawn[0].length) < 0.1)
    #expect(drawn[0].left == drawn[1].left)
    #expect(abs(drawn[2].left + drawn[2].length - drawn[0].left) < 0.1)
    #expect(abs(drawn[2].length - drawn[0].length) < 0.1)
  }

  @Test("on a logarithmic axis grow by one length for each factor")
  func logarithmic() throws {
    let chart = BarChart(
      title: "", x: Axis("x", scale: .logarithmic), groups: ["peer", "own"],
      bars: [Bar("a", 2), Bar("b", 20), Bar("c", 200), Bar("d", 2, group: 1)])
    let drawn = bars(.blue, in: try chart.svg("bars")).dropFirst()  // after the legend's square
    let lengths = drawn.map(\.length)
    try #require(lengths.count == 3)
    #expect(abs(lengths[2] - 2 * lengths[1] + lengths[0]) < 0.1)
    #expect(lengths[0] > 0)
    #expect(chart.table.rows[3] == ["d", "own", "2.0"])
  }
}
