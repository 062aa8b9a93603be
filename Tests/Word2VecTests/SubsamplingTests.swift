import RandomStreams
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Subsampling")
struct SubsamplingTests {
  /// Ten words, the first of them in half of the places, the last once in a thousand words.
  private let corpus: Corpus = {
    var random = Philox(key: 1)
    let sentences = (0..<4000).map { _ in
      (0..<25).map { _ in
        let u = random.random()
        return u < 0.1 ? Int32(0) : u < 0.5 ? 1 : u < 0.999 ? Int32(2 + random.below(7)) : 9
      }
    }
    let tokens = sentences.flatMap { $0 }
    let counts = (0..<10).map { word in tokens.count { $0 == word } }
    return .ofNumbers(sentences, vocabulary: 10, counts: counts)
  }()

  @Test("keeps words at the rate √(threshold / f), and no <unk>")
  func rates() {
    var random = Philox(key: 2)
    let threshold = 0.01
    let kept = corpus.subsampled(threshold: threshold) { random.random() }
    #expect(!kept.tokens.contains(0))
    #expect(kept.vocabulary == corpus.vocabulary)
    let known = Double(corpus.vocabulary.counts.dropFirst().reduce(0, +))
    for word in 1..<10 {
      let count = Double(corpus.vocabulary.counts[word])
      let rate = min(1, (threshold / (count / known)).squareRoot())
      let deviation = (count * rate * (1 - rate)).squareRoot()
      let found = Double(kept.tokens.count { $0 == word })
      #expect(abs(found - count * rate) <= 4 * deviation, "word \(word)")
    }
  }
}
