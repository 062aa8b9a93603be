/// A named sequence of points.
public struct Series: Sendable {
  /// How the points are drawn.
  public enum Marks: Sendable {
    /// A line, with markers where there are at most 40 points.
    case automatic
    /// A line alone, markers alone, or both.
    case line, markers, lineAndMarkers
    /// Level from each point to the next, as in a histogram.
    case steps
  }

  /// The name in the legend.
  public let name: String
  /// The points in the order of the line; those that are not finite break it.
  public let points: [(x: Double, y: Double)]
  /// The look; by the series' place in the chart if nil.
  public let style: SeriesStyle?
  /// How the points are drawn.
  public let marks: Marks

  /// Creates a series.
  public init(
    _ name: String, points: [(x: Double, y: Double)], style: SeriesStyle? = nil,
    marks: Marks = .automatic
  ) {
    self.name = name
    self.points = points
    self.style = style
    self.marks = marks
  }

  var hasLine: Bool { marks != .markers }
  var hasMarkers: Bool {
    switch marks {
    case .automatic: points.count <= 40
    case .line, .steps: false
    case .markers, .lineAndMarkers: true
    }
  }
}

/// A level that data are compared with, such as a published value.
public struct Reference: Sendable {
  /// The words beside the line: "published 0.410".
  public let label: String
  /// The level, on the axis of the measured values.
  public let value: Double

  /// Creates a reference line.
  public init(_ label: String, at value: Double) {
    self.label = label
    self.value = value
  }
}
