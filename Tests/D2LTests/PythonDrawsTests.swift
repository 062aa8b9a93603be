import Foundation
import RandomStreams
import TestSupport
import Testing

@testable import D2L
@testable import Word2Vec

@Suite("Python's draws")
struct PythonDrawsTests {
  private let corpus = Corpus.tenWords

  @Test("make the examples of the document's program, number by number", arguments: 0..<6)
  func parallel(seed: UInt64) throws {
    var random = Philox(key: seed)
    let sentences = (0..<80).map { _ in
      (0..<random.below(9)).map { _ in Int32(1 + min(random.below(30), random.below(30))) }
    }
    let corpus = Corpus.ofNumbers(
      sentences, vocabulary: 31, counts: (0..<31).map { 1 + 300 / (1 + $0) })
    let (maxWindow, noiseWords) = (1 + Int(seed), 1 + random.below(5))
    var (python, parallel) = (PythonRandom(seed: seed), PythonRandom(seed: seed))
    let examples = try SkipGramExamples(
      of: corpus, maxWindow: maxWindow, noiseWordsPerContext: noiseWords, using: &python)
    let expected = document(
      sentences, counts: corpus.vocabulary.counts, maxWindow: maxWindow, noiseWords: noiseWords,
      random: &parallel)
    #expect(examples.count == expected.count)
    for (example, expected) in expected.enumerated() {
      #expect(examples.centers[example] == expected.center)
      #expect(Array(examples.contexts(of: example)) == expected.contexts)
      #expect(Array(examples.noiseWords(of: example)) == expected.noise)
    }
    let order = (0..<Int32(examples.count)).reversed() + [0]
    var batch = MiniBatch()
    for picked in [order[...], order[1..<2], order[2..<2]] {  // the same batch again and again
      batch.removeAll()
      examples.append(picked, to: &batch)
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
    #expect(python.random() == parallel.random(), "the streams are apart afterwards")
  }

  @Test("say what is wrong with a corpus that gives none")
  func errors() {
    var python = PythonRandom(seed: 0)
    #expect(throws: SamplingError.noPairs(corpus: "numbers", rareWords: false)) {
      try SkipGramExamples(
        of: .ofNumbers([[1], [2], []], vocabulary: 3), maxWindow: 5, noiseWordsPerContext: 5,
        using: &python)
    }
    let full = SamplingError.noNoiseWord(
      corpus: "numbers", vocabulary: 2, contexts: 19, rareWords: false)
    #expect(throws: full) {
      try SkipGramExamples(
        of: .ofNumbers([(0..<20).map { 1 + $0 % 2 }], vocabulary: 3), maxWindow: 1000,
        noiseWordsPerContext: 1, using: &python)
    }
    #expect(full.description.contains("19") && full.description.contains("narrower window"))
    #expect(SamplingError.noPairs(corpus: "a.txt", rareWords: false).description.contains("a.txt"))
  }

  @Test("subsample as the document's program does, draw by draw")
  func subsampling() {
    var (python, parallel) = (PythonRandom(seed: 5), PythonRandom(seed: 5))
    let kept = corpus.subsampled(using: &python)
    var (tokens, offsets): ([Int32], [Int]) = ([], [0])
    let all = corpus.vocabulary.counts[1...].reduce(0, +)
    for (start, end) in zip(corpus.sentenceOffsets, corpus.sentenceOffsets.dropFirst()) {
      for token in corpus.tokens[start..<end] where token != 0 {
        let count = Double(corpus.vocabulary.counts[Int(token)])
        if parallel.uniform(0, 1) < sqrt(1e-4 / count * Double(all)) { tokens.append(token) }
      }
      offsets.append(tokens.count)
    }
    #expect(kept.tokens == tokens)
    #expect(kept.sentenceOffsets == offsets)
    #expect(python.random() == parallel.random())
  }

  @Test("make a window for each word of sentences of two words or more, 1 to the widest")
  func windows() {
    let corpus = Corpus.ofNumbers(
      [[1], [1, 2], [], [Int32](repeating: 3, count: 3000)], vocabulary: 4)
    var python = PythonRandom(seed: 1)
    let windows = corpus.windows(upTo: 5, using: &python)
    #expect(windows.map(\.center) == Array(1..<3003))
    let inner = windows.filter { (20..<2980).contains($0.center) }
    var counts = [Int](repeating: 0, count: 12)
    for window in inner { counts[window.contextCount] += 1 }
    #expect(counts.enumerated().allSatisfy { [2, 4, 6, 8, 10].contains($0) || $1 == 0 })
    #expect([2, 4, 6, 8, 10].allSatisfy { abs(counts[$0] - inner.count / 5) < 110 })
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
