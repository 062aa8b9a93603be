import Files

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
  /// The uncertainty of each point's y, drawn as an upright bar; nil for none.
  public let intervals: [ClosedRange<Double>]?
  /// The look; by the series' place in the chart if nil.
  public let style: SeriesStyle?
  /// How the points are drawn.
  public let marks: Marks

  /// Creates a series.
  ///
  /// - Parameters:
  ///   - name: The name in the legend.
  ///   - points: The points in the order of the line; those that are not finite break it.
  ///   - intervals: The uncertainty of each point's y, one for each point; nil for none.
  ///   - style: The look; by the series' place in the chart if nil.
  ///   - marks: How the points are drawn.
  ///   - file: The caller's file, named where the intervals are not as many as the points.
  ///   - line: The caller's line.
  public init(
    _ name: String, points: [(x: Double, y: Double)], intervals: [ClosedRange<Double>]? = nil,
    style: SeriesStyle? = nil, marks: Marks = .automatic, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    require(
      intervals == nil || intervals?.count == points.count,
      "series \(name): \(intervals?.count ?? 0) intervals for \(points.count) points", file: file,
      line: line)
    self.name = name
    self.points = points
    self.intervals = intervals
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
  ///
  /// - Parameters:
  ///   - label: The words beside the line.
  ///   - value: The level, on the axis of the measured values.
  public init(_ label: String, at value: Double) {
    self.label = label
    self.value = value
  }
}

/// A shaded region between two lines, such as what published runs gave.
public struct Band: Sendable {
  /// The name in the legend.
  public let name: String
  /// The lines below and above, each in the order of x; points that are not finite are left out.
  public let lower: [(x: Double, y: Double)], upper: [(x: Double, y: Double)]

  /// Creates a band.
  ///
  /// - Parameters:
  ///   - name: The name in the legend.
  ///   - lower: The line below, in the order of x.
  ///   - upper: The line above, in the order of x; its x need not be those of `lower`.
  public init(
    _ name: String, lower: [(x: Double, y: Double)], upper: [(x: Double, y: Double)]
  ) {
    self.name = name
    self.lower = lower
    self.upper = upper
  }
}
