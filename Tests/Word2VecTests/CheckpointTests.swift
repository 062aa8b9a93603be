import Files
import Foundation
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Checkpoints")
struct CheckpointTests {
  private let run = Checkpoint.Run(text: "a text", settings: ["epochs": "3", "rate": "0.002"])

  private func engine(
    _ optimizer: any Optimizer = Adam(), words: Int = 300, dimension: Int = 20, threads: Int = 1
  ) -> FusedEngine {
    let (v, u) = initialTables(words, dimension)
    return FusedEngine(embedV: v, embedU: u, optimizer: optimizer, threads: threads)
  }

  /// Makes steps up to a number, with a rate that falls.
  private func train(
    _ engine: FusedEngine, on source: inout some BatchSource, steps: Range<Int>, of all: Int
  ) -> [Double] {
    var losses: [Double] = []
    var next = engine.prepare(&source)
    for step in steps {
      guard let batch = next else { break }
      next = engine.prepare(&source)
      engine.learningRate = 0.01 * (1 - Double(step) / Double(all))
      losses.append(engine.step(batch))
    }
    return losses
  }

  private func withFile<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = temporaryPath(".checkpoint")
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  // The engine sweeps its rows every 8192 steps, and forgets a step after 16384.
  @Test(
    "give the bytes of a run that was never stopped, with other threads too",
    arguments: [0, 1, 7, 300, 8191, 8192, 8193, 16383, 17000])
  func sameBytes(stop: Int) throws {
    for optimizer in [Adam(), GradientDescent()] as [any Optimizer] {
      let examples = ListedExamples.random(
        count: 4 * (stop + 600), vocabulary: 300, contexts: 1...3, noiseWords: 2, seed: 5)
      let all = stop + 600
      let (whole, first, second) = (
        engine(optimizer), engine(optimizer, threads: 2), engine(optimizer, threads: 2)
      )
      var source = examples.source(of: 4)
      let expected = train(whole, on: &source, steps: 0..<all, of: all)
      source = examples.source(of: 4)
      let before = train(first, on: &source, steps: 0..<stop, of: all)
      try withFile { path in
        try Checkpoint.write(to: path, first, of: run, losses: before)
        var keeper = CheckpointKeeper(of: run, every: .steps(1))
        source = examples.source(of: 4)
        var told: [Trainer.Step] = []
        try keeper.resume(second, on: &source, from: path) { told.append($0) }
        #expect(told.map(\.loss) == before && told.allSatisfy { $0.count == 4 })
        #expect(keeper.losses == before && keeper.resumedSteps == stop)
      }
      #expect(second.digest == first.digest)
      let after = train(second, on: &source, steps: stop..<all, of: all)
      #expect(after.count == 600, "the missing steps alone are made")
      #expect(before + after == expected && second.digest == whole.digest)
    }
  }

