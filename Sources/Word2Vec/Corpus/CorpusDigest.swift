import Files

extension Corpus {
  /// The SHA-256 of what is trained on, 64 hexadecimal digits: words, counts, sentences, tokens.
  ///
  /// Two texts with the same digest give the same vectors, wherever they were read from.
  ///
  /// - Complexity: O(tokens).
  public var digest: String {
    var hasher = SHA256()
    for (word, count) in zip(vocabulary.tokens, vocabulary.counts) {
      hasher.update("\(word) \(count)\n".utf8)
    }
    hasher.update(words: sentenceOffsets.map(\.littleEndian))
    hasher.update(words: tokens.map(\.littleEndian))
    return hasher.hexDigest()
  }
}
