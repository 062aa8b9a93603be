import ChapterSupport
import Figures
import Files
import Foundation
import Literate

nonisolated extension ChapterOptions {
  /// Draws what each engine costs, `figures/engines.svg`, from the benchmark's table.
  ///
  /// The table has the columns `engine`, `group` and `seconds`, in this order, and a row for each
  /// bar; there are at most four groups.
  func drawEngines(from path: String) throws {
    let table = try Table(contentsOf: path)
    guard table.columns.prefix(3) == ["engine", "group", "seconds"] else {
      throw FileError(path, .malformed("has not the columns engine, group, seconds"))
    }
    var groups: [String] = []
    let entries = try table.rows.map { row in
      guard let seconds = Double(row[2]), seconds > 0 else {
        throw FileError(path, .malformed("has no seconds in \(row.joined(separator: ","))"))
      }
      if !groups.contains(row[1]) { groups.append(row[1]) }
      return (name: row[0], group: row[1], seconds: seconds)
    }.sorted { $0.seconds > $1.seconds }
    guard let slowest = entries.first, let fastest = entries.last, groups.count <= 4 else {
      throw FileError(path, .malformed("has no engine, or more than four groups"))
    }
    let bars = entries.map { entry in
      Bar(entry.name, entry.seconds, group: groups.firstIndex(of: entry.group) ?? 0)
    }
    let chart = BarChart(
      title: "Five epochs on the Penn Treebank, from the text to the vectors",
      x: Axis("time (s)"), groups: groups.count > 1 ? groups : [],
      bars: groups.count > 1 ? bars : bars.map { Bar($0.name, $0.value) })
    draw(
      chart, to: "figures/engines.svg",
      saying: String(
        format: "Five epochs take from %.2f s (%@) to %.1f s (%@), %.0f times as long.",
        fastest.seconds, fastest.name as NSString, slowest.seconds, slowest.name as NSString,
        slowest.seconds / fastest.seconds))
  }
}
