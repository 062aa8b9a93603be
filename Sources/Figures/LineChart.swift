/// Lines and points over two axes, each linear or logarithmic.
public struct LineChart: Chart {
  /// Where the series are named.
  public enum Names: Sendable {
    /// At the lines' ends where the names are short enough, else in a legend.
    case automatic
    /// In a row above the plot, or at the right end of each line.
    case legend, atEnds
  }

  /// The title at the top; empty for none.
  public let title: String
  /// The size in points.
  public let size: Size
  /// The axes.
  public let x: Axis, y: Axis
  /// At most four series.
  public let series: [Series]
  /// Levels of y drawn across the plot and named at its right.
  public let references: [Reference]
  private let names: Names

  /// Creates a line chart.
  public init(
    title: String, x: Axis, y: Axis, series: [Series], references: [Reference] = [],
    names: Names = .automatic, size: Size = Size(width: 640, height: 400)
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.references = references
    self.names = names
    self.size = size
  }

  /// A row per point (series, x, y), then one per reference, whose x is empty.
  public var table: Table {
    Table(
      columns: ["series", x.label.isEmpty ? "x" : x.label, y.label.isEmpty ? "y" : y.label],
      rows: series.flatMap { one in one.points.map { [one.name, "\($0.x)", "\($0.y)"] } }
        + references.map { [$0.label, "", "\($0.value)"] })
  }

  /// Draws the axes, the references, the series and their names.
  public func draw(on canvas: inout Canvas, in bounds: Rectangle) {
    let names = endNames(in: bounds)
    let frame = Frame(
      title: title, legend: namesAtEnds(in: bounds) ? [] : legend,
      x: x, covering: series.flatMap { $0.points.map(\.x) },
      y: .numbers(
        y, covering: series.flatMap { $0.points.map(\.y) } + references.map(\.value)),
      right: names.isEmpty ? 0 : (names.map { TextMetrics.width($0.text) }.max() ?? 0) + 14,
      tight: true, in: bounds)
    frame.draw(on: &canvas)
    for reference in references {
      guard let level = frame.y.position(reference.value) else { continue }
      canvas.stroke(
        [Point(frame.plot.x, level), Point(frame.plot.maxX + 8, level)], .muted, width: 1.25,
        dash: [5, 4])
    }
    for (index, one) in series.enumerated() {
      draw(one, style: one.style ?? .standard(index), in: frame, on: &canvas)
    }
    drawNames(names, beside: frame, on: &canvas)
  }

  private func draw(
    _ one: Series, style: SeriesStyle, in frame: Frame, on canvas: inout Canvas
  ) {
    let places = one.points.map { frame.place($0.x, $0.y) }
    if one.hasLine {
      for run in places.split(separator: nil).map({ $0.compactMap(\.self) }) {
        canvas.stroke(
          one.marks == .steps ? steps(run) : run, style.ink, width: 2.25, dash: style.dash)
      }
    }
    if one.hasMarkers {
      for case let place? in places { canvas.mark(style.marker, at: place, style.ink) }
    }
  }

  /// Level from each point to the next, then up or down.
  private func steps(_ points: [Point]) -> [Point] {
    zip(points, points.dropFirst()).flatMap { [$0, Point($1.x, $0.y)] } + points.suffix(1)
  }
}

// MARK: - Names

extension LineChart {
  private struct EndName {
    let text: String
    let value: Double
    let ink: Ink
  }

  private var legend: [LegendEntry] {
    guard series.count > 1 || names == .legend else { return [] }
    return series.enumerated().map { index, one in
      LegendEntry(
        name: one.name, style: one.style ?? .standard(index), hasLine: one.hasLine,
        hasMarker: one.hasMarkers)
    }
  }

  private func namesAtEnds(in bounds: Rectangle) -> Bool {
    switch names {
    case .legend: false
    case .atEnds: true
    case .automatic:
      series.count > 1 && series.allSatisfy { TextMetrics.width($0.name) <= bounds.width / 6 }
    }
  }

  /// What is written right of the plot: the references and, where they stand there, the series.
  private func endNames(in bounds: Rectangle) -> [EndName] {
    var names = references.map { EndName(text: $0.label, value: $0.value, ink: .muted) }
    if namesAtEnds(in: bounds) {
      for one in series {
        guard let last = one.points.last(where: { x.shows($0.x) && y.shows($0.y) }) else {
          continue
        }
        names.append(EndName(text: one.name, value: last.y, ink: .ink))
      }
    }
    return names
  }

  private func drawNames(_ names: [EndName], beside frame: Frame, on canvas: inout Canvas) {
    let levels = names.map { frame.y.position($0.value) ?? frame.plot.maxY }
    let spread = spreadApart(levels, by: 18, within: frame.plot.y...frame.plot.maxY)
    for (name, level) in zip(names, spread) {
      canvas.text(name.text, at: Point(frame.plot.maxX + 12, level + 5), ink: name.ink)
    }
  }
}
