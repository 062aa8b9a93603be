/// Rewrites Cairo's SVG as one that is small, speaks to screen readers and follows dark mode.
///
/// Cairo 1.16 and 1.18 spell the same drawing differently: sizes in `pt`, ids that count the
/// surfaces of the process, colours in `style` or in attributes. So the pass keeps the shapes only
/// and writes them anew: every id begins with the figure's name (several figures can stand in one
/// page), coordinates have two decimals, colours become classes with a light and a dark value, and
/// labels are real text. The same drawing is then the same bytes with any version and any fonts.
struct SVGPass {
  /// The whole file.
  let document: String

  /// Rewrites what Cairo wrote.
  ///
  /// - Parameters:
  ///   - cairo: The bytes of Cairo's file.
  ///   - texts: The labels, drawn above all shapes.
  ///   - size: The size of the figure in points.
  ///   - about: Name, title and description.
  /// - Throws: ``FigureError`` where Cairo used an element or a colour that no canvas asks for.
  init(cairo: [UInt8], texts: [TextRun], size: Size, about: FigureText) throws(FigureError) {
    let id = SVGPass.identifier(about.name)
    var shapes: [String] = []
    for tag in Tag.all(in: String(decoding: cairo, as: UTF8.self)) {
      try tag.requirePlain()
      switch tag.name {
      case "path": if let shape = try SVGPass.path(tag) { shapes.append(shape) }
      case "rect": shapes.append(try SVGPass.ground(tag))
      case "?xml", "svg", "g", "defs", "/svg", "/g", "/defs": break
      default: throw FigureError(path: "", reason: "Cairo wrote an unknown element, \(tag.name)")
      }
    }
    let title = about.title.isEmpty ? about.name : about.title
    let (width, height) = (number(size.width), number(size.height))
    let lines =
      [
        #"<svg xmlns="http://www.w3.org/2000/svg" id="\#(id)" width="\#(width)" "#
          + #"height="\#(height)" viewBox="0 0 \#(width) \#(height)" role="img" "#
          + #"aria-labelledby="\#(id)-title \#(id)-desc">"#,
        #"<title id="\#(id)-title">\#(escaped(title))</title>"#,
        #"<desc id="\#(id)-desc">\#(escaped(about.description))</desc>"#,
        SVGPass.style(id: id),
      ] + shapes + texts.map(SVGPass.text) + ["</svg>"]
    document = lines.joined(separator: "\n") + "\n"
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

  /// The opaque ground: Cairo writes paint over the whole surface as a rectangle.
  private static func ground(_ tag: Tag) throws(FigureError) -> String {
    #"<rect class="\#(try ink(tag.style["fill"]))" width="100%" height="100%"/>"#
  }

  /// A filled or stroked path; nil for an empty one.
  private static func path(_ tag: Tag) throws(FigureError) -> String? {
    guard let data = tag.style["d"].map(coordinates), !data.isEmpty else { return nil }
    let style = tag.style
    guard let stroke = style["stroke"], stroke != "none" else {
      let opacity = style["fill-opacity"].flatMap(Double.init) ?? 1
      let fade = opacity < 1 ? #" fill-opacity="\#(number(opacity))""# : ""
      return #"<path class="\#(try ink(style["fill"]))"\#(fade) d="\#(data)"/>"#
    }
    let width = number(style["stroke-width"].flatMap(Double.init) ?? 1)
    var dash = ""
    if let gaps = style["stroke-dasharray"], gaps != "none" {
      dash = #" stroke-dasharray="\#(coordinates(gaps))""#
    }
    return #"<path class="\#(try ink(stroke))-line" fill="none" stroke-width="\#(width)""#
      + #"\#(dash) stroke-linejoin="round" d="\#(data)"/>"#
  }

  private static func text(_ run: TextRun) -> String {
    let (x, y) = (number(run.position.x), number(run.position.y))
    let anchor = run.anchor == .start ? "" : #" text-anchor="\#(run.anchor.rawValue)""#
    let weight = run.isBold ? #" font-weight="bold""# : ""
    let slope = run.angle == 0 ? "" : #" transform="rotate(\#(number(run.angle)) \#(x) \#(y))""#
    return #"<text class="\#(run.ink)" x="\#(x)" y="\#(y)" font-size="\#(number(run.size))""#
      + "\(anchor)\(weight)\(slope)>\(escaped(run.string))</text>"
  }

  /// Commands and numbers of a path or a list of dashes, with two decimals at most.
  private static func coordinates(_ text: String) -> String {
    text.split { $0 == " " || $0 == "," || $0 == "\n" }
      .map { word in Double(word).map(number) ?? String(word) }
      .joined(separator: " ")
  }

  /// The role whose light value Cairo wrote, as `rgb(0%, 44.7%, 69.8%)`.
  private static func ink(_ color: String?) throws(FigureError) -> Ink {
    let channels = (color ?? "").split { "rgb(%,) ".contains($0) }.compactMap { Double($0) }
      .map { Int(($0 * 2.55).rounded()) }
    let ink = Ink.allCases.first {
      channels == [Int($0.light.red), Int($0.light.green), Int($0.light.blue)]
    }
    guard let ink else {
      throw FigureError(path: "", reason: "Cairo wrote an unknown colour, \(color ?? "none")")
    }
    return ink
  }
}

/// A start or end tag of Cairo's file.
private struct Tag {
  /// The element's name; `/name` for an end tag.
  let name: String
  /// Attributes and the declarations of `style`, by name.
  let style: [String: String]

  /// All tags of a document, in order.
  static func all(in document: String) -> [Tag] {
    document.split(separator: "<").compactMap { piece in
      let body = piece.prefix { $0 != ">" }
      guard let name = body.split(whereSeparator: \.isWhitespace).first else { return nil }
      var style: [String: String] = [:]
      let quoted = body.dropFirst(name.count).split(
        separator: "\"", omittingEmptySubsequences: false)
      for (key, value) in zip(quoted, quoted.dropFirst()) where key.last == "=" {
        let key = key.dropLast().filter { !$0.isWhitespace }
        if key == "style" { style.merge(declarations(value)) { $1 } }
        style[key] = String(value)
      }
      return Tag(name: name.last == "/" ? String(name.dropLast()) : String(name), style: style)
    }
  }

  /// Fails on what this pass would lose: no canvas moves, clips or filters a shape.
  func requirePlain() throws(FigureError) {
    let isMoved = style["transform"].map {
      $0.split { "matrix(), ".contains($0) }.compactMap { Double($0) } != [1, 0, 0, 1, 0, 0]
    }
    let lost = ["clip-path", "mask", "filter"].first { style[$0] != nil }
    if let lost = isMoved == true ? "transform" : lost {
      throw FigureError(path: "", reason: "Cairo wrote an unknown attribute, \(lost)")
    }
  }

  private static func declarations(_ text: Substring) -> [String: String] {
    let pairs = text.split(separator: ";").compactMap { declaration -> (String, String)? in
      let parts = declaration.split(separator: ":", maxSplits: 1)
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
    return Dictionary(pairs) { $1 }
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
