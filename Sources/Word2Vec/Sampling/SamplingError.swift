/// Why no training examples can be made from a corpus.
public enum SamplingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Subsampling left no sentence of two words.
  case noPairs(corpus: String)
  /// There are more examples than can be numbered.
  case tooManyExamples(corpus: String, count: Int)
  /// Every word of the vocabulary is a context word of one example: no noise word is left.
  case noNoiseWord(corpus: String, vocabulary: Int, contexts: Int)

  /// One sentence that names the corpus and what to do.
  public var description: String {
    switch self {
    case .noPairs(let corpus):
      "\(corpus): after subsampling no sentence has two words, so there is nothing to train on; "
        + "give a longer text or a lower minimum count."
    case .noNoiseWord(let corpus, let vocabulary, let contexts):
      "\(corpus): a centre word has \(contexts) context words and the vocabulary only "
        + "\(vocabulary) words, so no noise word is left; give a longer text, a lower minimum "
        + "count or a narrower window."
    case .tooManyExamples(let corpus, let count):
      "\(corpus): \(count) examples are more than the \(Int32.max) that an epoch can have; give a "
        + "shorter text."
    }
  }
}
