/// A centre word and the words around it, as positions in a corpus's tokens.
package struct Window: Sendable {
  /// The position of the centre word.
  package let center: Int
  /// The positions of the centre word and its contexts.
  package let range: Range<Int>

  /// The window of `radius` words to each side, cut at the ends of the sentence.
  package init(center: Int, radius: Int, in sentence: Range<Int>) {
    self.center = center
    let first = max(sentence.lowerBound, center - radius)
    range = first..<min(sentence.upperBound, center + radius + 1)
  }

  /// How many context words the window holds.
  package var contextCount: Int { range.count - 1 }

  /// Copies the context words to `words`, from left to right, shape (`contextCount`).
  @inline(__always)
  package func copyContexts(of tokens: [Int32], to words: UnsafeMutablePointer<Int32>) {
    for (i, position) in (range.lowerBound..<center).enumerated() { words[i] = tokens[position] }
    let before = center - range.lowerBound
    for position in center + 1..<range.upperBound {
      words[before + position - center - 1] = tokens[position]
    }
  }

  /// Whether some context words are the whole vocabulary, so that no noise word is left.
  ///
  /// - Parameters:
  ///   - contexts: The context words.
  ///   - vocabularySize: V, `<unk>` included, which is never drawn.
  /// - Returns: Whether they are.
  package static func leavesNoNoise(
    _ contexts: some Collection<Int32>, vocabularySize: Int
  ) -> Bool {
    contexts.count >= vocabularySize - 1 && Set(contexts).count == vocabularySize - 1
  }
}

extension Corpus {
  /// The positions of each sentence's words.
  package var sentenceRanges: some Sequence<Range<Int>> {
    zip(sentenceOffsets, sentenceOffsets.dropFirst()).lazy.map { $0..<$1 }
  }
}
