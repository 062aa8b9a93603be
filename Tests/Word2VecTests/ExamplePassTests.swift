import RandomStreams
import TestSupport
import Testing

@testable import Word2Vec

/// Steps on minibatches whose examples share their noise words.
@Suite("Shared noise words", .timeLimit(.minutes(2)))
struct ExamplePassTests {
  /// Minibatches of random examples, `sharing` of which in a row have the first words of one list.
  private func batches(
    of size: Int, count: Int, sharing: Int, vocabulary: Int = 300,
    contexts: ClosedRange<Int> = 1...10,
    noiseWords: Int = 5
  ) -> [MiniBatch] {
    ListedExamples.random(
      count: size * count, vocabulary: vocabulary, contexts: contexts, noiseWords: noiseWords,
      seed: 6
    ).batches(of: size).map { batch in
      var shared = MiniBatch()
      for example in 0..<batch.count {
        let group = example / sharing * sharing
        let members = group..<min(group + sharing, batch.count)
        let longest = members.map { batch.slots[batch.noiseRange(of: $0)] }.max {
          $0.count < $1.count
        }
        let (slots, noise) = (batch.slotRange(of: example), batch.noiseRange(of: example))
        shared.append(
          center: batch.centers[example],
          contexts: batch.slots[slots.lowerBound..<noise.lowerBound],
          noiseWords: (longest ?? []).prefix(noise.count))
      }
      return shared
    }
  }

  private func prepare(
    _ batch: MiniBatch, sharing: Int, for engine: FusedEngine
  ) -> PreparedBatch {
    engine.prepare(
      BatchOutline(count: batch.count, fraction: 0, noiseSharing: sharing), file: #fileID,
      line: #line
    ) { $1.append($0, of: batch) }
  }

  /// The tables after steps on minibatches, each prepared during the step before, and the losses.
  private func run(
    _ batches: [(batch: MiniBatch, sharing: Int)], dimension: Int, threads: Int
  ) -> (v: Embedding, u: Embedding, losses: [Double]) {
    let tables = initialTables(300, dimension)
    let engine = FusedEngine(embedV: tables.v, embedU: tables.u, threads: threads)
    engine.learningRate = 0.01
    var losses: [Double] = []
    var next = prepare(batches[0].batch, sharing: batches[0].sharing, for: engine)
    for following in batches.dropFirst() {
      let present = next
      next = prepare(following.batch, sharing: following.sharing, for: engine)
      losses.append(engine.step(present))
    }
    losses.append(engine.step(next))
    return (engine.embedV, engine.embedU, losses)
  }

  @Test(
    "the steps are the reference's, with every optimiser and weight of a slot",
    arguments: FusedEngineTests.optimizers, SlotWeight.allCases)
  func everyOptimizer(_ optimizer: any Optimizer, _ weight: SlotWeight) {
    expectReference(
      batches(of: 48, count: 12, sharing: 16), sharing: 16, dimension: 20, optimizer, weight)
  }

  @Test(
    "the steps are the reference's at every size",
    arguments: [(1, 2), (16, 4), (50, 8), (100, 32), (128, 64), (300, 16)])
  func sizes(dimension: Int, sharing: Int) {
    for size in [1, 33, 130] {
      expectReference(
        batches(of: size, count: 4, sharing: sharing), sharing: sharing, dimension: dimension)
    }
    expectReference(
      batches(of: 70, count: 3, sharing: sharing, contexts: 1...40, noiseWords: 15),
      sharing: sharing,
      dimension: dimension)
  }

  private func expectReference(
    _ batches: [MiniBatch], sharing: Int, dimension: Int, _ optimizer: any Optimizer = Adam(),
    _ weight: SlotWeight = .mean, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let tables = initialTables(300, dimension)
    let (fused, reference) = bothEngines(
      tables, threads: 2, optimizer: optimizer, slotWeight: weight)
    (fused.learningRate, reference.learningRate) = (0.003, 0.003)
    for step in 0..<60 {
      let batch = batches[step % batches.count]
      let (loss, expected) = (
        fused.step(prepare(batch, sharing: sharing, for: fused)), reference.step(batch)
      )
      #expect(
        abs(loss / expected - 1) <= 1e-6, "\(loss), \(expected)", sourceLocation: sourceLocation)
    }
    // Adam's first steps divide a gradient by its own size: where that is tiny, the last bit of a score
    // moves one weight by some 1e-5.
    for (found, expected) in [(fused.embedV, reference.embedV), (fused.embedU, reference.embedU)] {
      #expect(largestDifference(found, expected) <= 3e-4, sourceLocation: sourceLocation)
      let squares = zip(found.weight.values, expected.weight.values).map { ($0 - $1) * ($0 - $1) }
      let mean = squares.reduce(0) { $0 + Double($1) } / Double(squares.count)
      #expect(mean.squareRoot() <= 2e-6, sourceLocation: sourceLocation)
    }
    #expect(largestDifference(fused.embedU, tables.u) > 1e-3, sourceLocation: sourceLocation)
  }

  @Test("the bits are the same on any number of threads, beside minibatches that share nothing")
  func threads() {
    var mixed: [(batch: MiniBatch, sharing: Int)] = []
    for (a, b) in zip(
      batches(of: 200, count: 6, sharing: 16), batches(of: 90, count: 6, sharing: 1))
    {
      mixed += [(a, 16), (a, 8), (b, 1), (a, 16)]
    }
    let one = run(mixed, dimension: 36, threads: 1)
    for threads in [2, 3, 7] {
      let many = run(mixed, dimension: 36, threads: threads)
      #expect(many.v.weight == one.v.weight && many.u.weight == one.u.weight)
      #expect(many.losses == one.losses)
    }
  }

  @Test("examples that are said to share and do not are refused, as are groups of no such size")
  func refused() async {
    let others = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { stepOnExamples(sharing: 4, [3, 4, 5, 6], [3, 4], [3, 4, 5, 7]) }
    expect(others, "examples 0 and 2 of a piece")
    let three = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { stepOnExamples(sharing: 3, [3], [3], [3]) }
    expect(three, "noiseSharing is 3; expected one of [1, 2, 4, 8, 16, 32, 64]")
  }

  private func expect(
    _ result: ExitTest.Result?, _ part: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let sentence = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(sentence.contains(part), "\(sentence)", sourceLocation: sourceLocation)
  }
}

/// Steps on examples with these noise words.
private func stepOnExamples(sharing: Int, _ noiseWords: [Int32]...) {
  let tables = initialTables(10, 4)
  var batch = MiniBatch()
  for noise in noiseWords { batch.append(center: 1, contexts: [2], noiseWords: noise) }
  let (made, engine) = (batch, FusedEngine(embedV: tables.v, embedU: tables.u))
  let outline = BatchOutline(count: batch.count, fraction: 0, noiseSharing: sharing)
  _ = engine.step(
    engine.prepare(outline, file: #fileID, line: #line) { $1.append($0, of: made) })
}
