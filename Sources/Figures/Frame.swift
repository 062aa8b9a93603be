/// One entry of a legend: a sample of line, marker or both, or a filled square, and a name.
struct LegendEntry {
  let name: String
  let ink: Ink
  /// The dash of the line; nil for none.
  var dash: [Double]?
  var marker: Marker?
  /// The opacity of a square.
  var opacity = 1.0
}

extension [LegendEntry] {
  /// The legend of coloured groups; one group needs none.
  static func groups(_ names: [String], hasMarker: Bool) -> [LegendEntry] {
    guard names.count > 1 else { return [] }
    return names.enumerated().map { index, name in
      let style = SeriesStyle.standard(index)
      return LegendEntry(name: name, ink: style.ink, marker: hasMarker ? style.marker : nil)
    }
  }
}

/// What stands around the data: title, legend, axes, ticks and grid.
///
/// From the top: title, legend, the y axis's label (level, so that nobody tilts the head), the
/// plot, tick labels, the x axis's label.
struct Frame {
  /// Where the data go.
  let plot: Rectangle
  let x: PlacedAxis
  let y: PlacedAxis
  private let bounds: Rectangle
  private let title: Title
  private let legend: [[LegendEntry]]
  /// The axes' labels, broken into lines.
  private let xLabel: [String], yLabel: [String]
  private let isCategorical: Bool

  private static let lineHeight = 20.0
  private static let legendGap = 22.0
  private static let labelLine = 18.0
  private static let swatch = 34.0

  /// The vertical axis of a frame.
  enum Vertical {
    case numbers(Axis, covering: [Double])
    /// Names from top to bottom, without grid lines.
    case names([String])
  }

  /// Lays the parts out inside `bounds`.
  ///
  /// `right` and `above` are room kept for labels beside the plot; a `tight` x axis ends where the
  /// data end.
  init(
    title: String, legend entries: [LegendEntry] = [], x xAxis: Axis, covering xData: [Double],
    y vertical: Vertical, right: Double = 0, above: Double = 0, tight: Bool = false,
    in bounds: Rectangle
  ) {
    self.bounds = bounds
    self.title = Title(title, within: bounds.width)
    legend = Frame.rows(entries, within: bounds.width)

    let yAxis: Axis
    if case .numbers(let axis, _) = vertical { yAxis = axis } else { yAxis = Axis("") }
    isCategorical = if case .names = vertical { true } else { false }
    func lines(_ label: String) -> [String] {
      TextMetrics.lines(label, size: TextMetrics.labelSize, within: bounds.width)
    }
    (xLabel, yLabel) = (lines(xAxis.label), lines(yAxis.label))
    let rows = Double(legend.count + yLabel.count)
    let top = bounds.y + self.title.height + rows * Frame.lineHeight + 12 + above
    let bottom =
      bounds.maxY - (xLabel.isEmpty ? 22 : 44 + Frame.labelLine * Double(xLabel.count - 1))

    let yTicks =
      switch vertical {
      case .numbers(let axis, let data):
        // A power of ten is further from the next than a round number, so its line may be nearer.
        axis.ticks(
          covering: data, about: max(2, Int((bottom - top) / (axis.scale == .linear ? 55 : 36))))
      case .names(let names): Ticks.categories(names)
      }
    let widest = yTicks.labels.map { TextMetrics.width($0, size: TextMetrics.tickSize) }.max() ?? 0
    let left = bounds.x + widest + 8
    let xTicks = xAxis.ticks(
      covering: xData,
      about: max(2, Int((bounds.maxX - right - left) / (xAxis.scale == .linear ? 75 : 45))),
      tight: tight)
    let overhang = TextMetrics.width(xTicks.labels.last ?? "", size: TextMetrics.tickSize) / 2
    let edge = bounds.maxX - max(right, overhang)

    plot = Rectangle(x: left, y: top, width: max(1, edge - left), height: max(1, bottom - top))
    x = PlacedAxis(axis: xAxis, ticks: xTicks, start: plot.x, end: plot.maxX)
    y = PlacedAxis(axis: yAxis, ticks: yTicks, start: plot.maxY, end: plot.y)
  }

  /// Where a pair of values lies; nil where an axis cannot show it.
  func place(_ xValue: Double, _ yValue: Double) -> Point? {
    guard let px = x.position(xValue), let py = y.position(yValue) else { return nil }
    return Point(px, py)
  }

