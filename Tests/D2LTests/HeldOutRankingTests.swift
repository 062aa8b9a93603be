import Foundation
import RandomStreams
import Testing

@testable import D2L
@testable import Word2Vec

@Suite("Ranking on held-out text")
struct HeldOutRankingTests {
  private let corpus: Corpus
  private let ranking: HeldOutRanking

  init() throws {
    corpus = try Corpus.embedded(minimumCount: 10, seed: 0)
    let other = try Corpus.embedded(minimumCount: 1, seed: 1)
    ranking = try HeldOutRanking(of: other, vocabulary: corpus.vocabulary)
  }

  @Test("gives every pair its noise words, of the training vocabulary, by sentences")
  func examples() {
    #expect(ranking.pairCount > 10_000)
    #expect(ranking.examples.slots.count == 6 * ranking.pairCount)
    #expect(ranking.examples.slots.allSatisfy { 1..<corpus.vocabulary.count ~= Int($0) })
    #expect(ranking.sentenceOffsets.last == ranking.examples.count)
  }

  @Test("refuses tables that have not all words")
  func smallTables() async {
    let result = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) {
      let examples = SkipGramExamples(
        centers: [1], slotOffsets: [0, 2], slots: [2, 7], noiseWordsPerContext: 1)
      let small = Embedding(weight: Tensor(repeating: 0, shape: [7, 2]))
      _ = HeldOutRanking(of: examples, sentenceOffsets: [0, 1]).score(embedV: small, embedU: small)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("a held-out word is outside tables of 7 rows"))
  }

  @Test("turns round with the score, and is 0.5 where all scores are equal")
  func extremes() {
    var contexts: [Int32: Set<Int32>] = [:]
    for example in 0..<ranking.examples.count {
      contexts[ranking.examples.centers[example], default: []]
        .formUnion(ranking.examples.contexts(of: example))
    }
    // A noise word of one example may be a context word of the same centre in another.
    let known = ranking.score { contexts[$0]?.contains($1) == true ? 1 : 0 }
    #expect(known.auc > 0.7)
    let opposite = ranking.score { contexts[$0]?.contains($1) == true ? 0 : 1 }
    #expect(abs(known.auc + opposite.auc - 1) < 1e-12)
    let equal = ranking.score { _, _ in 0 }
    #expect(equal.auc == 0.5)
    #expect(abs(equal.loss - 0.693_147_180_559_945) < 1e-12)
    #expect(equal.halfWidth == 0)
  }

  @Test("is nearly 0.5 for scores that know nothing, and the interval says how nearly")
  func noise() {
    var inside = 0
    for seed in 0..<40 {
      let score = ranking.score { center, word in
        var random = Philox(key: UInt64(seed), counter: (UInt64(center), UInt64(word)))
        return random.random()
      }
      #expect(abs(score.auc - 0.5) < 0.03)
      inside += abs(score.auc - 0.5) <= 2 * score.halfWidth ? 1 : 0
    }
    #expect(inside >= 32, "\(inside) of 40")
  }

  @Test("equals a count by hand on two sentences")
  func byHand() throws {
    // Words so rare that subsampling keeps them all, between others that are drawn as noise.
    var words = (0..<40).map { "filler\($0)" }
    for (place, word) in [(5, "a"), (20, "b"), (35, "c")] { words[place] = word }
    let vocabulary = Vocabulary(
      tokens: ["<unk>"] + words, counts: [0] + words.map { $0.count == 1 ? 1 : 1000 })
    let text = try Corpus(text: "b a c x b\nc b\n", name: "two", minimumCount: 1)
    let ranking = try HeldOutRanking(
      of: text, vocabulary: vocabulary, noiseWordsPerContext: 2, seed: 5)
    var (wins, all) = (0.0, 0.0)
    for example in 0..<ranking.examples.count {
      let noise = Array(ranking.examples.noiseWords(of: example))
      for (slot, word) in noise.enumerated() {
        let context = Array(ranking.examples.contexts(of: example))[slot / 2]
        wins += context > word ? 1 : context == word ? 0.5 : 0
        all += 1
      }
    }
    #expect(
      ranking.examples.centers.map { vocabulary.tokens[Int($0)] }
        == Array("bacbcb").map(String.init))
    #expect(all == Double(2 * ranking.pairCount) && 0 < wins && wins < all)
    #expect(ranking.score { Double($1) }.auc == wins / all)
  }

  @Test("a model learns to rank, and its gain over the untrained one is beyond its interval")
  func training() throws {
    var settings = TrainingSettings()
    settings.epochs = 2
    settings.learningRate = 0.01
    settings.threads = 1
    let program = try Program(corpus, settings)
    let before = ranking.score(embedV: program.initialV, embedU: program.initialU)
    let (_, engine) = try program.train()
    let after = ranking.score(embedV: engine.embedV, embedU: engine.embedU)
    let gain = after.gain(over: before)
    #expect(abs(before.auc - 0.5) < 0.02)
    #expect(after.auc > 0.65)
    #expect(abs(gain.difference - (after.auc - before.auc)) < 1e-12)
    #expect(gain.difference > 10 * gain.halfWidth)
    #expect(after.loss < before.loss)
  }
}
