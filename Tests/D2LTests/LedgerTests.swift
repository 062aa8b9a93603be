import Foundation
import RandomStreams
import Testing

@testable import D2L
@testable import Word2Vec

/// What the original does and a reader should know: the entries of `chapters/differences.md` that
/// no other test pins, and a test of that page itself.
@Suite("Ledger of the original")
struct LedgerTests {
  /// The program on the embedded corpus.
  private func program(_ change: (inout TrainingSettings) -> Void = { _ in }) throws -> Program {
    var settings = TrainingSettings()
    (settings.dimension, settings.threads) = (20, 1)
    change(&settings)
    return try Program(embeddedCorpus(), settings)
  }

  // MARK: The data

  @Test("noise words may equal the centre word, and never a context word")
  func centerAmongNoise() throws {
    guard case .fixed(let examples) = try program().examples else {
      Issue.record("the examples are not fixed")
      return
    }
    let all = 0..<5000
    #expect(all.contains { examples.noiseWords(of: $0).contains(examples.centers[$0]) })
    #expect(
      !all.contains {
        !Set(examples.contexts(of: $0)).isDisjoint(with: examples.noiseWords(of: $0))
      }
    )
  }

  @Test("noise words are drawn by the counts before subsampling, the unknown word left out")
  func noiseWeights() throws {
    let program = try program()
    let (before, after) = (try embeddedCorpus().vocabulary, program.subsampled.vocabulary)
    #expect(after == before)
    let weights = after.noiseWeights
    let powers = before.counts.dropFirst().map { pow(Double($0), 0.75) }  // some an ulp off
    #expect(weights.count == powers.count)
    #expect(zip(weights, powers).allSatisfy { abs($0 - $1) <= $0.ulp })
    let left = program.subsampled.tokens.count { $0 == 1 }
    #expect(left < before.counts[1] / 2)
  }

  @Test("noise words come in blocks of 10,000, the last one too")
  func wholeBlocks() throws {
    let vocabulary = try embeddedCorpus().vocabulary
    for (draws, blocks) in [(1, 1), (10_000, 1), (10_001, 2)] {
      let sampler = NoiseSampler(vocabulary: vocabulary, from: PythonRandom(seed: 3))
      for _ in 0..<draws { _ = sampler.draw() }
      var drawn = sampler.stream
      var skipped = PythonRandom(seed: 3)
      for _ in 0..<blocks * 10_000 { _ = skipped.random() }
      #expect(drawn.random() == skipped.random())
    }
  }

  @Test("subsampling, windows and noise words are drawn once; each epoch only mixes them")
  func drawnOnce() throws {
    /// The orders of two epochs, and in each the first 2,000 examples by their number.
    func epochs(_ program: Program) -> (orders: [[Int32]], examples: [[[Int32]]]) {
      var (source, orders, all) = (program.source, [[Int32]](), [[[Int32]]]())
      while source.advance() != nil {
        guard source.epoch == orders.count else { continue }
        orders.append(source.order)
        all.append(
          (0..<2000).map { example in
            var batch = MiniBatch()
            source.examples.append([Int32(example)], to: &batch)
            return [batch.centers[0]] + batch.slots
          })
      }
      return (orders, all)
    }
    let fixed = try epochs(program { $0.epochs = 2 })
    #expect(fixed.orders[0] != fixed.orders[1] && fixed.examples[0] == fixed.examples[1])
    let resampling = try epochs(
      program { ($0.epochs, $0.sampling) = (2, .anew) })
    #expect(resampling.examples[0] != resampling.examples[1])
  }

  @Test("padding points at the unknown word, and the mask takes it out")
  func padding() throws {
    let program = try program()
    let batch = PaddedBatch(try #require(program.source.all(first: 1).first))
    let places = batch.mask.indices
    #expect(batch.mask.contains(0) && batch.mask.contains(1))
    // The data has no <unk>, so that index 0 is padding and nothing else.
    #expect(places.allSatisfy { (batch.contextsAndNegatives[$0] == 0) == (batch.mask[$0] == 0) })
    #expect(places.allSatisfy { batch.mask[$0] == 1 || batch.labels[$0] == 0 })
    #expect(!program.subsampled.tokens.contains(0))
  }

  @Test("a text whose windows hold every word is an error, not an endless loop")
  func noNoiseWord() throws {
    let corpus = try Corpus(text: "a b\na b\na b\n", name: "small", minimumCount: 1)
    var python = PythonRandom(seed: 0)
    let long = try Corpus(text: "a b a b a b", name: "small", minimumCount: 1)
    #expect(
      throws: SamplingError.noNoiseWord(
        corpus: "small", vocabulary: 2, contexts: 2, rareWords: false)
    ) {
      for _ in 0..<50 {
        _ = try SkipGramExamples(of: long, maxWindow: 1, noiseWordsPerContext: 5, using: &python)
        _ = try SkipGramExamples(of: long, maxWindow: 2, noiseWordsPerContext: 5, using: &python)
      }
    }
    _ = try SkipGramExamples(of: corpus, maxWindow: 5, noiseWordsPerContext: 5, using: &python)
  }

  // MARK: The weights

  @Test("normal numbers are drawn for both tables, and Xavier's overwrite them")
  func overwrittenNormals() throws {
    let program = try program()
    let table = program.subsampled.vocabulary.count * 20
    let bound = Float(3.0.squareRoot() * (2 / Double(table / 20 + 20)).squareRoot())
    var torch = TorchGenerator(seed: program.settings.seed)
    for count in [80, table, table] { torch.skipNormal(count: count) }
    for weights in [program.initialV.weight, program.initialU.weight] {
      #expect(weights.values == torch.uniform(count: table, from: -bound, to: bound))
    }
  }

  @Test("a word that a minibatch does not use moves on all the same", arguments: engines)
  func unusedRows(engine: TrainingSettings.Engine) throws {
    let program = try program { $0.engine = engine }
    let batches = program.source.all(first: 2)
    let used = Set(batches[1].centers)
    let word = try #require(batches[0].centers.first { !used.contains($0) })
    let row = Int(word) * 20..<Int(word) * 20 + 20
    let engine = program.makeEngine()
    engine.learningRate = 0.002
    _ = engine.step(batches[0])
    let after = engine.embedV.weight.values[row]
    _ = engine.step(batches[1])
    #expect(zip(after, engine.embedV.weight.values[row]).allSatisfy { $0 != $1 })
  }

  private static let engines = TrainingSettings.Engine.allCases

  // MARK: The loss and its curve

  @Test("the loss is the mean since the first step; an epoch's own is lower")
  func runningMean() {
    var history = TrainingHistory(batchesPerEpoch: 5)
    for loss in [10, 8, 6, 4, 2, 1, 1, 1, 1, 1] { history.add(loss: Double(loss) * 4, count: 4) }
    #expect(history.finalLoss == 3.5)
    #expect(history.points.last?.runningMean == 3.5 && history.points.last?.intervalMean == 1)
    #expect(history.epochMeans == [6, 1])
  }

  @Test(
    "the curve has six points an epoch, five where five divides the minibatches",
    arguments: [(669, 6), (670, 5), (671, 6), (5, 5), (9, 9)])
  func pointsAnEpoch(batches: Int, points: Int) {
    var history = TrainingHistory(batchesPerEpoch: batches)
    for _ in 0..<2 * batches { history.add(loss: 1, count: 1) }
    #expect(history.points.count == 2 * points)
    #expect(history.points[points - 1].epoch == 1 && history.points.last?.epoch == 2)
  }

  @Test("the figure begins before the end of the first epoch, where the original's begins")
  func figure() throws {
    let csv = try String(contentsOf: root.appending(path: "figures/loss.csv"), encoding: .utf8)
    let epochs = csv.split(separator: "\n").compactMap { line -> Double? in
      let fields = line.split(separator: ",")
      guard let name = fields.firstIndex(of: "since the start") else { return nil }
      return Double(fields[name + 1])
    }
    #expect(epochs.count == 30)
    #expect(epochs.count { $0 < 1 } == 5)
  }

  @Test("fewer than five minibatches an epoch are an error, not a division by zero")
  func fewMinibatches() throws {
    let examples = try program().examples.count
    let size = (examples + 3) / 4
    #expect(
      throws: ProgramError.tooFewMinibatches(
        corpus: EmbeddedCorpus.name, examples: examples, batchSize: size)
    ) { try program { $0.batchSize = size } }
    #expect(try program { $0.batchSize = examples / 5 }.batchesPerEpoch >= 5)
  }

  // MARK: The neighbours

  @Test("the nearest by the document's cosine may not be the query; it is left out by its name")
  func longerVector() throws {
    // "long" points where "short" does: its cosine is nearer to 1, as 1e-9 weighs less on it.
    let vectors = WordVectors(
      words: ["<unk>", "short", "long", "aside"],
      vectors: Tensor([[1, 0], [0, 0.01], [0, 1], [0.01, 0.01]]))
    let cosine = { (ww: Double, xw: Double) in xw / (ww * 1e-4 + 1e-9).squareRoot() }
    #expect(cosine(1, 0.01) > cosine(1e-4, 1e-4))
    let found = try vectors.similarTokens(to: "short", k: 2).map(\.word)
    #expect(found == ["long", "aside"])
  }

  // MARK: The page

  private let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("each link of the page leads to a file, each test that it names exists")
  func page() throws {
    let folder = root.appending(path: "chapters")
    let text = try String(contentsOf: folder.appending(path: "differences.md"), encoding: .utf8)
    var (links, tests) = (0, 0)
    for match in text.matches(of: /\]\(([^)#]+)\)(?: “([^”]+)”)?/) {
      let path = String(match.1)
      guard !path.hasPrefix("http") else { continue }
      links += 1
      let file = folder.appending(path: path)
      #expect(FileManager.default.fileExists(atPath: file.path), "\(path)")
      guard let name = match.2 else { continue }
      tests += 1
      let source = try String(contentsOf: file, encoding: .utf8)
      #expect(source.contains("\"\(name)\""), "\(path) has no test “\(name)”")
    }
    #expect(links >= 40 && tests >= 20)
    for match in text.matches(of: /`([A-Za-z]+\.[a-zA-Z]+)` in \[[^\]]+\]\(([^)]+)\)/) {
      let source = try String(contentsOf: folder.appending(path: String(match.2)), encoding: .utf8)
      let member = match.1.split(separator: ".").last.map(String.init) ?? ""
      #expect(source.contains(member), "\(match.2) has no \(match.1)")
    }
  }
}
