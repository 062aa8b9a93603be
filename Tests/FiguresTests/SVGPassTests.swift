import Testing

@testable import Figures

@Suite("The SVG pass") struct SVGPassTests {
  private let about = FigureText(name: "loss", title: "Loss", description: "It falls.")

  private func pass(
    _ shapes: String, texts: [TextRun] = [], about: FigureText? = nil
  ) throws -> String {
    let cairo = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg width="640pt" height="400pt" viewBox="0 0 640 400"><g id="surface5">
      \(shapes)
      </g></svg>
      """
    return try SVGPass(
      cairo: Array(cairo.utf8), texts: texts, size: Size(width: 640, height: 400),
      about: about ?? self.about
    ).document
  }

  @Test("writes the same file for the spellings of Cairo 1.16 and 1.18")
  func versions() throws {
    let old = try pass(
      """
      <rect x="0" y="0" width="640" height="400" style="fill:rgb(100%,100%,100%);fill-opacity:1;stroke:none;"/>
      <path style="fill:none;stroke-width:2.25;stroke-linecap:butt;stroke-linejoin:round;\
      stroke:rgb(83.529412%,36.862745%,0%);stroke-opacity:1;stroke-dasharray:8,4;" d="M 1.503906 2 L 3 4.003906 "/>
      <path style=" stroke:none;fill-rule:nonzero;fill:rgb(0%,44.705882%,69.803922%);fill-opacity:0.3;" d="M 1 2 L 3 4 Z M 1 2 "/>
      """)
    let new = try pass(
      """
      <rect x="-64" y="-40" width="768" height="480" fill="rgb(100%, 100%, 100%)" fill-opacity="1"/>
      <path fill="none" stroke-width="2.25" stroke-linecap="butt" stroke-linejoin="round" \
      stroke="rgb(83.529663%, 36.862183%, 0%)" stroke-opacity="1" stroke-dasharray="8 4" d="M 1.503906 2 L 3 4.003906 "/>
      <path fill-rule="nonzero" fill="rgb(0%, 44.706726%, 69.804382%)" fill-opacity="0.3" d="M 1 2 L 3 4 Z M 1 2 "/>
      """)
    #expect(old == new)
    #expect(old.contains(#"<rect class="panel" width="100%" height="100%"/>"#))
    #expect(
      old.contains(
        #"class="vermillion-line" fill="none" stroke-width="2.25" stroke-dasharray="8 4""#))
    #expect(old.contains(#"d="M 1.5 2 L 3 4""#))
    #expect(old.contains(#"<path class="blue" fill-opacity="0.3" d="M 1 2 L 3 4 Z M 1 2"/>"#))
  }

  @Test("keeps every id and every rule to the figure's name")
  func identifiers() throws {
    let text = try pass("")
    let ids = text.matches(of: /id="([^"]*)"/).map { String($0.1) }
    #expect(ids == ["loss", "loss-title", "loss-desc"])
    #expect(text.contains(#"role="img" aria-labelledby="loss-title loss-desc""#))
    #expect(text.contains(#"width="640" height="400" viewBox="0 0 640 400""#))
    let rules = text.split(separator: "}").filter { $0.contains("{") && !$0.contains("@media") }
    #expect(rules.count > 30)
    #expect(rules.allSatisfy { $0.contains("#loss ") })
    #expect(SVGPass.identifier("2 words & more") == "figure-2-words---more")
  }

  @Test("escapes what XML reserves and replaces what it forbids")
  func escaping() throws {
    let hostile = FigureText(name: "x", title: "a < b & \"c\"", description: "</desc>\u{1}'")
    let run = TextRun(string: "]]> <unk>\u{0} s&p", position: Point(1, 2))
    let text = try pass("", texts: [run], about: hostile)
    #expect(text.contains("<title id=\"x-title\">a &lt; b &amp; &quot;c&quot;</title>"))
    #expect(text.contains("<desc id=\"x-desc\">&lt;/desc&gt;\u{FFFD}&#39;</desc>"))
    #expect(text.contains(">]]&gt; &lt;unk&gt;\u{FFFD} s&amp;p</text>"))
  }

  @Test("gives every ink a light and a dark value, the dark ones in the media query")
  func schemes() throws {
    let halves = try pass("").split(separator: "@media (prefers-color-scheme:dark)")
    try #require(halves.count == 2)
    for ink in Ink.allCases {
      #expect(halves[0].contains("#loss .\(ink){fill:\(ink.light.css)}"))
      #expect(halves[1].contains("#loss .\(ink){fill:\(ink.dark.css)}"))
      #expect(halves[1].contains("#loss .\(ink)-line{stroke:\(ink.dark.css)}"))
    }
  }

  @Test(
    "fails on what it would lose",
    arguments: [
      #"<use xlink:href="glyph0-1" x="1" y="2"/>"#, #"<image width="1" height="1"/>"#,
      #"<path style="fill:rgb(1%,2%,3%);" d="M 1 2 L 3 4"/>"#,
      #"<path fill="rgb(0%,44.7%,69.8%)" d="M 1 2" transform="matrix(2,0,0,1,0,0)"/>"#,
      #"<g clip-path="url(clip1)"></g>"#,
    ])
  func unknown(shape: String) {
    #expect(throws: FigureError.self) { try pass(shape) }
  }
}
