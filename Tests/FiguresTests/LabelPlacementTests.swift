import Testing

@testable import Figures

@Suite("Label placement") struct LabelPlacementTests {
  private let bounds = Rectangle(x: 0, y: 0, width: 400, height: 300)

  /// Points of a fixed scatter, dense enough that some labels find no place.
  private func scatter(_ count: Int) -> [Point] {
    (0..<count).map { Point(Double(($0 * 7919) % 380) + 10, Double(($0 * 104_729) % 280) + 10) }
  }

  @Test("lets no label touch another, a mark, a line or the edge", arguments: [1, 10, 40, 150])
  func overlaps(count: Int) {
    let points = scatter(count)
    let labels = points.indices.map { String(repeating: "word", count: $0 % 3 + 1) }
    let placement = LabelPlacement(labels, at: points, size: 13, markRadius: 5, in: bounds)
    let placed = placement.places
    #expect(placed.count == (count < 150 ? count : 0))
    for (index, place) in placed.enumerated() {
      let box = place.box
      #expect(bounds.contains(box))
      #expect(!placed[..<index].contains { box.overlaps($0.box) })
      for point in points {
        #expect(!box.overlaps(Rectangle(x: point.x - 5, y: point.y - 5, width: 10, height: 10)))
      }
      for case let leader? in placed.map(\.leader) {
        #expect(!box.isCrossed(from: leader.from, to: leader.to))
      }
    }
  }

  @Test("leads from a label that has no place beside its point, the first beside it")
  func leaders() throws {
    let points = (0..<16).map { Point(150 + 22 * Double($0 % 4), 120 + 16 * Double($0 / 4)) }
    let labels = points.indices.map { "label \($0)" }
    let placement = LabelPlacement(labels, at: points, size: 13, markRadius: 5, in: bounds)
    let places = placement.places
    try #require(places.count == 16)
    let leaders = zip(points, places).compactMap { point, place in
      place.leader.map { (point, $0.from) }
    }
    #expect(leaders.count > 4)
    #expect(leaders.allSatisfy { $0.0 == $0.1 })
  }

  @Test("labels every point of a map, or none")
  func allOrNone() throws {
    func map(_ count: Int) -> ScatterMap {
      let points = (0..<count).map {
        LabelledPoint("word\($0)", x: Double($0 % 8) / 100, y: Double($0 % 5) / 100)
      }
      return ScatterMap(title: "", x: Axis("x"), y: Axis("y"), groups: ["all"], points: points)
    }
    for (count, labels) in [(40, 40), (900, 0)] {
      let svg = try map(count).svg("map")
      #expect(svg.matches(of: />word\d+</).count == labels)
      #expect(svg.matches(of: /class="blue" d/).count == count)
      #expect(map(count).table.rows.count == count)
    }
  }

  @Test("knows a line that crosses a box from one that passes by or touches it")
  func crossing() {
    let box = Rectangle(x: 10, y: 10, width: 20, height: 10)
    #expect(box.isCrossed(from: Point(0, 0), to: Point(40, 30)))
    #expect(box.isCrossed(from: Point(20, 0), to: Point(20, 15)))
    #expect(!box.isCrossed(from: Point(20, 0), to: Point(20, 10)))
    #expect(!box.isCrossed(from: Point(0, 10), to: Point(40, 10)))
    #expect(!box.isCrossed(from: Point(0, 0), to: Point(8, 40)))
    #expect(!box.isCrossed(from: Point(0, 20), to: Point(20, 40)))
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
