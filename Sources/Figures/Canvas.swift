internal import CCairo

/// Where on a text its position lies.
enum TextAnchor: String {
  /// The left end, the middle, the right end of the baseline.
  case start, middle, end
}

/// One line of text on a canvas.
struct TextRun {
  /// The text as given, not escaped.
  var string: String
  /// The anchor's position, on the baseline.
  var position: Point
  /// The end of the text that stays at `position`.
  var anchor = TextAnchor.start
  /// The size of the font in points.
  var size = TextMetrics.labelSize
  /// Bold, as titles are.
  var isBold = false
  /// The colour.
  var ink = Ink.ink
  /// The slope in degrees; −45 rises to the right.
  var angle = 0.0
}

/// A drawing surface, alive for the time of one closure; see ``Chart/draw(on:in:)``.
///
/// Lengths are points, the origin is the top-left corner, y grows downwards. Colours are roles
/// (``Ink``). Cairo builds every path. It also paints PNG and PDF; for an SVG the path is read back
/// from it, so that all formats have its coordinates, multiples of 1/256 point. Cairo keeps the
/// first error it meets, so drawing never throws; the error is read once at the end.
public struct Canvas: ~Copyable {
  private let cairo: OpaquePointer
  /// The SVG drawn so far; nil where Cairo paints.
  private(set) var svg: SVGDocument?

  /// Wraps Cairo's context for a figure (`cairo_create`).
  init(_ cairo: OpaquePointer, writesSVG: Bool) {
    self.cairo = cairo
    svg = writesSVG ? SVGDocument() : nil
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
  }

  /// Paints the whole surface (`cairo_paint`).
  mutating func fill(_ ink: Ink) {
    svg?.addGround(ink)
    guard svg == nil else { return }
    setColor(ink)
    cairo_paint(cairo)
  }

  /// Fills a rectangle (`cairo_rectangle`).
  mutating func fill(_ rectangle: Rectangle, _ ink: Ink, opacity: Double = 1) {
    cairo_rectangle(cairo, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    fillPath(ink, opacity: opacity)
  }

  /// Fills a polygon; fewer than three points draw nothing.
  mutating func fill(_ corners: [Point], _ ink: Ink, opacity: Double = 1) {
    guard corners.count > 2 else { return }
    trace(corners)
    cairo_close_path(cairo)
    fillPath(ink, opacity: opacity)
  }

  /// Draws straight lines from point to point; fewer than two points draw nothing.
  mutating func stroke(_ points: [Point], _ ink: Ink, width: Double = 1, dash: [Double] = []) {
    guard points.count > 1 else { return }
    trace(points)
    if svg != nil {
      let path = takePath()
      svg?.addStroke(path, ink, width: width, dash: dash)
      return
    }
    setColor(ink)
    cairo_set_line_width(cairo, width)
    cairo_set_dash(cairo, dash, Int32(dash.count), 0)
    cairo_stroke(cairo)
  }

  /// Draws a data point with a thin rim of the panel's colour, so that neighbours stay apart.
  mutating func mark(_ marker: Marker, at center: Point, _ ink: Ink, radius: Double = 4) {
    outline(marker, at: center, radius: radius + 1)
    fillPath(.panel)
    outline(marker, at: center, radius: radius)
    fillPath(ink)
  }

  /// Writes a line of text (`cairo_show_text`; in an SVG, a `text` element above all shapes).
  mutating func text(_ run: TextRun) {
    svg?.addText(run)
    guard svg == nil else { return }
    setColor(run.ink)
    cairo_select_font_face(
      cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
      run.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(cairo, run.size)
    var extents = cairo_text_extents_t()
    cairo_text_extents(cairo, run.string, &extents)
    let shift =
      switch run.anchor {
      case .start: 0.0
      case .middle: -extents.x_advance / 2
      case .end: -extents.x_advance
      }
    cairo_save(cairo)
    cairo_translate(cairo, run.position.x, run.position.y)
    cairo_rotate(cairo, run.angle * .pi / 180)
    cairo_move_to(cairo, shift, 0)
    cairo_show_text(cairo, run.string)
    cairo_restore(cairo)
  }

  /// Writes a line of text of the usual size.
  mutating func text(
    _ string: String, at position: Point, anchor: TextAnchor = .start, ink: Ink = .ink,
    size: Double = TextMetrics.labelSize
  ) {
    text(TextRun(string: string, position: position, anchor: anchor, size: size, ink: ink))
  }

  private func setColor(_ ink: Ink, opacity: Double = 1) {
    let color = ink.light
    cairo_set_source_rgba(
      cairo, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255, opacity)
  }

  /// Fills the current path (`cairo_fill`).
  private mutating func fillPath(_ ink: Ink, opacity: Double = 1) {
    if svg != nil {
      let path = takePath()
      svg?.addFill(path, ink, opacity: opacity)
      return
    }
    setColor(ink, opacity: opacity)
    cairo_fill(cairo)
  }

  /// Takes the current path out of Cairo (`cairo_copy_path`).
  private func takePath() -> [PathStep] {
    guard let path = cairo_copy_path(cairo) else { return [] }
    defer {
      cairo_path_destroy(path)
      cairo_new_path(cairo)
    }
    var steps: [PathStep] = []
    var next = 0
    while next < Int(path.pointee.num_data), let data = path.pointee.data {
      let header = data[next].header
      func point(_ offset: Int) -> Point {
        Point(data[next + offset].point.x, data[next + offset].point.y)
      }
      switch header.type {
      case CAIRO_PATH_MOVE_TO: steps.append(.move(point(1)))
      case CAIRO_PATH_LINE_TO: steps.append(.line(point(1)))
      case CAIRO_PATH_CURVE_TO: steps.append(.curve(point(1), point(2), to: point(3)))
      default: steps.append(.close)
      }
      next += Int(header.length)
    }
    return steps
  }

  private func trace(_ points: [Point]) {
    for (index, point) in points.enumerated() {
      if index == 0 {
        cairo_move_to(cairo, point.x, point.y)
      } else {
        cairo_line_to(cairo, point.x, point.y)
      }
    }
  }

  private func outline(_ marker: Marker, at center: Point, radius r: Double) {
    func corners(_ offsets: [(Double, Double)]) {
      trace(offsets.map { Point(center.x + $0.0 * r, center.y + $0.1 * r) })
      cairo_close_path(cairo)
    }
    switch marker {
    case .circle:
      cairo_new_sub_path(cairo)
      cairo_arc(cairo, center.x, center.y, r, 0, 2 * .pi)
    case .square: corners([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
    case .triangle: corners([(0, -1.25), (1.1, 0.8), (-1.1, 0.8)])
    case .diamond: corners([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)])
    }
  }
}
