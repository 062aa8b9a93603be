/// One step of a path, in points.
enum PathStep: Equatable {
  case move(Point)
  case line(Point)
  case curve(Point, Point, to: Point)
  case close
}

/// An SVG that is small, speaks to screen readers and follows dark mode.
///
/// A canvas hands over its shapes one by one. Every id begins with the figure's name (several
/// figures can stand in one page), coordinates have two decimals, colours are classes with a light
/// and a dark value, and labels are real text, above all shapes. So the same drawing is the same
/// bytes with any version of Cairo and any fonts.
struct SVGDocument {
  private var shapes: [String] = []
  private var texts: [String] = []

  /// Adds the opaque ground.
  mutating func addGround(_ ink: Ink) {
    shapes.append(#"<rect class="\#(ink)" width="100%" height="100%"/>"#)
  }

  /// Adds a filled path; one too faint to be seen is left out.
  mutating func addFill(_ path: [PathStep], _ ink: Ink, opacity: Double) {
    guard number(opacity) != "0" else { return }
    let fade = opacity < 1 ? #" fill-opacity="\#(number(opacity))""# : ""
    shapes.append(#"<path class="\#(ink)"\#(fade) d="\#(SVGDocument.data(path))"/>"#)
  }

  /// Adds a stroked path; `dash` is empty for a solid line.
  mutating func addStroke(_ path: [PathStep], _ ink: Ink, width: Double, dash: [Double]) {
    let gaps = dash.map(number).joined(separator: " ")
    shapes.append(
      #"<path class="\#(ink)-line" fill="none" stroke-width="\#(number(width))""#
        + (dash.isEmpty ? "" : #" stroke-dasharray="\#(gaps)""#)
        + #" stroke-linejoin="round" d="\#(SVGDocument.data(path))"/>"#)
  }

  /// Adds a line of text.
  mutating func addText(_ run: TextRun) {
    let (x, y) = (number(run.position.x), number(run.position.y))
    let anchor = run.anchor == .start ? "" : #" text-anchor="\#(run.anchor.rawValue)""#
    let weight = run.isBold ? #" font-weight="bold""# : ""
    let slope = run.angle == 0 ? "" : #" transform="rotate(\#(number(run.angle)) \#(x) \#(y))""#
    texts.append(
      #"<text class="\#(run.ink)" x="\#(x)" y="\#(y)" font-size="\#(number(run.size))""#
        + "\(anchor)\(weight)\(slope)>\(escaped(run.string))</text>")
  }

  /// The whole file for a figure of `size` points.
  func text(size: Size, about: FigureText) -> String {
    let id = SVGDocument.identifier(about.name)
    let title = about.title.isEmpty ? about.name : about.title
    let (width, height) = (number(size.width), number(size.height))
    let lines =
      [
        #"<svg xmlns="http://www.w3.org/2000/svg" id="\#(id)" width="\#(width)" "#
          + #"height="\#(height)" viewBox="0 0 \#(width) \#(height)" role="img" "#
          + #"aria-labelledby="\#(id)-title \#(id)-desc">"#,
        #"<title id="\#(id)-title">\#(escaped(title))</title>"#,
        #"<desc id="\#(id)-desc">\#(escaped(about.description))</desc>"#,
        SVGDocument.style(id: id),
      ] + shapes + texts + ["</svg>"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The name as an id: letters, digits, `-` and `_` stay, a letter comes first.
  static func identifier(_ name: String) -> String {
    let id = String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" ? $0 : "-" })
    return id.first?.isLetter == true ? id : "figure-" + id
  }

  /// Both values of every ink, kept to this figure by its id.
  private static func style(id: String) -> String {
    func rules(_ value: (Ink) -> RGB) -> String {
      Ink.allCases.map { ink in
        "#\(id) .\(ink){fill:\(value(ink).css)}"
          + "#\(id) .\(ink)-line{stroke:\(value(ink).css)}"
      }.joined(separator: "\n")
    }
    return """
      <style>
      #\(id) text{font-family:system-ui,"Helvetica Neue",Arial,sans-serif}
      \(rules(\.light))
      @media (prefers-color-scheme:dark){
      \(rules(\.dark))
      }
      </style>
      """
  }

  /// The path in SVG's letters.
  private static func data(_ path: [PathStep]) -> String {
    func pair(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }
    return path.map { step in
      switch step {
      case .move(let point): "M \(pair(point))"
      case .line(let point): "L \(pair(point))"
      case .curve(let first, let second, let end):
        "C \(pair(first)) \(pair(second)) \(pair(end))"
      case .close: "Z"
      }
    }.joined(separator: " ")
  }
}

/// A number with at most two decimals and none that are zero.
private func number(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
  let sign = hundredths < 0 ? "-" : ""
  switch rest {
  case 0: return "\(sign)\(whole)"
  case _ where rest % 10 == 0: return "\(sign)\(whole).\(rest / 10)"
  default: return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}

/// Text for XML: the five special characters escaped, those that XML 1.0 forbids replaced.
private func escaped(_ text: String) -> String {
  text.unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n", "\r": result += " "
    case ..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
}
