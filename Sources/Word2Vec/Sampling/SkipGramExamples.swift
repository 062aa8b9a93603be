import RandomStreams

/// All training examples of a run, drawn once: for each centre word its contexts and noise words.
///
/// Example e has the slots `slotOffsets[e]..<slotOffsets[e + 1]`: first n context words, then K·n
/// noise words, none of which is among the n.
///
/// - Source: `get_centers_and_contexts` and `get_negatives` of the document.
public struct SkipGramExamples: ExampleSource {
  /// The centre word of each example.
  public let centers: [Int32]
  /// Where each example's slots begin, and at the end their number.
  public let slotOffsets: [Int]
  /// Context words, then noise words, example after example.
  public let slots: [Int32]
  /// K: noise words drawn for each context word.
  public let noiseWords: Int

  /// The number of examples.
  public var count: Int { centers.count }
  /// The number of (centre, context) pairs.
  public var contextCount: Int { slots.count / (noiseWords + 1) }
  /// The bytes that hold the examples: centre words, offsets, slots.
  public var byteCount: Int {
    4 * centers.count + 8 * slotOffsets.count + 4 * slots.count
  }

  /// Draws a window for every word of a subsampled corpus, then the noise words of every window.
  ///
  /// - Parameters:
  ///   - corpus: The subsampled corpus; sentences of one word are passed over.
  ///   - maxWindow: The widest window; each centre word's is drawn from 1…`maxWindow`.
  ///   - noiseWords: K, how many noise words go with each context word.
  ///   - random: Python's stream.
  /// - Throws: `SamplingError` if there is no pair, or no noise word for some example.
  /// - Complexity: O(slots); the noise words are drawn on a thread of their own.
  public init(
    of corpus: Corpus, maxWindow: Int, noiseWords: Int, using random: inout PythonRandom
  ) throws(SamplingError) {
    precondition(maxWindow >= 1, "maxWindow is \(maxWindow), less than 1")
    precondition(noiseWords >= 1, "noiseWords is \(noiseWords), less than 1")
    let windows = corpus.windows(upTo: maxWindow, using: &random)
    guard !windows.isEmpty else { throw .noPairs(corpus: corpus.name) }
    let words = corpus.vocabulary.count - 1
    let contextCount = windows.reduce(0) { $0 + $1.contextCount }

    var sampler = NoiseSampler(vocabulary: corpus.vocabulary, from: random)
    var offsets = [0]
    offsets.reserveCapacity(windows.count + 1)
    let slots = try [Int32](count: contextCount * (1 + noiseWords)) {
      all throws(SamplingError) in
      for window in windows {
        let (slots, contexts) = (all + offsets[offsets.count - 1], window.contextCount)
        window.copyContexts(of: corpus.tokens, to: slots)
        if contexts >= words, Set(UnsafeBufferPointer(start: slots, count: contexts)).count == words
        {
          throw .noNoiseWord(corpus: corpus.name, vocabulary: words, contexts: contexts)
        }
        slots.appendNoise(contexts: contexts, noiseWords: noiseWords) { sampler.draw() }
        offsets.append(offsets[offsets.count - 1] + contexts * (1 + noiseWords))
      }
    }
    random = sampler.stream
    self.centers = windows.map { corpus.tokens[$0.center] }
    self.slotOffsets = offsets
    self.slots = slots
    self.noiseWords = noiseWords
  }

  /// The context words of an example.
  public func contexts(of example: Int) -> ArraySlice<Int32> {
    let (first, end) = (slotOffsets[example], slotOffsets[example + 1])
    return slots[first..<first + (end - first) / (noiseWords + 1)]
  }

  /// The noise words of an example.
  public func negatives(of example: Int) -> ArraySlice<Int32> {
    let (first, end) = (slotOffsets[example], slotOffsets[example + 1])
    return slots[first + (end - first) / (noiseWords + 1)..<end]
  }
}
