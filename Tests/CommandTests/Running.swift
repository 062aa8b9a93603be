import Foundation
import Literate

/// A folder for a command to run in, which is removed with its holder.
final class Workplace {
  let folder: URL

  /// Makes a folder, with a text if one is given.
  init(text: String? = nil) throws {
    folder = try temporaryDirectory()
    if let text { try put("text.txt", text) }
  }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private static let program: URL = {
    let bundle = Bundle(for: Workplace.self).bundleURL
    let products = bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle
    return products.appendingPathComponent("word2vec")
  }()

  /// Runs `word2vec`.
  func run(_ arguments: String..., timeout: TimeInterval = 120) throws -> ProgramRun {
    try Literate.run(Self.program, arguments: arguments, in: folder, timeout: timeout)
  }

  /// Runs a line of the shell, in which `word2vec` is the program.
  func shell(_ line: String) throws -> ProgramRun {
    try Literate.run(
      URL(fileURLWithPath: "/bin/sh"),
      arguments: ["-c", "word2vec() { \"\(Self.program.path)\" \"$@\"; }\n\(line)"], in: folder,
      timeout: 120)
  }

  /// Makes a file.
  func put(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  /// The bytes of a file.
  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }
}

/// A text that teaches something: words of a colour and of a size, each with their things.
let smallText: String = {
  var state: UInt64 = 1
  func next(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
  let kinds = [["red", "green", "blue", "paint"], ["large", "small", "tiny", "scale"]]
  return (0..<1500).map { _ in
    let kind = kinds[next(2)]
    return (0..<6).map { _ in kind[next(4)] }.joined(separator: " ")
  }.joined(separator: "\n")
}()