  /// A small checkpoint, as a file's bytes.
  private func small() throws -> [UInt8] {
    let engine = engine(words: 5, dimension: 2)
    let losses = (0..<3).map { step in
      engine.learningRate = 0.01
      var batch = MiniBatch()
      batch.append(center: Int32(step), contexts: [1], noiseWords: [4])
      return engine.step(batch)
    }
    return try withFile { path in
      try Checkpoint.write(to: path, engine, of: run, losses: losses)
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
  }

  private func reason(_ bytes: [UInt8], _ run: Checkpoint.Run? = nil, words: Int = 5) -> String? {
    do {
      try withTemporaryFile(bytes) { path in
        do {
          _ = try Checkpoint.restore(
            engine(words: words, dimension: 2), from: path, of: run ?? self.run)
        } catch let error as FileError {
          throw Refusal(reason: error.description.replacing(path, with: "FILE"))
        }
      }
      return nil
    } catch {
      return (error as? Refusal)?.reason ?? "\(error)"
    }
  }

  private struct Refusal: Error { let reason: String }

  @Test("are refused with a reason wherever a bit is flipped or the file is cut")
  func flips() throws {
    let bytes = try small()
    #expect(reason(bytes) == nil)
    for place in bytes.indices {
      var flipped = bytes
      flipped[place] ^= 1 << UInt8(place % 8)
      #expect(reason(flipped)?.hasPrefix("FILE ") == true, "byte \(place)")
      #expect(reason(Array(bytes[..<place]))?.hasPrefix("FILE ") == true, "\(place) bytes")
    }
    #expect(reason(bytes + [0])?.contains("cut short or changed") == true)
    #expect(reason([]) == "FILE is no checkpoint; check the path.")
    #expect(reason(Array("hello".utf8)) == "FILE is no checkpoint; check the path.")
  }

  @Test("of another version, text, method, shape or setting are refused, and say so")
  func foreign() throws {
    let bytes = try small()
    var newer = bytes
    newer[20] = UInt8(ascii: "7")
    #expect(reason(newer)?.contains("version 7, and this program reads version 1") == true)
    #expect(
      reason(bytes, Checkpoint.Run(text: "another", settings: [:]))?
        .contains("another text") == true)
    #expect(
      reason(bytes, Checkpoint.Run(text: run.text, settings: ["epochs": "5", "rate": "0.002"]))?
        .contains("was made with epochs 3, and this run has epochs 5") == true)
    #expect(reason(bytes, words: 6)?.contains("5 words of dimension 2") == true)
    try withTemporaryFile(bytes) { path in
      let error = #expect(throws: FileError.self) {
        try Checkpoint.restore(
          engine(GradientDescent(), words: 5, dimension: 2), from: path, of: run)
      }
      #expect(error?.description.contains("this run's is gradient descent") == true)
    }
    #expect(throws: FileError("nowhere", .noSuchFile)) {
      try Checkpoint.restore(engine(), from: "nowhere", of: run)
    }
  }

  @Test("whose numbers are impossible are refused although their digest is right")
  func hostile() throws {
    let bytes = try small()
    let body = bytes.dropLast(32)
    // The counts and rows behind the texts: every byte in turn is made 0xFF.
    for place in 150..<body.count {
      var hostile = Array(body)
      hostile[place] = 0xFF
      hostile += SHA256.digest(of: hostile)
      let reason = reason(hostile)
      #expect(reason == nil || reason?.hasPrefix("FILE ") == true)
    }
  }

  @Test("stay as they were where a new one cannot be written")
  func oneBefore() throws {
    try withFile { path in
      try Data(try small()).write(to: URL(filePath: path))
      let before = try Data(contentsOf: URL(filePath: path))
      chmod(path, 0o444)
      #expect(throws: FileError.self) {
        try Checkpoint.write(to: path, engine(), of: run, losses: [])
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
  }
}

@Suite("Keeping a checkpoint")
struct CheckpointKeeperTests {
  @Test("costs a hundredth of the time, but waits ten intervals at most")
  func waiting() {
    #expect(CheckpointKeeper.wait(every: 600, cost: 2) == 600)
    #expect(CheckpointKeeper.wait(every: 600, cost: 20) == 2000)
    #expect(CheckpointKeeper.wait(every: 600, cost: 8 * 3600) == 6000)
  }

  @Test("knows when it is time")
  func intervals() {
    let run = Checkpoint.Run(text: "", settings: [:])
    var (byStep, byTime) = (
      CheckpointKeeper(of: run, every: .steps(2)), CheckpointKeeper(of: run, every: .seconds(1e-9))
    )
    #expect(!byStep.isDue && !byTime.isDue)
    byStep.add(loss: 1)
    byTime.add(loss: 1)
    #expect(!byStep.isDue && byTime.isDue)
    byStep.add(loss: 1)
    #expect(byStep.isDue && byStep.losses == [1, 1])
  }
}

extension SHA256 {
  fileprivate static func digest(of bytes: [UInt8]) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher.digest()
  }
}
