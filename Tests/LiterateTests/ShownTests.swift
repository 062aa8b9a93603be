import Foundation
import Testing

@testable import Literate

@Suite("Shown text")
struct ShownTests {
  @Test("numbers have fixed decimals and a point")
  func places() {
    let shown: Shown = "\(0.41, places: 3) \(Float(2.5), places: 0) \(-1.0 / 3, places: 4)"
    #expect(shown.text == "0.410 2 -0.3333")
    #expect(shown.parts == [Part("0.410 2 -0.3333")])
  }

  @Test("a width pads on the left, a negative one on the right")
  func width() {
    let shown: Shown = "\("ab", width: -4)|\(7, width: 3)|\(1.5, places: 2, width: 6)"
    #expect(shown.text == "ab  |  7|  1.50")
  }

  @Test("marked parts are kept apart from exact ones")
  func marks() {
    let shown: Shown = "loss \(0.41, places: 3, within: 0.01), \(volatile: 12.34, places: 1)/s"
    #expect(
      shown.parts == [
        Part("loss "), Part("0.410", .within(0.01)), Part(", "), Part("12.3", .volatile),
        Part("/s"),
      ])
  }

  @Test("shown text inside shown text keeps its marks")
  func nesting() {
    let inner: Shown = "\(volatile: 3)"
    let outer: Shown = "[\(inner)]"
    #expect(outer.parts == [Part("["), Part("3", .volatile), Part("]")])
  }

  @Test("lines keep their parts")
  func lines() {
    let shown: Shown = "a\nb \(volatile: 1)\n\nc\n"
    #expect(shown.lines.map(\.text) == ["a", "b 1", "", "c"])
    #expect(shown.lines[1].parts.count == 2)
    #expect(("" as Shown).lines.isEmpty)
  }

  @Test("a record survives its line of JSON, keys in order")
  func json() throws {
    let shown: Shown = "a \(volatile: 1) \(0.5, places: 1, within: 0.25)/"
    for kind in [Record.Kind.output, .figure("figures/a.svg"), .value("loss")] {
      let record = Record(kind, shown, line: 7, file: "M/main.swift")
      #expect(try Record.list(fromJSONLines: record.json() + "\n") == [record])
    }
    let json = try Record(.output, shown, line: 7, file: "M/main.swift").json()
    let parts =
      #"[{"text":"a "},{"text":"1","volatile":true},{"text":" "},"#
      + #"{"text":"0.5","within":0.25},{"text":"/"}]"#
    #expect(json == #"{"file":"M/main.swift","line":7,"parts":"# + parts + "}")
  }
}
