import RandomStreams

/// A centre word and the words around it, as positions in a corpus's tokens.
struct Window {
  /// The position of the centre word.
  let center: Int
  /// The positions of the centre word and its contexts.
  let range: Range<Int>

  /// The window of `radius` words to each side, cut at the ends of the sentence.
  init(center: Int, radius: Int, in sentence: Range<Int>) {
    self.center = center
    let first = max(sentence.lowerBound, center - radius)
    range = first..<min(sentence.upperBound, center + radius + 1)
  }

  /// How many context words the window holds.
  var contextCount: Int { range.count - 1 }

  /// Copies the context words to `words`, from left to right, shape (`contextCount`).
  @inline(__always)
  func copyContexts(of tokens: [Int32], to words: UnsafeMutablePointer<Int32>) {
    for (i, position) in (range.lowerBound..<center).enumerated() { words[i] = tokens[position] }
    let before = center - range.lowerBound
    for position in center + 1..<range.upperBound {
      words[before + position - center - 1] = tokens[position]
    }
  }
}

extension Corpus {
  /// Draws a window of 1…`maxWindow` words for each word of each sentence of two words or more.
  func windows(upTo maxWindow: Int, using random: inout PythonRandom) -> [Window] {
    var windows: [Window] = []
    windows.reserveCapacity(tokens.count)
    for sentence in sentenceRanges where sentence.count >= 2 {
      for center in sentence {
        let radius = random.integer(in: 1...maxWindow)
        windows.append(Window(center: center, radius: radius, in: sentence))
      }
    }
    return windows
  }

  /// The positions of each sentence's words.
  var sentenceRanges: some Sequence<Range<Int>> {
    zip(sentenceOffsets, sentenceOffsets.dropFirst()).lazy.map { $0..<$1 }
  }
}
