/// Finds places for labels next to their points, so that no two overlap.
///
/// Greedy: labels are placed in the order given, each at the first of its candidate places, right,
/// left, above, below and about the corners, that is free; one that fits nowhere is left out. What
/// comes first, such as a query word, is the last to be left out. O(n²) for n labels.
struct LabelPlacement {
  /// Where a label goes.
  struct Place {
    /// The room kept for it.
    let box: Rectangle
    /// The side of the box that the text keeps to: the one next to its point.
    let anchor: TextAnchor
  }

  /// The place of each label, by index; nil for one that is left out.
  private(set) var places: [Place?] = []

  /// The number of labels left out.
  var dropped: Int { places.count { $0 == nil } }

  /// Places `labels` beside `points`, inside `bounds` and clear of the points' own marks.
  init(
    _ labels: [String], at points: [Point], size: Double, markRadius: Double, in bounds: Rectangle
  ) {
    precondition(labels.count == points.count, "\(labels.count) labels, \(points.count) points")
    let marks = points.map { point in
      Rectangle(
        x: point.x - markRadius, y: point.y - markRadius, width: 2 * markRadius,
        height: 2 * markRadius)
    }
    for (label, mark) in zip(labels, marks) {
      let (width, height) = (TextMetrics.width(label, size: size), size)
      let candidates = LabelPlacement.candidates(around: mark, width: width, height: height)
      places.append(
        candidates.first { candidate in
          bounds.contains(candidate.box) && !marks.contains(where: candidate.box.overlaps)
            && !places.contains { $0.map { candidate.box.overlaps($0.box) } ?? false }
        })
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
