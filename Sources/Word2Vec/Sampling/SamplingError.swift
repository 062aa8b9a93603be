/// Why no training examples can be made from a corpus.
public enum SamplingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Subsampling left no sentence of two words; `rareWords` tells whether the vocabulary lacks words
  /// of the text.
  case noPairs(corpus: String, rareWords: Bool)
  /// There are more examples than can be numbered.
  case tooManyExamples(corpus: String, count: Int)
  /// Every word of the vocabulary is a context word of one example: no noise word is left.
  case noNoiseWord(corpus: String, vocabulary: Int, contexts: Int, rareWords: Bool)

  /// A text that is read again for each epoch could not be.
  case file(FileError)

  /// One sentence that names the corpus and what to do.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .noPairs(let corpus, let rareWords):
      "\(corpus): after subsampling no sentence has two words, so there is nothing to train on; "
        + "give a longer text\(rareWords ? " or a lower minimum count" : "")."
    case .noNoiseWord(let corpus, let vocabulary, let contexts, let rareWords):
      "\(corpus): a centre word has \(contexts) context words and the vocabulary only "
        + "\(vocabulary) words, so no noise word is left; give a longer text"
        + (contexts > 2 ? rareWords ? ", a narrower window" : " or a narrower window" : "")
        + (rareWords ? " or a lower minimum count." : ".")
    case .tooManyExamples(let corpus, let count):
      "\(corpus): \(count) examples are more than the \(Int32.max) that an epoch can have; give a "
        + "shorter text."
    }
  }
}
