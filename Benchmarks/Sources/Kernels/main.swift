import Foundation

// Times the kernels of the package and the limits of the machine, with plain timing: each is run
// for at least 0.3 s and the median is kept.
//
//   swift run -c release --package-path Benchmarks kernels [--json] [NAME …]
//
// NAME is a group: limits. With `--json` each measurement is a line of JSON.

let groups: [(name: String, run: () -> [Measurement])] = [
  ("limits", { Limits.measurements(threads: [1, 2]) })
]

var names = Set(CommandLine.arguments.dropFirst())
let json = names.remove("--json") != nil
let unknown = names.subtracting(groups.map(\.name)).sorted()
guard unknown.isEmpty else {
  let known = groups.map(\.name).joined(separator: ", ")
  let message = "kernels: no group \(unknown[0]); there are: \(known)\n"
  FileHandle.standardError.write(Data(message.utf8))
  exit(64)
}

let encoder = JSONEncoder()
encoder.outputFormatting = .sortedKeys
for group in groups where names.isEmpty || names.contains(group.name) {
  for measurement in group.run() {
    if json {
      print(String(decoding: try encoder.encode(measurement), as: UTF8.self))
    } else {
      print(measurement.description)
    }
  }
}
