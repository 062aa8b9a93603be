import Testing

@testable import Figures

@Suite("SVG documents") struct SVGDocumentTests {
  private let about = FigureText(name: "loss", title: "Loss", description: "It falls.")
  private let size = Size(width: 640, height: 400)

  @Test("write shapes in order, then texts, with two decimals")
  func shapes() throws {
    var document = SVGDocument()
    document.addText(TextRun(string: "late", position: Point(1, 2)))
    document.addGround(.panel)
    document.addFill(
      [.move(Point(1.503906, 2)), .line(Point(3, 4.003906)), .close, .move(Point(1.503906, 2))],
      .blue, opacity: 0.3)
    document.addFill([.move(Point(0, 0)), .line(Point(3, 4)), .close], .blue, opacity: 0.004)
    document.addFill(
      [.move(Point(-0.125, 0)), .curve(Point(1, 2), Point(3, 4), to: Point(5, 6))], .ink, opacity: 1
    )
    document.addStroke(
      [.move(Point(0, 0)), .line(Point(10, 0.001))], .vermillion, width: 2.25, dash: [8, 4])
    document.addStroke([.move(Point(0, 0)), .line(Point(10, 0))], .grid, width: 1, dash: [])
    let lines = document.text(size: size, about: about).split(separator: "\n")
    #expect(
      lines.suffix(7) == [
        #"<rect class="panel" width="100%" height="100%"/>"#,
        #"<path class="blue" fill-opacity="0.3" d="M 1.5 2 L 3 4 Z M 1.5 2"/>"#,
        #"<path class="ink" d="M -0.13 0 C 1 2 3 4 5 6"/>"#,
        #"<path class="vermillion-line" fill="none" stroke-width="2.25" stroke-dasharray="8 4" "#
          + #"stroke-linejoin="round" d="M 0 0 L 10 0"/>"#,
        #"<path class="grid-line" fill="none" stroke-width="1" stroke-linejoin="round" "#
          + #"d="M 0 0 L 10 0"/>"#,
        #"<text class="ink" x="1" y="2" font-size="14">late</text>"#,
        "</svg>",
      ])
  }

  @Test("write anchor, weight and slope of a text where they are not the usual ones")
  func texts() {
    var document = SVGDocument()
    document.addText(
      TextRun(
        string: "chip", position: Point(10, 20.5), anchor: .end, size: 16, isBold: true,
        ink: .muted, angle: -45))
    #expect(
      document.text(size: size, about: about).contains(
        #"<text class="muted" x="10" y="20.5" font-size="16" text-anchor="end" "#
          + #"font-weight="bold" transform="rotate(-45 10 20.5)">chip</text>"#))
  }

  @Test("keep every id and every rule to the figure's name")
  func identifiers() throws {
    let text = SVGDocument().text(size: size, about: about)
    let ids = text.matches(of: /id="([^"]*)"/).map { String($0.1) }
    #expect(ids == ["loss", "loss-title", "loss-desc"])
    #expect(text.contains(#"role="img" aria-labelledby="loss-title loss-desc""#))
    #expect(text.contains(#"width="640" height="400" viewBox="0 0 640 400""#))
    let rules = text.split(separator: "}").filter { $0.contains("{") && !$0.contains("@media") }
    #expect(rules.count > 30)
    #expect(rules.allSatisfy { $0.contains("#loss ") })
    #expect(SVGDocument.identifier("2 words & more") == "figure-2-words---more")
  }

  @Test("escape what XML reserves and replace what it forbids")
  func escaping() throws {
    let hostile = FigureText(name: "x", title: "a < b & \"c\"", description: "</desc>\u{1}'")
    var document = SVGDocument()
    document.addText(TextRun(string: "]]> <unk>\u{0} s&p", position: Point(1, 2)))
    let text = document.text(size: size, about: hostile)
    #expect(text.contains("<title id=\"x-title\">a &lt; b &amp; &quot;c&quot;</title>"))
    #expect(text.contains("<desc id=\"x-desc\">&lt;/desc&gt;\u{FFFD}&#39;</desc>"))
    #expect(text.contains(">]]&gt; &lt;unk&gt;\u{FFFD} s&amp;p</text>"))
  }

  @Test("give every ink a light and a dark value, the dark ones in the media query")
  func schemes() throws {
    let halves = SVGDocument().text(size: size, about: about)
      .split(separator: "@media (prefers-color-scheme:dark)")
    try #require(halves.count == 2)
    for ink in Ink.allCases {
      #expect(halves[0].contains("#loss .\(ink){fill:\(ink.light.css)}"))
      #expect(halves[1].contains("#loss .\(ink){fill:\(ink.dark.css)}"))
      #expect(halves[1].contains("#loss .\(ink)-line{stroke:\(ink.dark.css)}"))
    }
  }

  @Test("have the coordinates that Cairo has, rounded to 1/256 point")
  func coordinates() throws {
    let svg = try Shapes().svg("shapes")
    // 1.0055 is 257.4 / 256, and 257 / 256 is 1.0039.
    #expect(svg.contains(#"d="M 1 2 L 3 4""#))
    #expect(svg.contains(#"d="M 5 5 L 7 5 L 7 8 L 5 8 Z M 5 5"/>"#))
    #expect(svg.matches(of: /class="green" d="M [0-9. ]+ C\x20/).count == 1)
  }

  private struct Shapes: Chart {
    let title = ""
    let table = Table(columns: ["none"])
    func draw(on canvas: inout Canvas, in bounds: Rectangle) {
      canvas.stroke([Point(1.0055, 2), Point(3, 4)], .ink)
      canvas.fill(Rectangle(x: 5, y: 5, width: 2, height: 3), .blue)
      canvas.mark(.circle, at: Point(20, 20), .green)
      canvas.stroke([Point(1, 1)], .ink)
    }
  }
}
