import Files

/// A named point of a map.
public struct LabelledPoint: Sendable {
  /// The name beside the point.
  public let label: String
  /// Its place on the two axes.
  public let x: Double, y: Double
  /// The group it is coloured by, an index into the map's groups.
  public let group: Int

  /// Creates a point.
  ///
  /// - Parameters:
  ///   - label: The name beside the point.
  ///   - x: Its place on the level axis.
  ///   - y: Its place on the upright axis.
  ///   - group: The group it is coloured by, an index into the map's groups.
  public init(_ label: String, x: Double, y: Double, group: Int = 0) {
    self.label = label
    self.x = x
    self.y = y
    self.group = group
  }
}

/// Named points in the plane, such as word vectors on two principal components.
///
/// No two labels overlap; one that has no place beside its point stands near it, at the end of a
/// line. Every point has its label, or, where not all find a place, none has. Points that come first
/// have the first choice. The two axes are scaled on their own.
public struct ScatterMap: Chart {
  /// The title at the top; empty for none.
  public let title: String
  /// The size in points.
  public let size: Size
  /// The axes; both linear for a map.
  public let x: Axis, y: Axis
  /// Names of the groups, at most four; one group needs no legend.
  public let groups: [String]
  /// The points, the most important first.
  public let points: [LabelledPoint]

  private static let radius = 4.0

  /// Creates a map.
  ///
  /// - Parameters:
  ///   - title: The title at the top; empty for none.
  ///   - x: The level axis.
  ///   - y: The upright axis.
  ///   - groups: Names of the groups, at most four.
  ///   - points: The points, the most important first; the `group` of each is an index into
  ///     `groups`.
  ///   - size: The size in points.
  ///   - file: The caller's file, named where a group does not exist or there are too many.
  ///   - line: The caller's line.
  public init(
    title: String, x: Axis, y: Axis, groups: [String], points: [LabelledPoint],
    size: Size = Size(width: 640, height: 480), file: StaticString = #fileID, line: UInt = #line
  ) {
    SeriesStyle.requireEnough(for: groups.count, "groups", file: file, line: line)
    for point in points {
      require(
        groups.indices.contains(point.group),
        "\(point.label) is in group \(point.group) of \(groups.count)", file: file, line: line)
    }
    self.title = title
    self.x = x
    self.y = y
    self.groups = groups
    self.points = points
    self.size = size
  }

  /// A row per point, labelled in the drawing or not.
  public var table: Table {
    Table(
      columns: [
        "label", "group", x.label.isEmpty ? "x" : x.label, y.label.isEmpty ? "y" : y.label,
      ],
      rows: points.map { [$0.label, groups[$0.group], "\($0.x)", "\($0.y)"] })
  }

  /// Draws the points and, if all find a place, their labels.
  public func draw(on canvas: inout Canvas, in bounds: Rectangle) {
    let frame = frame(in: bounds)
    frame.draw(on: &canvas)
    let shown = placed(in: frame)
    let labels = labels(for: shown, in: frame)
    for case let leader? in labels.map(\.leader) {
      canvas.stroke([leader.from, leader.to], .muted)
    }
    // The first points, the ones that matter most, are drawn last and so on top.
    for (point, place) in shown.reversed() {
      let style = SeriesStyle.standard(point.group)
      canvas.mark(style.marker, at: place, style.ink, radius: ScatterMap.radius)
    }
    for ((point, _), place) in zip(shown, labels) {
      let x =
        switch place.anchor {
        case .start: place.box.x
        case .middle: place.box.x + place.box.width / 2
        case .end: place.box.maxX
        }
      canvas.text(
        point.label, at: Point(x, place.box.y + 0.78 * place.box.height), anchor: place.anchor,
        size: TextMetrics.tickSize)
    }
  }

  /// Axes, grid and legend.
  func frame(in bounds: Rectangle) -> Frame {
    Frame(
      title: title,
      legend: .groups(groups, hasMarker: true),
      x: x, covering: points.map(\.x), y: .numbers(y, covering: points.map(\.y)), in: bounds)
  }

  /// The points that the axes can show, with their places.
  func placed(in frame: Frame) -> [(point: LabelledPoint, place: Point)] {
    points.compactMap { point in frame.place(point.x, point.y).map { (point, $0) } }
  }

  /// Where the label of each point goes; empty if not all find a place.
  func labels(
    for shown: [(point: LabelledPoint, place: Point)], in frame: Frame
  ) -> [LabelPlacement.Place] {
    LabelPlacement(
      shown.map(\.point.label), at: shown.map(\.place), size: TextMetrics.tickSize,
      markRadius: ScatterMap.radius + 1, in: frame.plot
    ).places
  }
}
