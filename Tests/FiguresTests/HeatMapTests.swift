import Testing

@testable import Figures

@Suite("Heat maps") struct HeatMapTests {
  @Test("deepen with the value, blue above zero, vermillion below, nothing at zero")
  func cells() throws {
    let map = HeatMap(
      title: "", rows: ["r", "s"], columns: ["a", "b", "c"],
      values: [[1, 0.5, 0], [-0.5, .nan, 1]])
    let svg = try map.svg("map")
    let drawn = svg.matches(of: /class="(blue|vermillion)" fill-opacity="([\d.]+)"/)
      .map { "\($0.1) \($0.2)" }
    #expect(drawn == ["blue 0.6", "blue 0.3", "vermillion 0.3", "blue 0.6"])
    for value in ["1.00", "0.50", "0.00", "−0.50", "–"] {
      #expect(svg.contains(">\(value)</text>"))
    }
    #expect(map.table.rows[3] == ["s", "a", "-0.5"])
  }

  @Test("of a shape that is not the names' is the caller's mistake")
  func shape() async {
    await #expect(processExitsWith: .failure) {
      _ = HeatMap(title: "", rows: ["r"], columns: ["a", "b"], values: [[1]])
    }
  }
}
