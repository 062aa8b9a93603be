internal import CCairo

/// Where on a text its position lies.
public enum TextAnchor: String, Sendable {
  /// The left end, the middle, the right end of the baseline.
  case start, middle, end
}

/// One line of text on a canvas.
public struct TextRun: Sendable, Equatable {
  /// The text as given, not escaped.
  public var string: String
  /// The anchor's position, on the baseline.
  public var position: Point
  /// The end of the text that stays at `position`.
  public var anchor: TextAnchor
  /// The size of the font in points.
  public var size: Double
  /// Bold, as titles are.
  public var isBold: Bool
  /// The colour.
  public var ink: Ink
  /// The slope in degrees; −45 rises to the right.
  public var angle: Double

  /// Creates a line of text.
  public init(
    string: String, position: Point, anchor: TextAnchor = .start,
    size: Double = TextMetrics.labelSize, isBold: Bool = false, ink: Ink = .ink, angle: Double = 0
  ) {
    self.string = string
    self.position = position
    self.anchor = anchor
    self.size = size
    self.isBold = isBold
    self.ink = ink
    self.angle = angle
  }
}

/// A drawing surface, alive for the time of one closure; see ``Chart/draw(on:in:)``.
///
/// Lengths are points, the origin is the top-left corner, y grows downwards. Colours are roles
/// (``Ink``). Cairo keeps the first error it meets, so drawing never throws; the error is read once
/// at the end.
public struct Canvas: ~Copyable {
  private let cairo: OpaquePointer
  /// The lines of text set aside for an SVG, which writes them as real text; otherwise nil.
  private(set) var recordedText: [TextRun]?

  /// Wraps Cairo's context for a figure (`cairo_create`).
  init(_ cairo: OpaquePointer, recordsText: Bool) {
    self.cairo = cairo
    recordedText = recordsText ? [] : nil
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
  }

  /// Paints the whole surface (`cairo_paint`).
  func fill(_ ink: Ink) {
    setColor(ink)
    cairo_paint(cairo)
  }

  /// Fills a rectangle (`cairo_rectangle`, `cairo_fill`).
  public func fill(_ rectangle: Rectangle, _ ink: Ink, opacity: Double = 1) {
    setColor(ink, opacity: opacity)
    cairo_rectangle(cairo, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_fill(cairo)
  }

  /// Draws straight lines from point to point (`cairo_stroke`); fewer than two points draw nothing.
  public func stroke(_ points: [Point], _ ink: Ink, width: Double = 1, dash: [Double] = []) {
    guard points.count > 1 else { return }
    setColor(ink)
    cairo_set_line_width(cairo, width)
    cairo_set_dash(cairo, dash, Int32(dash.count), 0)
    trace(points)
    cairo_stroke(cairo)
  }

  /// Draws a data point with a thin rim of the panel's colour, so that neighbours stay apart.
  public func mark(_ marker: Marker, at center: Point, _ ink: Ink, radius: Double = 4) {
    outline(marker, at: center, radius: radius + 1)
    setColor(.panel)
    cairo_fill(cairo)
    outline(marker, at: center, radius: radius)
    setColor(ink)
    cairo_fill(cairo)
  }

  /// Writes a line of text (`cairo_show_text`; in an SVG, a `text` element above all shapes).
  public mutating func text(_ run: TextRun) {
    guard recordedText == nil else {
      recordedText?.append(run)
      return
    }
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
  public mutating func text(
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
