/// Values of one kind, such as the losses of ten seeds.
public struct Strip: Sendable {
  /// The name at the left.
  public let name: String
  /// The values, in any order.
  public let values: [Double]
  /// What each value belongs to, such as its seed; written to the CSV.
  public let labels: [String]

  /// Creates a strip; without `labels`, values are numbered from 1.
  public init(_ name: String, values: [Double], labels: [String]? = nil) {
    let labels = labels ?? values.indices.map { "\($0 + 1)" }
    precondition(labels.count == values.count, "\(labels.count) labels, \(values.count) values")
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
/// Dots that would overlap are stacked; nothing is jittered at random.
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

  private static let radius = 4.5

  /// Creates a strip chart; medians are printed with `decimals`.
  public init(
    title: String, x: Axis, strips: [Strip], references: [Reference] = [], decimals: Int = 4
  ) {
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
    for (index, strip) in strips.enumerated() {
      guard let middle = frame.y.position(Double(index)) else { continue }
      let style = SeriesStyle.standard(index)
      drawMedian(of: strip, at: middle, in: frame, on: &canvas)
      for place in StripChart.stacked(strip.values.compactMap(frame.x.position), about: middle) {
        canvas.mark(style.marker, at: place, style.ink, radius: StripChart.radius)
      }
    }
  }

  /// A tick at the median, its value below it or to the side where no reference line crosses.
  private func drawMedian(
    of strip: Strip, at middle: Double, in frame: Frame, on canvas: inout Canvas
  ) {
    guard let median = strip.median, let position = frame.x.position(median) else { return }
    canvas.stroke([Point(position, middle - 24), Point(position, middle + 24)], .ink, width: 2)
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

  /// Places for dots at the given positions: on the row, or above and below it by turns.
  static func stacked(_ positions: [Double], about middle: Double) -> [Point] {
    var places: [Point] = []
    for position in positions.sorted() {
      var level = 0
      func place(_ level: Int) -> Point {
        let step = Double((level + 1) / 2) * (level % 2 == 0 ? 1 : -1)
        return Point(position, middle + step * (2 * radius + 1))
      }
      while level < 4, places.contains(where: { distance($0, place(level)) < 2 * radius + 1 }) {
        level += 1
      }
      places.append(place(level))
    }
    return places
  }

  private static func distance(_ a: Point, _ b: Point) -> Double {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }
}
