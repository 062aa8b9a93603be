import Files
import RandomStreams
import Word2Vec

extension Corpus {
  /// The corpus without `<unk>` and with frequent words thinned out, as Python's stream draws it.
  ///
  /// - Parameters:
  ///   - threshold: The frequency from which words are dropped, 10⁻⁴ in the document.
  ///   - random: Python's stream; takes one `uniform(0, 1)` for each word but `<unk>`.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: A corpus of the same sentences, of which some may be empty.
  /// - Complexity: O(words).
  /// - Source: `subsample` of the document.
  public func subsampled(
    threshold: Double = 1e-4, using random: inout PythonRandom, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Corpus {
    subsampled(threshold: threshold, file: file, line: line) { random.random() }
  }

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
}

extension SkipGramExamples {
  /// Draws a window for every word of a subsampled corpus, then the noise words of every window.
  ///
  /// - Parameters:
  ///   - corpus: The subsampled corpus; sentences of one word are passed over.
  ///   - maxWindow: The widest window; each centre word's is drawn from 1…`maxWindow`.
  ///   - noiseWordsPerContext: K, how many noise words go with each context word.
  ///   - random: Python's stream.
  ///   - file: The caller's file, for the sentence where a number is below 1.
  ///   - line: The caller's line.
  /// - Throws: `SamplingError` if there is no pair, or no noise word for some example.
  /// - Complexity: O(slots); the noise words are drawn on a thread of their own.
  /// - Source: `get_centers_and_contexts` and `get_negatives` of the document.
  public init(
    of corpus: Corpus, maxWindow: Int, noiseWordsPerContext: Int,
    using random: inout PythonRandom, file: StaticString = #fileID, line: UInt = #line
  ) throws(SamplingError) {
    require(maxWindow >= 1, "maxWindow is \(maxWindow), less than 1", file: file, line: line)
    require(
      noiseWordsPerContext >= 1, "noiseWordsPerContext is \(noiseWordsPerContext), less than 1",
      file: file, line: line)
    let windows = corpus.windows(upTo: maxWindow, using: &random)
    guard !windows.isEmpty else {
      throw .noPairs(corpus: corpus.name, rareWords: corpus.vocabulary.lacksWords)
    }
    guard windows.count <= Int(Int32.max) else {
      throw .tooManyExamples(corpus: corpus.name, count: windows.count)
    }
    let contextCount = windows.reduce(0) { $0 + $1.contextCount }
    let vocabularySize = corpus.vocabulary.count
    let tokens = corpus.tokens

    let sampler = NoiseSampler(vocabulary: corpus.vocabulary, from: random)
    var offsets = [0]
    offsets.reserveCapacity(windows.count + 1)
    let slots = try [Int32](count: contextCount * (1 + noiseWordsPerContext)) {
      all throws(SamplingError) in
      var first = 0
      for window in windows {
        let (slots, contexts) = (all + first, window.contextCount)
        window.copyContexts(of: tokens, to: slots)
        let words = UnsafeBufferPointer(start: slots, count: contexts)
        if Window.leavesNoNoise(words, vocabularySize: vocabularySize) {
          throw .noNoiseWord(
            corpus: corpus.name, vocabulary: vocabularySize - 1, contexts: contexts,
            rareWords: corpus.vocabulary.lacksWords)
        }
        slots.appendNoise(
          contexts: contexts, noiseWordsPerContext: noiseWordsPerContext, from: sampler.stock)
        first += contexts * (1 + noiseWordsPerContext)
        offsets.append(first)
      }
    }
    random = sampler.stream
    self.init(
      centers: windows.map { tokens[$0.center] }, slotOffsets: offsets, slots: slots,
      noiseWordsPerContext: noiseWordsPerContext)
  }
}

extension HeldOutRanking {
  /// Draws the examples of held-out text by Python's stream.
  ///
  /// - Parameters:
  ///   - text: Text that was not trained on; its words are looked up by their spelling.
  ///   - vocabulary: The words of the model; others are passed over like `<unk>`.
  ///   - maxWindow: The widest window. Models are compared on one, whatever they were trained with.
  ///   - noiseWordsPerContext: K, noise words for each context word.
  ///   - seed: The same seed gives the same examples.
  /// - Throws: `SamplingError` if the text has no pair.
  public init(
    of text: Corpus, vocabulary: Vocabulary, maxWindow: Int = 5, noiseWordsPerContext: Int = 5,
    seed: UInt64 = 0
  ) throws(SamplingError) {
    var random = PythonRandom(seed: seed)
    let subsampled = text.renumbered(by: vocabulary).subsampled(using: &random)
    let examples = try SkipGramExamples(
      of: subsampled, maxWindow: maxWindow, noiseWordsPerContext: noiseWordsPerContext,
      using: &random)
    var offsets = [0]
    for sentence in subsampled.sentenceRanges where sentence.count >= 2 {
      offsets.append((offsets.last ?? 0) + sentence.count)
    }
    self.init(of: examples, sentenceOffsets: offsets)
  }
}
