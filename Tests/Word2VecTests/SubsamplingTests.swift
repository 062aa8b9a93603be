import RandomStreams
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Subsampling")
struct SubsamplingTests {
  private let corpus = Corpus.tenWords

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
