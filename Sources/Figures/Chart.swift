import Files

/// A figure: something that draws itself on a canvas and knows the numbers that it draws.
///
/// ```swift
/// let chart = LineChart(
///   title: "The loss while training", x: Axis("epoch", including: 0...5), y: Axis("loss"),
///   series: [Series("running mean", points: zip(epochs, losses).map { ($0, $1) })],
///   references: [Reference("published 0.410", at: 0.410)])
/// try chart.write(to: "figures/loss.svg", description: "The loss falls from 0.61 to 0.410.")
/// ```
public protocol Chart: Sendable {
  /// The short title, drawn at the top and written into the file; empty for none.
  var title: String { get }
  /// The size in points.
  var size: Size { get }
  /// Every number that is drawn, and nothing else.
  var table: Table { get }
  /// Draws inside `bounds`, on a ground that is already painted.
  ///
  /// What is drawn is what the charts of this module draw: a chart of one's own hands canvas and
  /// bounds on to them.
  ///
  /// - Parameters:
  ///   - canvas: The surface.
  ///   - bounds: Where to draw, in points.
  func draw(on canvas: inout Canvas, in bounds: Rectangle)
}

extension Chart {
  /// The usual size, 640 by 400 points: what a page shows at its full width.
  public var size: Size { Size(width: 640, height: 400) }

  /// Draws the figure and returns the bytes of its file.
  ///
  /// The same chart gives the same bytes in every run and in any order. An SVG depends neither on
  /// Cairo's version nor on installed fonts; PNG and PDF depend on both.
  ///
  /// - Parameters:
  ///   - format: The format of the file.
  ///   - name: The prefix of the ids in an SVG; unique on the page that it stands in.
  ///   - description: The alternative text: the finding in one sentence, with its numbers.
  ///   - file: The caller's file, named where the description is empty.
  ///   - line: The caller's line.
  /// - Returns: The bytes.
  /// - Throws: `FileError.Problem.unwritable` with Cairo's reason, about `name`.
  public func rendered(
    as format: FigureFormat, name: String, description: String, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(FileError) -> [UInt8] {
    require(
      !description.isEmpty, "the figure \(name) has no description", file: file, line: line)
    let text = FigureText(name: name, title: title, description: description)
    return try render(format, size: size, text: text) { canvas in
      draw(
        on: &canvas, in: Rectangle(x: 0, y: 0, width: size.width, height: size.height).inset(by: 16)
      )
    }
  }

  /// Writes the figure, and its numbers as CSV beside it, both whole or not at all.
  ///
  /// - Parameters:
  ///   - path: Where to; the ending names the format, `.svg`, `.png` or `.pdf`. The numbers go to
  ///     the same path with the ending `.csv`.
  ///   - name: The prefix of the ids in an SVG; the file's own name if nil.
  ///   - description: The alternative text: the finding in one sentence, with its numbers.
  ///   - file: The caller's file, named where the description is empty.
  ///   - line: The caller's line.
  /// - Throws: `FileError.Problem.unwritable` where the ending is another, or with the reason of Cairo
  ///   or the system.
  public func write(
    to path: String, name: String? = nil, description: String, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(FileError) {
    let format = try FigureFormat(ofFile: path)
    let stem = String(path.dropLast(format.rawValue.count + 1))
    let picture: [UInt8]
    do {
      picture = try rendered(
        as: format, name: name ?? String(stem.split(separator: "/").last ?? "figure"),
        description: description, file: file, line: line)
    } catch {
      throw error.about(path)
    }
    var numbers = try OutputFile(path: stem + ".csv")
    try numbers.write(Array(table.csv.utf8))
    var figure = try OutputFile(path: path)
    try figure.write(picture)
    try figure.commit(with: &numbers)
  }
}