  /// Draws everything but the data.
  func draw(on canvas: inout Canvas) {
    drawHeader(on: &canvas)
    drawXTicks(on: &canvas)
    for (value, label) in zip(y.ticks.values, y.ticks.labels) {
      guard let position = y.position(value) else { continue }
      let py = crisp(position)
      if !isCategorical { canvas.stroke([Point(plot.x, py), Point(plot.maxX, py)], .grid) }
      canvas.text(
        label, at: Point(plot.x - 8, py + 4.5), anchor: .end, ink: isCategorical ? .ink : .muted,
        size: TextMetrics.tickSize)
    }
    let base = isCategorical ? [Point(crisp(plot.x), plot.y)] : []
    let corner = Point(crisp(plot.x), crisp(plot.maxY))
    canvas.stroke(base + [corner, Point(plot.maxX, crisp(plot.maxY))], .muted)
    for (index, line) in xLabel.enumerated() {
      // Below the middle of the plot, or as near as a long one fits.
      let half = TextMetrics.width(line) / 2
      let middle = max(bounds.x + half, min(plot.x + plot.width / 2, bounds.maxX - half))
      canvas.text(
        line, at: Point(middle, plot.maxY + 40 + Frame.labelLine * Double(index)),
        anchor: .middle, ink: .muted)
    }
  }

  /// Grid lines at all ticks; labels at those where they do not touch, the outermost first.
  private func drawXTicks(on canvas: inout Canvas) {
    let positions = x.ticks.values.map { x.position($0) ?? plot.x }
    let halves = x.ticks.labels.map { TextMetrics.width($0, size: TextMetrics.tickSize) / 2 + 1 }
    var labelled: [Int] = []
    for index in Set([0, positions.count - 1]).sorted() + positions.indices.dropFirst().dropLast()
    where labelled.allSatisfy({
      abs(positions[$0] - positions[index]) >= halves[$0] + halves[index]
    }) {
      labelled.append(index)
    }
    for (index, label) in x.ticks.labels.enumerated() {
      let px = crisp(positions[index])
      canvas.stroke([Point(px, plot.y), Point(px, plot.maxY)], .grid)
      guard labelled.contains(index) else { continue }
      canvas.text(
        label, at: Point(px, plot.maxY + 18), anchor: .middle, ink: .muted,
        size: TextMetrics.tickSize)
    }
  }

  /// Title, legend and the y axis's label, a line each.
  private func drawHeader(on canvas: inout Canvas) {
    title.draw(on: &canvas, at: Point(bounds.x, bounds.y))
    var baseline = bounds.y + title.height + 15
    for row in legend {
      var left = bounds.x
      for entry in row {
        Frame.draw(entry, at: Point(left, baseline - 1), on: &canvas)
        left += Frame.width(entry) + Frame.legendGap
      }
      baseline += Frame.lineHeight
    }
    for line in yLabel {
      canvas.text(line, at: Point(bounds.x, baseline), ink: .muted)
      baseline += Frame.lineHeight
    }
  }

  private static func draw(_ entry: LegendEntry, at origin: Point, on canvas: inout Canvas) {
    let middle = origin.y - 4
    let sample = sampleWidth(entry)
    if let dash = entry.dash {
      canvas.stroke(
        [Point(origin.x, middle), Point(origin.x + sample, middle)], entry.ink, width: 2.25,
        dash: dash)
    }
    if let marker = entry.marker {
      canvas.mark(marker, at: Point(origin.x + sample / 2, middle), entry.ink)
    }
    if entry.dash == nil, entry.marker == nil {
      canvas.fill(
        Rectangle(x: origin.x, y: middle - 5, width: 10, height: 10), entry.ink,
        opacity: entry.opacity)
    }
    canvas.text(entry.name, at: Point(origin.x + sample + 7, origin.y))
  }

  private static func sampleWidth(_ entry: LegendEntry) -> Double {
    entry.dash == nil ? 10 : swatch
  }

  private static func width(_ entry: LegendEntry) -> Double {
    sampleWidth(entry) + 7 + TextMetrics.width(entry.name)
  }

  /// Breaks a legend into rows of at most `limit` points.
  private static func rows(_ entries: [LegendEntry], within limit: Double) -> [[LegendEntry]] {
    var rows: [[LegendEntry]] = []
    var used = 0.0
    for entry in entries {
      let needed = width(entry) + legendGap
      if rows.isEmpty || used + needed - legendGap > limit {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += needed
    }
    return rows
  }
}

/// The middle of the pixel at `position`, so that hairlines stay sharp.
func crisp(_ position: Double) -> Double { position.rounded(.down) + 0.5 }
