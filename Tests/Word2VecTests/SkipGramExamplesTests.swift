import Foundation
import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Skip-gram examples")
struct SkipGramExamplesTests {
  @Test("are what the document's program draws, number by number", arguments: 0..<6)
  func twin(seed: UInt64) throws {
    var random = Philox(key: seed)
    let sentences = (0..<80).map { _ in
      (0..<random.below(9)).map { _ in Int32(1 + min(random.below(30), random.below(30))) }
    }
    let corpus = Corpus.ofNumbers(
      sentences, vocabulary: 31, counts: (0..<31).map { 1 + 300 / (1 + $0) })
    let (maxWindow, noiseWords) = (1 + Int(seed), 1 + random.below(5))
    var (python, twin) = (PythonRandom(seed: seed), PythonRandom(seed: seed))
    let examples = try SkipGramExamples(
      of: corpus, maxWindow: maxWindow, noiseWords: noiseWords, using: &python)
    let expected = document(
      sentences, counts: corpus.vocabulary.counts, maxWindow: maxWindow, noiseWords: noiseWords,
      random: &twin)
    #expect(examples.count == expected.count)
    for (example, expected) in expected.enumerated() {
      #expect(examples.centers[example] == expected.center)
      #expect(Array(examples.contexts(of: example)) == expected.contexts)
      #expect(Array(examples.negatives(of: example)) == expected.noise)
    }
    let order = (0..<Int32(examples.count)).reversed() + [0]
    var batch = FlatBatch()
    for picked in [order[...], order[1..<2], order[2..<2]] {  // the same batch again and again
      examples.gather(picked, into: &batch)
      let rows = picked.map { expected[Int($0)] }
      #expect(batch.centers == rows.map(\.center))
      #expect(batch.contextCounts == rows.map { Int32($0.contexts.count) })
      #expect(batch.slots == rows.flatMap { $0.contexts + $0.noise })
      #expect(
        batch.offsets
          == rows.reduce(into: [0]) {
            $0.append($0[$0.count - 1] + Int32($1.contexts.count + $1.noise.count))
          })
    }
    #expect(examples.contextCount == expected.reduce(0) { $0 + $1.contexts.count })
    #expect(python.random() == twin.random(), "the streams are apart afterwards")
  }

  @Test("say what is wrong with a corpus that gives none")
  func errors() {
    var python = PythonRandom(seed: 0)
    #expect(throws: SamplingError.noPairs(corpus: "numbers")) {
      try SkipGramExamples(
        of: .ofNumbers([[1], [2], []], vocabulary: 3), maxWindow: 5, noiseWords: 5, using: &python)
    }
    let full = SamplingError.noNoiseWord(corpus: "numbers", vocabulary: 2, contexts: 19)
    #expect(throws: full) {
      try SkipGramExamples(
        of: .ofNumbers([(0..<20).map { 1 + $0 % 2 }], vocabulary: 3), maxWindow: 1000,
        noiseWords: 1, using: &python)
    }
    #expect(full.description.contains("19") && full.description.contains("--max-window"))
    #expect(SamplingError.noPairs(corpus: "a.txt").description.contains("a.txt"))
  }

  /// `get_centers_and_contexts`, `RandomGenerator` and `get_negatives`, line by line.
  private func document(
    _ corpus: [[Int32]], counts: [Int], maxWindow: Int, noiseWords: Int,
    random: inout PythonRandom
  ) -> [ListedExamples.Example] {
    var (centers, contexts): ([Int32], [[Int32]]) = ([], [])
    for line in corpus where line.count >= 2 {
      centers += line
      for i in line.indices {
        let windowSize = random.integer(in: 1...maxWindow)
        let indices = (max(0, i - windowSize)..<min(line.count, i + 1 + windowSize)).filter {
          $0 != i
        }
        contexts.append(indices.map { line[$0] })
      }
    }

    var cumulative: [Double] = []
    for count in counts.dropFirst() {
      cumulative.append((cumulative.last ?? 0) + pow(Double(count), 0.75))
    }
    var (candidates, i): ([Int32], Int) = ([], 0)
    func draw() -> Int32 {
      if i == candidates.count {
        candidates = (0..<10_000).map { _ in
          let u = random.random() * cumulative[cumulative.count - 1]
          return Int32(1 + (cumulative.dropLast().firstIndex { u < $0 } ?? cumulative.count - 1))
        }
        i = 0
      }
      i += 1
      return candidates[i - 1]
    }
    return zip(centers, contexts).map { center, contexts in
      var noise: [Int32] = []
      while noise.count < contexts.count * noiseWords {
        let word = draw()
        if !contexts.contains(word) { noise.append(word) }
      }
      return ListedExamples.Example(center: center, contexts: contexts, noise: noise)
    }
  }
}
