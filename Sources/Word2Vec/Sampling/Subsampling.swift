import Files

extension Corpus {
  /// The corpus without `<unk>` and with frequent words thinned out at random.
  ///
  /// A word of relative frequency f is kept with probability min(1, √(`threshold` / f)), one draw
  /// for each word that is not `<unk>`, in the order of the text. The vocabulary keeps the counts
  /// of the whole text: noise words are drawn by them.
  ///
  /// - Parameters:
  ///   - threshold: The frequency from which words are dropped, such as 10⁻⁴; 0 or more.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  ///   - draw: Draws a number, uniform on [0, 1).
  /// - Returns: A corpus of the same sentences, of which some may be empty.
  /// - Complexity: O(words).
  /// - Source: Mikolov et al. 2013, section 2.3, in the form of the document's `subsample`.
  public func subsampled(
    threshold: Double = 1e-4, file: StaticString = #fileID, line: UInt = #line,
    _ draw: () -> Double
  ) -> Corpus {
    require(threshold >= 0, "the threshold is \(threshold), below 0", file: file, line: line)
    let known = Double(vocabulary.counts.dropFirst().reduce(0, +))
    let keep = vocabulary.counts.map { (threshold / Double(max($0, 1)) * known).squareRoot() }
    var kept: [Int32] = []
    var offsets = [0]
    offsets.reserveCapacity(sentenceOffsets.count)
    for sentence in sentenceRanges {
      for position in sentence where tokens[position] != Vocabulary.unknownIndex {
        if draw() < keep[Int(tokens[position])] { kept.append(tokens[position]) }
      }
      offsets.append(kept.count)
    }
    return Corpus(name: name, vocabulary: vocabulary, tokens: kept, sentenceOffsets: offsets)
  }
}
