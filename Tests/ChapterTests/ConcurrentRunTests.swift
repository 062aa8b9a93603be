import Foundation
import Literate
import Synchronization
import Testing

@Suite("Two runs in one folder")
struct ConcurrentRunTests {
  @Test("leave whole files, each that of one of the two")
  func wholeFiles() throws {
    let seeds = ["1", "2"]
    let alone = try seeds.map { seed in
      let folder = try temporaryDirectory()
      defer { try? FileManager.default.removeItem(at: folder) }
      try train(seed: seed, in: folder)
      return try contents(of: folder)
    }
    #expect(differing(alone[0], alone[1]).contains("a.vec"))

    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      do {
        try train(seed: seeds[index], in: folder)
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    let together = try contents(of: folder)
    #expect(together.keys.sorted() == alone[0].keys.sorted(), "no other file is left")
    for (name, bytes) in together {
      let isWhole = alone.contains { $0[name] == bytes }
      #expect(isWhole, "\(name) is of neither run")
    }
    for pair in [["a.vec", "a.vec.json"], ["a.svg", "a.csv"]] {
      let isOfOne = alone.contains { run in pair.allSatisfy { run[$0] == together[$0] } }
      #expect(isOfOne && together[pair[0]] != nil, "\(pair) are of two runs")
    }
  }

  private func train(seed: String, in folder: URL) throws {
    let result = try run(
      "chapter-training",
      [
        "--corpus", "embedded", "--epochs", "1", "--seed", seed, "--save", "a.vec", "--figure",
        "a.svg",
      ],
      currentDirectory: folder, timeout: 60)
    #expect(result.status == 0, "\(result.stderr)")
  }
}
