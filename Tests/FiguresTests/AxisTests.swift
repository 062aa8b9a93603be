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
}
