import Testing

@testable import D2L
@testable import Word2Vec

@Suite("Trace comparison")
struct TraceComparisonTests {
  /// The names of the lines that are not ok when the original's trace was changed.
  private func wrong(_ change: (inout Trace) -> Void) throws -> [String] {
    let expected = try originalTrace(seed: 0)
    var got = expected
    change(&got)
    return TraceComparison(expected: expected, got: got).rows.filter { !$0.isOK }.map(\.name)
  }

  @Test("finds a trace equal to itself")
  func equal() throws {
    #expect(try wrong { _ in } == [])
  }

  @Test("finds every changed digest, size and first value")
  func draws() throws {
    let other = String(repeating: "0", count: 64)
    let changes: [(String, (inout Trace) -> Void)] = [
      ("tab", { $0.mxnet = "1.9.1" }),
      ("seed", { $0.seed += 1 }),
      ("data.vocab_size", { $0.data.vocabSize += 1 }),
      ("data.vocabulary_sha256", { $0.data.vocabularySha256 = other }),
      ("data.tokens_head", { $0.data.tokensHead[19] = "x" }),
      ("data.examples", { $0.data.examples -= 1 }),
      ("data.context_pairs", { $0.data.contextPairs -= 1 }),
      ("data.negatives", { $0.data.negatives -= 1 }),
      ("data.centers_sha256", { $0.data.centersSha256 = other }),
      ("data.context_lengths_sha256", { $0.data.contextLengthsSha256 = other }),
      ("data.contexts_sha256", { $0.data.contextsSha256 = other }),
      ("data.negatives_sha256", { $0.data.negativesSha256 = other }),
      ("data.centers_head", { $0.data.centersHead[9] += 1 }),
      ("data.contexts_head", { $0.data.contextsHead[4][0] += 1 }),
      ("data.negatives_head", { $0.data.negativesHead[2][4] += 1 }),
      ("init.v_sha256", { $0.weights.vSha256 = other }),
      ("init.u_sha256", { $0.weights.uSha256 = other }),
      ("init.v_head", { $0.weights.vHead[4] = 0 }),
      ("init.u_head", { $0.weights.uHead[4] = 0 }),
      ("init.v_tail", { $0.weights.vTail[2] = 0 }),
      ("order.epochs", { $0.order.epochSha256.removeLast() }),
      ("order.epoch4_sha256", { $0.order.epochSha256[4] = other }),
      ("order.epoch0_head", { $0.order.epoch0Head[7] += 1 }),
      ("order.epoch1_head", { $0.order.epoch1Head = nil }),
      ("training.batches", { $0.training.batches += 1 }),
    ]
    for (name, change) in changes { #expect(try wrong(change) == [name]) }
  }

  @Test("finds a last digit of a digest that differs, though the table shows the first ones")
  func lastDigit() throws {
    #expect(
      try wrong { trace in
        let digest = trace.data.contextsSha256
        trace.data.contextsSha256 = digest.dropLast() + (digest.hasSuffix("0") ? "1" : "0")
      } == ["data.contexts_sha256"])
  }

  @Test("finds losses that are farther apart than they may be, and only those")
  func losses() throws {
    let changes: [(String, Double, (inout Trace, Double) -> Void)] = [
      ("demo_embedding", 2e-6, { $0.demoEmbedding[19][3] += Float($1) }),
      ("training.first_batches", 1e-6, { $0.training.firstBatches[19] -= $1 }),
      ("training.batch_every_100", 3e-4, { $0.training.batchEvery100[33] += $1 }),
      ("training.epoch_loss", 3e-4, { $0.training.epochLoss[4] -= $1 }),
      ("training.curve, losses", 3e-4, { $0.training.curve[29][1] += $1 }),
      ("training.final_loss", 1e-4, { $0.training.finalLoss -= $1 }),
    ]
    for (name, tolerance, change) in changes {
      #expect(try wrong { change(&$0, tolerance * 0.9) } == [])
      #expect(try wrong { change(&$0, tolerance * 1.1) } == [name])
      #expect(try wrong { change(&$0, .nan) } == [name])
    }
    #expect(try wrong { $0.training.curve[0][0] += 0.001 } == ["training.curve, epochs"])
    #expect(try wrong { $0.training.epochLoss.removeLast() } == ["training.epoch_loss"])
    #expect(try wrong { $0.training.firstBatches = [] } == ["training.first_batches"])
  }

  @Test("lets two of ten neighbours differ, and not three")
  func neighbours() throws {
    func replace(_ places: Range<Int>) -> (inout Trace) -> Void {
      { trace in for place in places { trace.similar["chip"]?[place].word = "other\(place)" } }
    }
    #expect(try wrong(replace(8..<10)) == [])
    #expect(try wrong(replace(7..<10)) == ["similar.chip"])
    #expect(try wrong { $0.similar["chip"] = nil } == ["similar.chip"])
    #expect(try wrong { $0.similar["new"] = [] } == ["similar.new"])
  }

  @Test("wants the first neighbour where it leads by 0.02, and lets a closer race end otherwise")
  func firstNeighbour() throws {
    let swapFirst: (inout Trace) -> Void = { trace in trace.similar["chip"]?.swapAt(0, 1) }
    #expect(try wrong(swapFirst) == ["similar.chip"])  // it leads by 0.0331
    for (second, verdict) in [(0.7, [] as [String]), (0.68, ["similar.chip"])] {
      var expected = try originalTrace(seed: 0)
      expected.similar["chip"]?[0].cosine = 0.7 + (second == 0.7 ? 0.0199 : 0)
      expected.similar["chip"]?[1].cosine = second
      var got = expected
      swapFirst(&got)
      let comparison = TraceComparison(expected: expected, got: got)
      #expect(comparison.rows.filter { !$0.isOK }.map(\.name) == verdict)
    }
  }

  @Test("prints a table whose columns stand under each other")
  func table() throws {
    let expected = try originalTrace(seed: 0)
    var got = expected
    got.training.finalLoss += 0.5
    let lines = "\(TraceComparison(expected: expected, got: got))".split(separator: "\n")
    #expect(lines[0].hasPrefix("name ") && lines[0].hasSuffix("  ok"))
    let verdicts = lines.dropFirst().map { $0.hasSuffix("  yes") ? "yes" : String($0.suffix(4)) }
    #expect(verdicts.filter { $0 != "yes" } == ["  NO"])
    let line = try #require(lines.first { $0.hasPrefix("training.final_loss") })
    #expect(line.contains("0.40937666") && line.contains("0.90937666"))
    #expect(line.contains("5.0e-01 of 1e-04"))
    let column = lines[0].count - 2
    #expect(lines.allSatisfy { $0.dropFirst(column - 2).hasPrefix("  ") })
  }
}
