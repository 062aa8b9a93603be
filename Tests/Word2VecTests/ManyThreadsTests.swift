import Foundation
import RandomStreams
import TestSupport
import Testing

@testable import Word2Vec

/// How a step would be shared by more processors than there are here: the seconds of its pieces are
/// measured on one thread, and dealt out as `ThreadTeam` does.
///
/// `WORD2VEC_PROCESSORS=FILE swift test --filter ManyThreadsTests` writes the table that the figure of
/// growth shows.
@Suite("A step on many processors", .serialized, .timeLimit(.minutes(3)))
struct ManyThreadsTests {
  /// The examples of a step, the tables' words, the numbers of a vector.
  private static let (batchSize, vocabulary, dimension) = (4096, 50_000, 100)
  /// How many examples share their noise words.
  private static let sharing = 64

  /// The median seconds of each piece of a step's two halves, and of what the caller does between.
  private func measure() -> (halves: [[Double]], serial: Double) {
    var random = Philox(key: 3)
    // Words of a text by Zipf's law, thinned out at 10⁻⁴, and noise words by count^0.75.
    let vocabulary = Double(Self.vocabulary)
    func word() -> Int32 {
      while true {
        let rank = pow(vocabulary, random.random())
        if random.random() < (1e-4 * rank * log(vocabulary)).squareRoot() { return Int32(rank) - 1 }
      }
    }
    func noiseWord() -> Int32 { Int32(vocabulary * pow(random.random(), 4)) }
    let batches = (0..<3).map { _ in
      // Runs of neighbours share their noise words, as in `word2vec train`.
      var batch = MiniBatch()
      for _ in 0..<Self.batchSize / Self.sharing {
        let noise = (0..<50).map { _ in noiseWord() }
        let run = (0..<Self.sharing + 10).map { _ in word() }
        for center in 5..<5 + Self.sharing {
          let radius = 1 + random.below(5)
          let contexts = run[center - radius..<center] + run[center + 1...center + radius]
          batch.append(
            center: run[center], contexts: contexts, noiseWords: noise.prefix(5 * contexts.count))
        }
      }
      return batch
    }
    let start = Embedding.uniform(Self.vocabulary, Self.dimension, bound: 0.005, using: &random)
    let engine = FusedEngine(embedV: start, embedU: start, threads: 1)
    engine.learningRate = 0.002
    func prepare(_ step: Int) -> PreparedBatch {
      engine.prepare(
        BatchOutline(count: Self.batchSize, fraction: 0, noiseSharing: Self.sharing), file: #fileID,
        line: #line
      ) { $1.append($0, of: batches[step % 3]) }
    }
    var (steps, serial, halves) = ([[[Double]]](), [Double](), [[Double]]())
    var next = prepare(0)
    for step in 1...14 {
      let present = next
      next = prepare(step)
      halves = []
      if step == 2 { engine.core.team.record = { halves.append($0) } }
      let seconds = ContinuousClock().measure { _ = engine.step(present) } / .seconds(1)
      guard step > 3 else { continue }
      steps.append(halves)
      serial.append(seconds - halves.joined().reduce(0, +))
    }
    func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    return (
      halves.indices.map { half in
        halves[half].indices.map { piece in median(steps.map { $0[half][piece] }) }
      }, median(serial)
    )
  }

  /// The seconds until the last of some pieces is done by n threads: each its own in turn, then those
  /// that others have left.
  private func makespan(_ pieces: [Double], threads: Int) -> Double {
    var left = (0..<threads).map { Array(stride(from: $0, to: pieces.count, by: threads)) }
    var free = [Double](repeating: 0, count: threads)
    while left.contains(where: { !$0.isEmpty }) {
      let thread = free.indices.min { free[$0] < free[$1] } ?? 0
      let owner = (thread..<thread + threads).map { $0 % threads }.first { !left[$0].isEmpty }
      free[thread] += pieces[left[owner ?? 0].removeFirst()]
    }
    return free.max() ?? 0
  }

  /// The seconds that two threads need to begin and to end some work that is none.
  private func barrier() -> Double {
    let team = ThreadTeam(count: 2)
    defer { team.end() }
    for _ in 0..<1000 { team.forEach(2) { _ in } }
    let turns = 20_000
    return ContinuousClock().measure { for _ in 0..<turns { team.forEach(2) { _ in } } }
      / .seconds(1) / Double(turns)
  }

  @Test("sixteen processors share a step of 4,096 examples well")
  func sixteen() throws {
    let (halves, serial) = measure()
    #expect(halves.count == 2)
    let barrier = barrier()
    func seconds(_ threads: Int) -> Double {
      // A thread more to wait for at each end costs about what the second one does.
      let waits = threads > 1 ? 2 * barrier * Double(threads - 1) : 0
      return halves.reduce(serial + waits) { $0 + makespan($1, threads: threads) }
    }
    let table = [1, 2, 4, 8, 16, 32, 64].map { (threads: $0, seconds: seconds($0)) }
    let lines = table.map {
      "\($0.threads),\(String(format: "%.4g", $0.seconds)),"
        + String(format: "%.2f", table[0].seconds / $0.seconds)
    }
    let text = (["processors,seconds,speedup"] + lines).joined(separator: "\n") + "\n"
    print(text)
    if let path = ProcessInfo.processInfo.environment["WORD2VEC_PROCESSORS"] {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    // Twelve and more on a quiet machine; less leaves room for what other programs do to the times.
    #expect(table[0].seconds / seconds(16) >= 8)
  }
}
