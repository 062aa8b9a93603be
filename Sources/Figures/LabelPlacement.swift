/// Finds places for labels next to their points, so that no two overlap.
///
/// Greedy: labels are placed in the order given, each at the first of its candidate places, right,
/// left, above, below and about the corners, that is free. Those that fit nowhere there go, once the
/// others are placed, to the nearest free place around, with a line to their point. Where one fits
/// nowhere, all is tried again with that one first, 40 times at most. O(n²) for n labels and a try.
struct LabelPlacement {
  /// Where a label goes.
  struct Place {
    /// The room kept for it.
    let box: Rectangle
    /// The side of the box that the text keeps to: the one next to its point.
    let anchor: TextAnchor
    /// The line to the point where the label is not beside it: from the mark's middle to the box.
    var leader: (from: Point, to: Point)?
  }

  /// The place of each label, by index; empty where not all find one.
  private(set) var places: [Place] = []

  private let marks: [Rectangle]
  private let bounds: Rectangle

  /// Places `labels` beside `points`, as many as those, inside `bounds` and clear of the points'
  /// own marks.
  init(
    _ labels: [String], at points: [Point], size: Double, markRadius: Double, in bounds: Rectangle
  ) {
    self.bounds = bounds
    marks = points.map { point in
      Rectangle(
        x: point.x - markRadius, y: point.y - markRadius, width: 2 * markRadius,
        height: 2 * markRadius)
    }
    let widths = labels.map { TextMetrics.width($0, size: size) }
    guard widths.reduce(0, +) * size <= bounds.width * bounds.height else { return }
    var order = Array(points.indices)
    for _ in 0..<40 {
      var placed = [Place?](repeating: nil, count: points.count)
      for index in order {
        placed[index] = LabelPlacement.candidates(
          around: marks[index], width: widths[index], height: size
        ).first { isFree($0, among: placed) }
      }
      let failed = order.first { index in
        guard placed[index] == nil else { return false }
        placed[index] = LabelPlacement.distantCandidates(
          around: points[index], width: widths[index], height: size
        ).first { isFree($0, among: placed) }
        return placed[index] == nil
      }
      guard let failed else {
        places = placed.compactMap(\.self)
        return
      }
      order.removeAll { $0 == failed }
      order.insert(failed, at: 0)
    }
  }

  /// Whether a place is clear of the edges, the marks, and the labels and lines placed so far.
  private func isFree(_ place: Place, among places: [Place?]) -> Bool {
    guard bounds.contains(place.box), !marks.contains(where: place.box.overlaps) else {
      return false
    }
    return places.allSatisfy { other in
      guard let other else { return true }
      if place.box.overlaps(other.box) { return false }
      if let leader = place.leader, other.box.isCrossed(from: leader.from, to: leader.to) {
        return false
      }
      return other.leader.map { !place.box.isCrossed(from: $0.from, to: $0.to) } ?? true
    }
  }

  /// Twelve places beside the mark, in order of preference.
  private static func candidates(
    around mark: Rectangle, width: Double, height: Double
  ) -> [Place] {
    let right = mark.maxX + 2
    let left = mark.x - 2 - width
    let above = mark.y - 1 - height
    let below = mark.maxY + 1
    let middleX = mark.x + (mark.width - width) / 2
    let middleY = mark.y + (mark.height - height) / 2
    let flushRight = mark.maxX - width
    let places: [(Double, Double, TextAnchor)] = [
      (right, middleY, .start), (left, middleY, .end),
      (middleX, above, .middle), (middleX, below, .middle),
      (right - 4, above + 4, .start), (right - 4, below - 4, .start),
      (left + 4, above + 4, .end), (left + 4, below - 4, .end),
      (mark.x, above, .start), (mark.x, below, .start),
      (flushRight, above, .end), (flushRight, below, .end),
    ]
    return places.map { x, y, anchor in
      Place(box: Rectangle(x: x, y: y, width: width, height: height), anchor: anchor)
    }
  }

  /// Places around a point, the nearest first, each with a line to it.
  private static func distantCandidates(
    around point: Point, width: Double, height: Double
  ) -> [Place] {
    let directions: [(x: Double, y: Double)] = [
      (1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.6), (0.8, 0.6), (-0.8, -0.6), (-0.8, 0.6),
      (0.6, -0.8), (0.6, 0.8), (-0.6, -0.8), (-0.6, 0.8), (0.96, -0.28), (0.96, 0.28),
      (-0.96, -0.28), (-0.96, 0.28), (0.28, -0.96), (0.28, 0.96), (-0.28, -0.96), (-0.28, 0.96),
    ]
    return stride(from: 14.0, through: 200, by: 4).flatMap { distance in
      directions.map { direction in
        // The end of the line: the middle of the box's side that faces the point.
        let end = Point(point.x + distance * direction.x, point.y + distance * direction.y)
        let isLevel = abs(direction.x) > 0.7
        let anchor: TextAnchor = !isLevel ? .middle : direction.x > 0 ? .start : .end
        let x =
          switch anchor {
          case .start: end.x + 2
          case .middle: end.x - width / 2
          case .end: end.x - 2 - width
          }
        let y = isLevel ? end.y - height / 2 : direction.y > 0 ? end.y + 1 : end.y - 1 - height
        return Place(
          box: Rectangle(x: x, y: y, width: width, height: height), anchor: anchor,
          leader: (from: point, to: end))
      }
    }
  }
}

/// Moves positions as little as their order allows until neighbours are `gap` apart.
func spreadApart(_ positions: [Double], by gap: Double, within range: ClosedRange<Double>)
  -> [Double]
{
  let order = positions.indices.sorted { (positions[$0], $0) < (positions[$1], $1) }
  var result = positions
  var groups: [(members: [Int], top: Double)] = []
  for index in order {
    groups.append(([index], positions[index]))
    while groups.count > 1 {
      let (below, above) = (groups[groups.count - 1], groups[groups.count - 2])
      guard above.top + gap * Double(above.members.count) > below.top else { break }
      let members = above.members + below.members
      let mean = members.reduce(0) { $0 + positions[$1] } / Double(members.count)
      let height = gap * Double(members.count - 1)
      let top = max(range.lowerBound, min(mean - height / 2, range.upperBound - height))
      groups.removeLast(2)
      groups.append((members, top))
    }
  }
  for group in groups {
    for (rank, index) in group.members.enumerated() {
      result[index] = group.top + gap * Double(rank)
    }
  }
  return result
}
