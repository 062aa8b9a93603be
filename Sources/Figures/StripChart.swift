import Files

/// Values of one kind, such as the losses of ten seeds.
public struct Strip: Sendable {
  /// The name at the left.
  public let name: String
  /// The values, in any order.
  public let values: [Double]
  /// What each value belongs to, such as its seed; written to the CSV.
  public let labels: [String]

  /// Creates a strip.
  ///
  /// - Parameters:
  ///   - name: The name at the left.
  ///   - values: The values, in any order.
  ///   - labels: What each value belongs to; numbers from 1 if nil.
  ///   - file: The caller's file, named where the labels are not as many as the values.
  ///   - line: The caller's line.
  public init(
    _ name: String, values: [Double], labels: [String]? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    let labels = labels ?? values.indices.map { "\($0 + 1)" }
    require(
      labels.count == values.count, "\(labels.count) labels, \(values.count) values", file: file,
      line: line)
    self.name = name
    self.values = values
    self.labels = labels
  }

  /// The middle value, or the mean of the two in the middle; nil without values.
  var median: Double? {
    let sorted = values.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else { return nil }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

/// Every value as a dot, a row for each kind, with the median as a tick and references across.
///
/// Dots that would overlap are stacked, and smaller where they are many; nothing is jittered.
public struct StripChart: Chart {
  /// The title at the top; empty for none.
  public let title: String
  /// The axis of the values.
  public let x: Axis
  /// The rows from top to bottom, at most four.
  public let strips: [Strip]
  /// Values that are drawn as upright lines, named above the plot.
  public let references: [Reference]

  private let decimals: Int

  /// How far a strip's dots and the tick of its median reach above and below its middle.
  private static let reach = 24.0

  /// Creates a strip chart.
  ///
  /// - Parameters:
  ///   - title: The title at the top; empty for none.
  ///   - x: The axis of the values.
  ///   - strips: The rows from top to bottom, at most four.
  ///   - references: Values to draw as upright lines.
  ///   - decimals: How many decimals of a median are printed, 0 or more.
  ///   - file: The caller's file, named where there are too many strips.
  ///   - line: The caller's line.
  public init(
    title: String, x: Axis, strips: [Strip], references: [Reference] = [], decimals: Int = 4,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(decimals >= 0, "\(decimals) decimals", file: file, line: line)
    SeriesStyle.requireEnough(for: strips.count, "strips", file: file, line: line)
    self.title = title
    self.x = x
    self.strips = strips
    self.references = references
    self.decimals = decimals
  }

  /// As high as the rows need.
  public var size: Size {
    Size(
      width: 640,
      height: 140 + 92 * Double(max(1, strips.count)) + 18 * Double(references.count))
  }

  /// A row per value and median, then one per reference, whose label is empty.
  public var table: Table {
    Table(
      columns: ["kind", "label", x.label.isEmpty ? "value" : x.label],
      rows: strips.flatMap { strip in
        zip(strip.labels, strip.values).map { [strip.name, $0, "\($1)"] }
          + (strip.median.map { [[strip.name, "median", "\($0)"]] } ?? [])
      } + references.map { [$0.label, "", "\($0.value)"] })
  }

  /// Draws the rows of dots, the medians and the references.
  public func draw(on canvas: inout Canvas, in bounds: Rectangle) {
    // The references' names stand in lines of their own between the title and the plot.
    let names = 18 * Double(references.count)
    let values = (strips.flatMap(\.values) + references.map(\.value)).filter(x.shows)
    let least = values.min() ?? 0
    let room = x.scale == .linear ? ((values.max() ?? 0) - least) * 0.05 : 0
    let frame = Frame(
      title: title, x: x, covering: values + [least - room], y: .names(strips.map(\.name)),
      above: names,
      in: bounds)
    frame.draw(on: &canvas)
    for (index, reference) in references.enumerated() {
      draw(reference, line: references.count - index, in: frame, on: &canvas)
    }
    let radius = radius(in: frame)
    for (index, strip) in strips.enumerated() {
      guard let middle = frame.y.position(Double(index)) else { continue }
      let style = SeriesStyle.standard(index)
      drawMedian(of: strip, at: middle, in: frame, on: &canvas)
      let positions = strip.values.compactMap(frame.x.position)
      for place in StripChart.stacked(positions, about: middle, radius: radius).places {
        canvas.mark(style.marker, at: place, style.ink, radius: radius)
      }
    }
  }

  /// A tick at the median, its value below it or to the side where no reference line crosses; where
  /// each place is crossed, the line leaves a gap for the value.
  private func drawMedian(
    of strip: Strip, at middle: Double, in frame: Frame, on canvas: inout Canvas
  ) {
    guard let median = strip.median, let position = frame.x.position(median) else { return }
    canvas.stroke(
      [Point(position, middle - StripChart.reach), Point(position, middle + StripChart.reach)],
      .ink, width: 2)
    let text = "median \(label(median, decimals: decimals))"
    let width = TextMetrics.width(text, size: TextMetrics.tickSize)
    let lines = references.compactMap { frame.x.position($0.value) }
    let sides: [(anchor: TextAnchor, left: Double)] = [
      (.middle, position - width / 2), (.end, position - width), (.start, position),
    ]
    let side = sides.first { side in
      let right = side.left + width
      return side.left >= frame.plot.x && right <= frame.plot.maxX
        && !lines.contains { $0 > side.left - 3 && $0 < right + 3 && abs($0 - position) > 3 }
    }
    if side == nil {
      canvas.fill(
        Rectangle(x: position - width / 2 - 2, y: middle + 27, width: width + 4, height: 15), .panel
      )
    }
    canvas.text(
      text, at: Point(position, middle + 39), anchor: side?.anchor ?? .middle,
      size: TextMetrics.tickSize)
  }

  private func draw(
    _ reference: Reference, line: Int, in frame: Frame, on canvas: inout Canvas
  ) {
    guard let position = frame.x.position(reference.value) else { return }
    let baseline = frame.plot.y - 18 * Double(line) + 8
    canvas.stroke(
      [Point(position, baseline + 3), Point(position, frame.plot.maxY)], .muted, width: 1.25,
      dash: [5, 4])
    // The name leans to the side with more room.
    let isLeft = position < frame.plot.x + frame.plot.width / 2
    canvas.text(
      reference.label, at: Point(position + (isLeft ? 5 : -5), baseline),
      anchor: isLeft ? .start : .end, ink: .muted)
  }

  /// The radius of all dots: the greatest at which none overlap, or the least.
  private func radius(in frame: Frame) -> Double {
    let rows = strips.map { $0.values.compactMap(frame.x.position) }
    return [4.5, 3.5, 2.5].first { radius in
      rows.allSatisfy { StripChart.stacked($0, about: 0, radius: radius).fit }
    } ?? 2
  }

  /// Places for dots at the given positions: on the row, or above and below it by turns; and
  /// whether none overlap.
  static func stacked(
    _ positions: [Double], about middle: Double, radius: Double
  ) -> (places: [Point], fit: Bool) {
    let apart = 2 * radius + 1
    let highest = 2 * Int(reach / apart)
    var places: [Point] = []
    var fit = true
    for position in positions.sorted() {
      func place(_ level: Int) -> Point {
        let step = Double((level + 1) / 2) * (level % 2 == 0 ? 1 : -1)
        return Point(position, middle + step * apart)
      }
      let free = (0...highest).first { level in
        !places.contains { distance($0, place(level)) < apart }
      }
      if free == nil { fit = false }
      places.append(place(free ?? highest))
    }
    return (places, fit)
  }

  private static func distance(_ a: Point, _ b: Point) -> Double {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }
}
