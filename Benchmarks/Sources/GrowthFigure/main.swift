// Draws the growth of time, Benchmarks/growth.csv, as figures/growth.svg:
//
//     swift run --package-path Benchmarks growth-figure
//
// Five panels, log-log: seconds by tokens, by dimension, by vocabulary, by threads, and by more
// processors than were there, computed from the pieces of a step.

import Figures
import Foundation

struct Measurement {
  let axis: String, program: String, what: String
  let value: Double, seconds: Double
}

let arguments = CommandLine.arguments.dropFirst()
let source = arguments.first ?? "Benchmarks/growth.csv"
let target = arguments.dropFirst().first ?? "figures/growth.svg"

func fail(_ sentence: String) -> Never {
  FileHandle.standardError.write(Data("error: \(sentence)\n".utf8))
  exit(1)
}

func measurements(in path: String) -> [Measurement] {
  let table: Table
  do {
    table = try Table(contentsOf: path)
  } catch {
    fail("\(error) Benchmarks/growth.py makes it.")
  }
  guard table.columns.prefix(5) == ["axis", "value", "program", "what", "seconds"] else {
    fail("\(path): the first columns must be axis, value, program, what, seconds.")
  }
  return table.rows.map { fields in
    guard let value = Double(fields[1]), let seconds = Double(fields[4]) else {
      fail("\(path): \(fields.joined(separator: ",")) has no numbers for value and seconds.")
    }
    return Measurement(
      axis: fields[0], program: fields[2], what: fields[3], value: value, seconds: seconds)
  }
}

/// One panel: the lines of one axis, a series for each program.
func panel(_ axis: String, _ label: String, _ what: String, _ all: [Measurement]) -> LineChart {
  let rows = all.filter { $0.axis == axis && $0.what == what }
  var programs: [String] = []
  for row in rows where !programs.contains(row.program) { programs.append(row.program) }
  let series = programs.map { program in
    Series(
      program,
      points: rows.filter { $0.program == program }.sorted { $0.value < $1.value }
        .map { (x: $0.value, y: $0.seconds) }, marks: .lineAndMarkers)
  }
  return LineChart(
    title: "By \(label)",
    x: Axis(label, scale: .logarithmic, ticks: Set(rows.map(\.value)).sorted()),
    y: Axis(what == "step" ? "seconds a step" : "seconds an epoch", scale: .logarithmic),
    series: series, names: .legend)
}

let all = measurements(in: source)
let chart = Panels(
  title: "How training time grows", columns: 2, rowHeight: 320,
  [
    panel("tokens", "tokens", "epoch", all), panel("width", "dimension", "epoch", all),
    panel("vocabulary", "vocabulary", "step", all), panel("threads", "threads", "epoch", all),
    panel("processors", "processors (computed)", "step", all),
  ])

/// How many times the seconds of the first program grow along an axis.
func growth(_ axis: String) -> String {
  let rows = all.filter {
    $0.axis == axis && $0.program == "fused" && $0.what != "data" && $0.what != "whole"
  }
  .sorted { $0.value < $1.value }
  guard let first = rows.first, let last = rows.last else { return "not measured" }
  return String(
    format: "%.2f times from %.0f to %.0f", last.seconds / first.seconds, first.value, last.value)
}

do {
  try chart.write(
    to: target,
    description: "The fused engine's time grows \(growth("tokens")) tokens, \(growth("width")) "
      + "numbers a vector, \(growth("vocabulary")) words of vocabulary, \(growth("threads")) threads, \(growth("processors")) processors."
  )
} catch {
  fail("\(error)")
}
