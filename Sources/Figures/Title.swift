/// The title of a chart, broken into as many lines as it needs.
struct Title {
  private let lines: [String]
  private static let lineHeight = 20.0

  init(_ text: String, within width: Double) {
    lines = TextMetrics.lines(text, size: TextMetrics.titleSize, within: width)
  }

  /// The room it takes, with a little space below.
  var height: Double { lines.isEmpty ? 0 : Title.lineHeight * Double(lines.count) + 4 }

  /// Draws it with its top-left corner at `corner`.
  func draw(on canvas: inout Canvas, at corner: Point) {
    for (index, line) in lines.enumerated() {
      let baseline = corner.y + 15 + Title.lineHeight * Double(index)
      canvas.text(
        TextRun(
          string: line, position: Point(corner.x, baseline), size: TextMetrics.titleSize,
          isBold: true))
    }
  }
}
