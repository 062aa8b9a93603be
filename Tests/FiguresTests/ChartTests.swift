import Files
import Foundation
import Testing

@testable import Figures

@Suite("Writing a chart") struct ChartTests {
  @Test("gives the same bytes twice, and in any order, in one process")
  func deterministic() throws {
    for format in FigureFormat.allCases {
      let there = try SampleCharts.all.map {
        try $0.chart.rendered(as: format, name: $0.name, description: "d")
      }
      let back = try SampleCharts.all.reversed().map {
        try $0.chart.rendered(as: format, name: $0.name, description: "d")
      }
      #expect(there == back.reversed())
    }
  }

  @Test("as PNG has its signature and two pixels a point")
  func png() throws {
    let bytes = try SampleCharts.loss.rendered(as: .png, name: "loss", description: "d")
    #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    func number(at offset: Int) -> Int {
      bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    #expect(number(at: 16) == 1280 && number(at: 20) == 800)
  }

  @Test("as PDF has its header, its end and no clock")
  func pdf() throws {
    let bytes = try SampleCharts.loss.rendered(as: .pdf, name: "loss", description: "d")
    #expect(bytes.starts(with: Array("%PDF-".utf8)))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("%%EOF") && text.contains("20000101000000Z"))
  }

  @Test("as SVG has title, description and only text that can be read as text")
  func svg() throws {
    let text = try SampleCharts.loss.svg("loss", description: "The loss falls to 0.39.")
    #expect(text.contains("<title id=\"loss-title\">The loss while training</title>"))
    #expect(text.contains("<desc id=\"loss-desc\">The loss falls to 0.39.</desc>"))
    #expect(text.contains(">published 0.410</text>"))
    #expect(!text.contains("glyph") && !text.contains("surface") && !text.contains("pt\""))
    #expect(XMLReader.isWellFormed(text))
  }

  @Test("takes its name from the file and writes its numbers beside it")
  func files() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try SampleCharts.spread.write(to: folder + "/ten.seeds.SVG", description: "d")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == ["ten.seeds.SVG", "ten.seeds.csv"])
    let svg = try String(contentsOfFile: folder + "/ten.seeds.SVG", encoding: .utf8)
    #expect(svg.contains("id=\"ten-seeds\""))
  }

  @Test("to a place that cannot be written says so and leaves nothing")
  func unwritable() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let missing = folder + "/none/loss.svg"
    let error = #expect(throws: FileError.self) {
      try SampleCharts.loss.write(to: missing, description: "d")
    }
    #expect(error?.path == folder + "/none/loss.csv")
    #expect(error?.description.contains("there is no folder") == true)

    // The picture's own place is taken: the numbers must not appear either.
    try FileManager.default.createDirectory(
      atPath: folder + "/loss.svg", withIntermediateDirectories: false)
    let taken = #expect(throws: FileError.self) {
      try SampleCharts.loss.write(to: folder + "/loss.svg", description: "d")
    }
    #expect(taken?.path == folder + "/loss.svg")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["loss.svg"])
  }

  @Test(
    "under an unknown ending names the endings there are",
    arguments: ["loss", "loss.jpg", "a.svg/b"])
  func ending(path: String) {
    let error = #expect(throws: FileError.self) {
      try SampleCharts.loss.write(to: path, description: "d")
    }
    #expect(
      error?.description
        == "\(path) cannot be written: a figure's name ends in .svg, .png or .pdf; "
        + "choose another place.")
  }

  @Test("without a description is the caller's mistake")
  func noDescription() async {
    await #expect(processExitsWith: .failure) {
      _ = try SampleCharts.loss.rendered(as: .svg, name: "loss", description: "")
    }
  }

  @Test(
    "draws data of every kind without a trap",
    arguments: [
      [], [0], [.nan, .infinity], [1e300, -1e300], [1e-300, 1e-290], [0.41, 0.41], [-7, 12],
    ] as [[Double]])
  func oddData(values: [Double]) throws {
    let points = values.enumerated().map { (x: Double($0), y: $1) }
    for scale in [Axis.Scale.linear, .logarithmic] {
      let axis = Axis("value", scale: scale)
      let charts: [any Chart] = [
        LineChart(title: "", x: axis, y: axis, series: [Series("s", points: points)]),
        BarChart(title: "", x: axis, bars: values.map { Bar("b", $0) }),
        StripChart(title: "", x: axis, strips: [Strip("s", values: values)]),
        HeatMap(title: "", rows: ["r"], columns: values.indices.map { "c\($0)" }, values: [values]),
        ScatterMap(
          title: "", x: axis, y: axis, groups: ["g"],
          points: values.map { LabelledPoint("p", x: $0, y: $0) }),
      ]
      for chart in charts {
        let svg = try chart.svg("odd")
        #expect(!svg.contains("nan") && !svg.contains("inf\""))
      }
    }
  }
}

extension Chart {
  /// The text of the chart's SVG.
  func svg(_ name: String, description: String = "d") throws -> String {
    String(
      decoding: try rendered(as: .svg, name: name, description: description), as: UTF8.self)
  }
}

/// Checks that start and end tags match and that no bare `&` is left.
enum XMLReader {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for piece in text.split(separator: "<") {
      guard let end = piece.firstIndex(of: ">") else { return false }
      let tag = piece[..<end]
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else if tag.last != "/" {
        open.append(tag.prefix { !$0.isWhitespace })
      }
    }
    let entities = text.matches(of: /&(amp|lt|gt|quot|#39);/).count
    return open.isEmpty && text.count { $0 == "&" } == entities
  }
}
