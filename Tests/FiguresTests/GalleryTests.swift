import Foundation
import Testing

@testable import Figures

@Suite("Every kind of chart") struct GalleryTests {
  /// With `FIGURES_GALLERY` set to a folder, the drawings stay there to be looked at.
  @Test(
    "draws as SVG, PNG and PDF, with its numbers beside it", arguments: SampleCharts.all.map(\.name)
  )
  func draws(name: String) throws {
    let kept = ProcessInfo.processInfo.environment["FIGURES_GALLERY"]
    let folder = try kept ?? temporaryFolder()
    defer { if kept == nil { try? FileManager.default.removeItem(atPath: folder) } }
    let chart = try #require(SampleCharts.all.first { $0.name == name }).chart
    for format in FigureFormat.allCases {
      try chart.write(to: "\(folder)/\(name).\(format)", description: "A drawing of \(name).")
    }
    let csv = try String(contentsOfFile: "\(folder)/\(name).csv", encoding: .utf8)
    #expect(csv == chart.table.csv)
    #expect(chart.table.rows.count > 3)
  }
}

/// A new empty folder for one test.
func temporaryFolder() throws -> String {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "figures-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url.path
}
