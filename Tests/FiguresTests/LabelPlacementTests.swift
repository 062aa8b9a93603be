import Testing

@testable import Figures

@Suite("Label placement") struct LabelPlacementTests {
  private let bounds = Rectangle(x: 0, y: 0, width: 400, height: 300)

  /// Points of a fixed scatter, dense enough that some labels find no place.
  private func scatter(_ count: Int) -> [Point] {
    (0..<count).map { Point(Double(($0 * 7919) % 380) + 10, Double(($0 * 104_729) % 280) + 10) }
  }

  @Test("lets no label touch another, a mark or the edge", arguments: [1, 10, 40, 150])
  func overlaps(count: Int) {
    let points = scatter(count)
    let labels = points.indices.map { String(repeating: "word", count: $0 % 3 + 1) }
    let placement = LabelPlacement(labels, at: points, size: 13, markRadius: 5, in: bounds)
    let boxes = placement.places.compactMap { $0?.box }
    #expect(placement.places.count == count)
    #expect(placement.dropped == count - boxes.count)
    for (index, box) in boxes.enumerated() {
      #expect(bounds.contains(box))
      #expect(!boxes[..<index].contains(where: box.overlaps))
      for point in points {
        #expect(!box.overlaps(Rectangle(x: point.x - 5, y: point.y - 5, width: 10, height: 10)))
      }
    }
    #expect(count < 150 ? placement.places[0] != nil : placement.dropped > 0)
  }

  @Test("keeps the first of labels that want one place, and counts the rest")
  func dropped() {
    let points = Array(repeating: Point(200, 150), count: 20)
    let labels = points.indices.map { "label \($0)" }
    let placement = LabelPlacement(labels, at: points, size: 13, markRadius: 5, in: bounds)
    #expect(placement.places[0]?.box.x == 207)
    #expect(placement.dropped > 10)
  }

  @Test("says in the map how many labels it left out")
  func note() throws {
    let points =
      (0..<60).map { LabelledPoint("word\($0)", x: Double($0 % 8) / 100, y: 0) }
      + [LabelledPoint("far", x: 9, y: 9)]
    let map = ScatterMap(
      title: "", x: Axis("x"), y: Axis("y"), groups: ["all"], points: points)
    let frame = map.frame(in: Rectangle(x: 16, y: 16, width: 608, height: 448))
    let dropped = map.labels(for: map.placed(in: frame), in: frame).dropped
    #expect(dropped > 0)
    let svg = try map.svg("map")
    #expect(svg.contains(">\(dropped) labels left out</text>"))
    #expect(svg.matches(of: />word\d+</).count == 60 - dropped)
    #expect(map.table.rows.count == 61)
  }

  @Test("spreads names apart in order, as little as it can")
  func spread() {
    #expect(spreadApart([50, 10, 100], by: 18, within: 0...200) == [50, 10, 100])
    #expect(spreadApart([50, 52], by: 18, within: 0...200) == [42, 60])
    #expect(spreadApart([52, 50], by: 18, within: 0...200) == [60, 42])
    #expect(spreadApart([0, 1, 2], by: 10, within: 0...200) == [0, 10, 20])
    #expect(spreadApart([199, 200], by: 18, within: 0...200) == [182, 200])
    #expect(spreadApart([], by: 18, within: 0...200) == [])
  }
}
