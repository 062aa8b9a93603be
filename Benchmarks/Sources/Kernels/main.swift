import Foundation

// Times the kernels of the package and the limits of the machine, with plain timing: each is run
// for at least 0.3 s and the median is kept.
//
//   swift run -c release --package-path Benchmarks kernels [--json] [--data FILE]
//     [--vectors FOLDER] [GROUP …]
//
// The groups are limits, streams, read and step; the last two need a text (--data, default
// data/ptb/ptb.train.txt); and with --vectors, which peers/gensim_vectors.py fills, vectors. With `--json` each measurement is a line of JSON.

var words = Array(CommandLine.arguments.dropFirst())
var path = "data/ptb/ptb.train.txt"
if let option = words.firstIndex(of: "--data"), option + 1 < words.count {
  path = words[option + 1]
  words.removeSubrange(option...option + 1)
}
var folder: String?
if let option = words.firstIndex(of: "--vectors"), option + 1 < words.count {
  folder = words[option + 1]
  words.removeSubrange(option...option + 1)
}
let json = words.contains("--json")
words.removeAll { $0 == "--json" }

let groups: [(name: String, run: () throws -> [Measurement])] = [
  ("limits", { Limits.measurements(threads: [1, 2]) }),
  ("streams", Streams.measurements),
  ("read", { try Reading.measurements(path: path) }),
  ("step", { try Steps.measurements(path: path) }),
  ("vectors", { try folder.map(VectorFiles.measurements) ?? [] }),
]

/// Ends the program with a sentence on stderr.
func fail(_ sentence: String, status: Int32) -> Never {
  FileHandle.standardError.write(Data("kernels: \(sentence)\n".utf8))
  exit(status)
}

if let unknown = words.first(where: { word in !groups.contains { $0.name == word } }) {
  let known = groups.map(\.name).joined(separator: ", ")
  fail("there is no group \(unknown); there are \(known)", status: 64)
}

let encoder = JSONEncoder()
encoder.outputFormatting = .sortedKeys
for group in groups where words.isEmpty || words.contains(group.name) {
  do {
    for measurement in try group.run() {
      if json {
        print(String(decoding: try encoder.encode(measurement), as: UTF8.self))
      } else {
        print(measurement.description)
      }
    }
  } catch {
    fail("\(error)", status: 1)
  }
}
