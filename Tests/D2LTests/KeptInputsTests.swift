import D2L
import Foundation
import TestSupport
import Testing
import Word2Vec

/// The inputs that fuzzing begins with and those that it found faults with, by reader.
private func kept(_ reader: String) -> [URL] {
  let fuzz = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "fuzz")
  return ["Corpus", "Crashes"].flatMap { folder in
    let place = fuzz.appending(path: "\(folder)/\(reader)")
    return
      (try? FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil))
      ?? []
  }.sorted { $0.path < $1.path }
}

@Suite("Inputs that fuzzing keeps")
struct KeptInputsTests {
  @Test("of vectors are read, or refused in a sentence", arguments: kept("vectors"))
  func vectors(_ file: URL) throws {
    let bytes = try Data(contentsOf: file)
    let formats = WordVectorsFormat.allCases
    let number = Int(bytes.first ?? 0) % 8
    try withTemporaryFile(bytes.dropFirst()) { path in
      let isRead = sentence(path) {
        _ = try WordVectors(
          contentsOf: path, format: number < formats.count ? formats[number] : nil)
      }
      if ["text", "binary", "glove", "gzip"].contains(file.lastPathComponent) { #expect(isRead) }
    }
  }

  @Test("of texts are read, or refused in a sentence", arguments: kept("text"))
  func texts(_ file: URL) throws {
    try withTemporaryFile(try Data(contentsOf: file).dropFirst()) { path in
      let isRead = sentence(path) { _ = try Corpus(contentsOf: path, minimumCount: 1) }
      #expect(isRead == (file.lastPathComponent != "latin1") || file.path.contains("Crashes"))
    }
  }

  @Test("of checkpoints are read, or refused in a sentence", arguments: kept("checkpoint"))
  func checkpoints(_ file: URL) throws {
    try withTemporaryFile(try Data(contentsOf: file).dropFirst()) { path in
      let table = Embedding(weight: Tensor(repeating: 0.5, shape: [5, 2]))
      let engine = FusedEngine(embedV: table, embedU: table, threads: 1)
      let run = Checkpoint.Run(text: "a text", settings: ["epochs": "3", "rate": "0.002"])
      let isRead = sentence(path) { _ = try Checkpoint.restore(engine, from: path, of: run) }
      if file.lastPathComponent == "whole" { #expect(isRead) }
    }
  }

  @Test("of traces are read, or refused in a sentence", arguments: kept("trace"))
  func traces(_ file: URL) throws {
    let isRead = sentence(file.path) { _ = try Trace(contentsOf: file.path) }
    if file.lastPathComponent == "small" { #expect(isRead) }
  }

  /// Whether `read` succeeds; what it throws must be a sentence about the file.
  private func sentence(_ path: String, _ read: () throws -> Void) -> Bool {
    do {
      try read()
      return true
    } catch {
      let text = "\(error)"
      #expect(text.contains(path) && text.last == ".", "\(text)")
      return false
    }
  }
}
