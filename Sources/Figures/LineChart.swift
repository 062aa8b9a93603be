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
  /// Shaded regions behind the series.
  public let bands: [Band]
  /// Levels of y drawn across the plot and named at its right.
  public let references: [Reference]
  /// Values of x drawn as upright lines and named above the plot.
  public let uprights: [Reference]
  private let names: Names

  /// The opacity of a band.
  private static let bandOpacity = 0.22
  private static let nameLine = 18.0

  /// Creates a line chart.
  ///
  /// - Parameters:
  ///   - title: The title at the top; empty for none.
  ///   - x: The level axis.
  ///   - y: The upright axis.
  ///   - series: At most four series.
  ///   - bands: Shaded regions behind the series.
  ///   - references: Levels of y to draw across the plot.
  ///   - uprights: Values of x to draw as upright lines, such as the ends of epochs.
  ///   - names: Where the series are named.
  ///   - size: The size in points.
  ///   - file: The caller's file, named where there are too many series.
  ///   - line: The caller's line.
  public init(
    title: String, x: Axis, y: Axis, series: [Series], bands: [Band] = [],
    references: [Reference] = [], uprights: [Reference] = [], names: Names = .automatic,
    size: Size = Size(width: 640, height: 400), file: StaticString = #fileID, line: UInt = #line
  ) {
    SeriesStyle.requireEnough(for: series.count, "series", file: file, line: line)
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.bands = bands
    self.references = references
    self.uprights = uprights
    self.names = names
    self.size = size
  }

  /// A row per point (series, x, y, the interval's ends if any series has intervals), then those of
  /// the bands, then one per reference and per upright, which have y or x alone.
  public var table: Table {
    let hasIntervals = series.contains { $0.intervals != nil }
    func row(_ name: String, _ x: String, _ y: String, _ interval: ClosedRange<Double>? = nil)
      -> [String]
    {
      guard hasIntervals else { return [name, x, y] }
      return [name, x, y]
        + (interval.map { ["\($0.lowerBound)", "\($0.upperBound)"] } ?? ["", ""])
    }
    var rows = series.flatMap { one in
      one.points.enumerated().map { row(one.name, "\($1.x)", "\($1.y)", one.intervals?[$0]) }
    }
    for band in bands {
      rows += band.lower.map { row("\(band.name), lower", "\($0.x)", "\($0.y)") }
      rows += band.upper.map { row("\(band.name), upper", "\($0.x)", "\($0.y)") }
    }
    rows += references.map { row($0.label, "", "\($0.value)") }
    rows += uprights.map { row($0.label, "\($0.value)", "") }
    return Table(
      columns: ["series", x.label.isEmpty ? "x" : x.label, y.label.isEmpty ? "y" : y.label]
        + (hasIntervals ? ["lower", "upper"] : []), rows: rows)
  }

  /// Draws the axes, the bands, the references, the series and their names.
  public func draw(on canvas: inout Canvas, in bounds: Rectangle) {
    let names = endNames(in: bounds)
    var frame = frame(in: bounds, endNames: names)
    let lines = uprightLines(in: frame)
    if let last = lines.max() {
      frame = self.frame(
        in: bounds, endNames: names, above: LineChart.nameLine * Double(last + 1))
    }
    frame.draw(on: &canvas)
    for band in bands {
      let corners = (band.lower + band.upper.reversed()).compactMap { frame.place($0.x, $0.y) }
      canvas.fill(corners, .muted, opacity: LineChart.bandOpacity)
    }
    for reference in references {
      guard let level = frame.y.position(reference.value) else { continue }
      canvas.stroke(
        [Point(frame.plot.x, level), Point(frame.plot.maxX + 8, level)], .muted, width: 1.25,
        dash: [5, 4])
    }
    for (upright, line) in zip(uprights, lines) { draw(upright, line, in: frame, on: &canvas) }
    for (index, one) in series.enumerated() {
      draw(one, style: one.style ?? .standard(index), in: frame, on: &canvas)
    }
    drawNames(names, beside: frame, on: &canvas)
  }

  private func frame(in bounds: Rectangle, endNames: [EndName], above: Double = 0) -> Frame {
    let bandPoints = bands.flatMap { $0.lower + $0.upper }
    let ys =
      series.flatMap { one in
        one.points.map(\.y) + (one.intervals ?? []).flatMap { [$0.lowerBound, $0.upperBound] }
      } + bandPoints.map(\.y) + references.map(\.value)
    return Frame(
      title: title, legend: legend(in: bounds), x: x,
      covering: series.flatMap { $0.points.map(\.x) } + bandPoints.map(\.x)
        + uprights.map(\.value),
      y: .numbers(y, covering: ys),
      right: endNames.isEmpty
        ? 0 : (endNames.map { TextMetrics.width($0.text) }.max() ?? 0) + 14,
      above: above, tight: true, in: bounds)
  }

  private func draw(
    _ one: Series, style: SeriesStyle, in frame: Frame, on canvas: inout Canvas
  ) {
    for (point, interval) in zip(one.points, one.intervals ?? []) {
      guard let px = frame.x.position(point.x), let top = frame.y.position(interval.upperBound)
      else { continue }
      let bottom = frame.y.position(interval.lowerBound) ?? frame.plot.maxY
      canvas.stroke([Point(px, top), Point(px, bottom)], style.ink, width: 1.5)
      for end in [top, bottom] {
        canvas.stroke([Point(px - 4, end), Point(px + 4, end)], style.ink, width: 1.5)
      }
    }
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

// MARK: - Uprights

extension LineChart {
  /// The line above the plot, counted upwards from 0, in which each upright's name is clear of
  /// those before it.
  private func uprightLines(in frame: Frame) -> [Int] {
    var lines: [Int] = []
    var spans: [ClosedRange<Double>] = []
    for upright in uprights {
      let middle = nameMiddle(upright, in: frame)
      let half = TextMetrics.width(upright.label, size: TextMetrics.tickSize) / 2 + 3
      let span = middle - half...middle + half
      let taken = zip(lines, spans).filter { $0.1.overlaps(span) }.map(\.0)
      lines.append((0...).first { !taken.contains($0) } ?? 0)
      spans.append(span)
    }
    return lines
  }

  /// Where the name of an upright has its middle: above its line, inside the plot.
  private func nameMiddle(_ upright: Reference, in frame: Frame) -> Double {
    let half = TextMetrics.width(upright.label, size: TextMetrics.tickSize) / 2
    let position = frame.x.position(upright.value) ?? frame.plot.x
    return max(frame.plot.x + half, min(position, frame.plot.maxX - half))
  }

  private func draw(
    _ upright: Reference, _ line: Int, in frame: Frame, on canvas: inout Canvas
  ) {
    guard let position = frame.x.position(upright.value) else { return }
    let baseline = frame.plot.y - 6 - LineChart.nameLine * Double(line)
    canvas.stroke(
      [Point(position, baseline + 3), Point(position, frame.plot.maxY)], .muted, width: 1.25,
      dash: [5, 4])
    canvas.text(
      upright.label, at: Point(nameMiddle(upright, in: frame), baseline), anchor: .middle,
      ink: .muted, size: TextMetrics.tickSize)
  }
}

// MARK: - Names

extension LineChart {
  private struct EndName {
    let text: String
    let value: Double
    let ink: Ink
  }

  /// The series, unless they are named elsewhere, and the bands.
  private func legend(in bounds: Rectangle) -> [LegendEntry] {
    let isNeeded = series.count > 1 || names == .legend || !bands.isEmpty
    let lines = series.enumerated().map { index, one in
      let style = one.style ?? .standard(index)
      return LegendEntry(
        name: one.name, ink: style.ink, dash: one.hasLine ? style.dash : nil,
        marker: one.hasMarkers ? style.marker : nil)
    }
    return (isNeeded && !namesAtEnds(in: bounds) ? lines : [])
      + bands.map { LegendEntry(name: $0.name, ink: .muted, opacity: LineChart.bandOpacity) }
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
