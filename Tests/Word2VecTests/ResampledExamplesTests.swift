import RandomStreams
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Resampled examples", .timeLimit(.minutes(1)))
struct ResampledExamplesTests {
  /// Sentences of 1 to 12 words of 40; those of one word make no examples.
  private let corpus: Corpus = {
    var random = Philox(key: 8)
    let sentences = (0..<200).map { i in
      (0...i % 12).map { _ in Int32(1 + min(random.below(40), random.below(40))) }
    }
    return .ofNumbers(sentences, vocabulary: 41, counts: (0..<41).map { 1 + 400 / (1 + $0) })
  }()

  private func examples(seed: UInt64 = 1, maxWindow: Int = 3, noiseWords: Int = 4) throws
    -> ResampledExamples
  {
    try ResampledExamples(
      of: corpus, maxWindow: maxWindow, noiseWordsPerContext: noiseWords, seed: seed)
  }

  private func draw(_ example: Int, _ examples: ResampledExamples) -> [Int32] {
    var batch = MiniBatch()
    examples.append([Int32(example)], to: &batch)
    return [batch.centers[0], batch.contextCounts[0]] + batch.slots
  }

  @Test("hold a window of their sentence, then noise words that are not in it")
  func form() throws {
    let examples = try examples()
    let places = corpus.sentenceRanges.filter { $0.count >= 2 }.flatMap { sentence in
      sentence.map { (position: $0, sentence: sentence) }
    }
    #expect(examples.count == places.count)
    var radii = [0, 0, 0, 0]
    for (example, place) in places.enumerated() {
      let drawn = draw(example, examples)
      let (contexts, noise) = (
        drawn[2...].prefix(Int(drawn[1])), drawn.dropFirst(2 + Int(drawn[1]))
      )
      #expect(drawn[0] == corpus.tokens[place.position])
      let radius = (1...3).first { radius in
        let window = place.sentence.filter {
          $0 != place.position && abs($0 - place.position) <= radius
        }
        return window.map { corpus.tokens[$0] } == Array(contexts)
      }
      radii[radius ?? 0] += 1
      #expect(noise.count == 4 * contexts.count)
      #expect(noise.allSatisfy { (1...40).contains($0) && !contexts.contains($0) })
    }
    #expect(radii[0] == 0, "no window of 1 to 3 words fits")
    #expect(radii[1...].allSatisfy { $0 > 200 }, "\(radii)")
  }

  @Test("are the same however often and in whatever order they are drawn")
  func order() throws {
    let examples = try examples()
    let inOrder = (0..<examples.count).map { draw($0, examples) }
    let again = try self.examples()
    for example in (0..<examples.count).reversed() {
      #expect(draw(example, again) == inOrder[example])
    }
    var batch = MiniBatch()
    examples.append([5, 9, 5], to: &batch)
    #expect(batch.slots == [5, 9, 5].flatMap { inOrder[$0].dropFirst(2) })
  }

  @Test("differ from epoch to epoch and from seed to seed")
  func epochs() throws {
    let (examples, other) = (try examples(), try examples(seed: 2))
    func epoch(_ epoch: Int) -> ResampledExamples {
      var copy = examples
      copy.begin(epoch: epoch)
      return copy
    }
    let all = (0..<examples.count)
    let first = all.map { draw($0, epoch(0)) }
    #expect(first == all.map { draw($0, examples) })
    for another in [epoch(1), epoch(7), other] {
      let same = all.count { draw($0, another) == first[$0] }
      #expect(same < examples.count / 50)
    }
  }

  @Test("draw their noise words by count^0.75")
  func distribution() throws {
    // Sentences of two words that are no noise words otherwise: nothing is rejected but these.
    let vocabulary = NoiseFixtures.vocabulary(words: 30)
    let corpus = Corpus.ofNumbers(
      [[Int32]](repeating: [30, 30], count: 5000), vocabulary: 31, counts: vocabulary.counts)
    let examples = try ResampledExamples(
      of: corpus, maxWindow: 1, noiseWordsPerContext: 20, seed: 3)
    var batch = MiniBatch()
    examples.append((0..<Int32(examples.count)).map { $0 }[...], to: &batch)
    var counts = [Int](repeating: 0, count: 31)
    for (slot, word) in batch.slots.enumerated() where slot % 21 > 0 { counts[Int(word)] += 1 }
    #expect(counts[30] == 0)
    let without30 = Vocabulary(
      tokens: Array(vocabulary.tokens.dropLast()), counts: Array(vocabulary.counts.dropLast()))
    NoiseFixtures.expectNoise(Array(counts.dropLast()), of: without30)
  }

  @Test("say what is wrong with a corpus that gives none")
  func errors() {
    #expect(throws: SamplingError.noPairs(corpus: "numbers", rareWords: false)) {
      try ResampledExamples(
        of: .ofNumbers([[1], [2], []], vocabulary: 3), maxWindow: 5, noiseWordsPerContext: 5,
        seed: 1)
    }
    #expect(
      throws: SamplingError.noNoiseWord(
        corpus: "numbers", vocabulary: 2, contexts: 3, rareWords: false)
    ) {
      try ResampledExamples(
        of: .ofNumbers([[1, 2, 1, 2]], vocabulary: 3), maxWindow: 5, noiseWordsPerContext: 5,
        seed: 1)
    }
    #expect(throws: Never.self) {  // words enough, though not many
      try ResampledExamples(
        of: .ofNumbers([[1, 2, 1, 2]], vocabulary: 4), maxWindow: 5, noiseWordsPerContext: 5,
        seed: 1)
    }
  }
}
