import Foundation
import Literate
import Testing

/// A run that cannot succeed, and what its one sentence must say.
struct BadRun: CustomTestStringConvertible, Sendable {
  var product: String
  var arguments: [String]
  /// Files in the working directory: their names, and their bytes; nil makes a folder.
  var files: [String: Data?] = [:]
  var environment: [String: String] = [:]
  /// 64 for a wrong option.
  var status: Int32 = 1
  /// Whether the run fails only in training, when the first step is printed.
  var failsInTraining = false
  /// Words of the sentence: the thing it is about, and what to do.
  var says: [String]

  init(
    _ product: String, _ arguments: String..., files: [String: Data?] = [:],
    environment: [String: String] = [:], status: Int32 = 1, failsInTraining: Bool = false,
    says: [String]
  ) {
    self.product = product
    self.arguments = arguments
    self.files = files
    self.environment = environment
    self.status = status
    self.failsInTraining = failsInTraining
    self.says = says
  }

  var testDescription: String {
    let options = arguments.map { $0.isEmpty ? "''" : $0 }.joined(separator: " ")
    return "\(product) \(options)" + (says.first.map { " (\($0))" } ?? "")
  }
}

/// Whether the training chapter printed its first step and nothing after it.
func isBeforeTheLoop(_ stdout: String) -> Bool {
  stdout.hasSuffix("\n") && stdout.split(separator: "\n").last?.contains(": loss 0.69") == true
}

/// Expects that the run is refused: the status, one sentence on stderr as its last line, nothing on
/// stdout, no file that was not there before, and all that within the time.
func expectRefusal(_ bad: BadRun, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let folder = try temporaryDirectory()
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, bytes) in bad.files {
    let place = folder.appendingPathComponent(name)
    if let bytes {
      try bytes.write(to: place)
    } else {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    }
  }
  let before = try contents(of: folder)
  let result = try run(
    bad.product, bad.arguments, environment: bad.environment.mapValues { $0 },
    currentDirectory: folder, timeout: 60)

  #expect(!result.timedOut, "it hangs", sourceLocation: sourceLocation)
  #expect(result.status == bad.status, "\(result.stderr)", sourceLocation: sourceLocation)
  if bad.failsInTraining {
    #expect(isBeforeTheLoop(result.stdout), sourceLocation: sourceLocation)
  } else {
    #expect(result.stdout == "", sourceLocation: sourceLocation)
  }
  let lines = result.stderr.split(separator: "\n")
  let sentence = String(lines.last ?? "")
  #expect(sentence.hasPrefix("error: "), sourceLocation: sourceLocation)
  #expect([".", "?"].contains(sentence.last), "\(sentence)", sourceLocation: sourceLocation)
  #expect(lines.count { $0.hasPrefix("error:") } == 1, sourceLocation: sourceLocation)
  for words in bad.says {
    #expect(sentence.contains(words), "\(sentence)", sourceLocation: sourceLocation)
  }
  let after = try contents(of: folder)
  #expect(differing(after, before) == [], "files were written", sourceLocation: sourceLocation)
}

/// The files and folders below a folder, with the bytes of the files.
func contents(of folder: URL) throws -> [String: Data] {
  var contents: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
    let place = folder.appendingPathComponent(name)
    contents[name] = (try? Data(contentsOf: place)) ?? Data()
  }
  return contents
}

/// The names whose bytes are not the same in two folders, or that one of them lacks; a failed test
/// then shows names and not megabytes.
func differing(_ one: [String: Data], _ other: [String: Data]) -> [String] {
  Set(one.keys).union(other.keys).filter { one[$0] != other[$0] }.sorted()
}

extension Data {
  /// The bytes of a text.
  static func text(_ text: String) -> Data { Data(text.utf8) }
}
