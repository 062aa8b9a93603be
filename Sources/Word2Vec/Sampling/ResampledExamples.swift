import CSIMD
import Files
import RandomStreams

/// Training examples whose windows and noise words are drawn anew at each use.
///
/// Example e of epoch t is drawn from a stream of its own, Philox at the key of the seed and the
/// counter (t, e), so that examples can be made in any order and by any thread. Nothing is stored
/// for an example: its centre word is the text's e-th, and a bit tells where sentences begin.
///
/// - Source: Salmon et al. 2011 for the streams.
public struct ResampledExamples: ExampleSet {
  /// The number of examples of an epoch.
  public let count: Int
  /// K: noise words drawn for each context word.
  public let noiseWordsPerContext: Int

  /// The words of the sentences that have two or more.
  private let tokens: [Int32]
  /// Bit p % 64 of element p / 64 tells whether a sentence begins at p; the text's end counts too.
  private let starts: [UInt64]
  private let maxWindow: Int
  private let table: NoiseTable
  private let seed: UInt64
  private var epoch: UInt64 = 0

  /// Prepares the examples of a subsampled corpus.
  ///
  /// - Parameters:
  ///   - corpus: The subsampled corpus; sentences of one word are passed over.
  ///   - maxWindow: The widest window; each centre word's is drawn from 1…`maxWindow`.
  ///   - noiseWordsPerContext: K, how many noise words go with each context word.
  ///   - seed: The key of the examples' streams.
  ///   - count: The number of examples of an epoch; by default that of the text's words. Where it
  ///     is another, the examples are spread over the words evenly.
  ///   - file: The caller's file, for the sentence where a number is below 1.
  ///   - line: The caller's line.
  /// - Throws: `SamplingError` if there is no pair, or a window could leave no noise word.
  public init(
    of corpus: Corpus, maxWindow: Int, noiseWordsPerContext: Int, seed: UInt64, count: Int? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) throws(SamplingError) {
    require(maxWindow >= 1, "maxWindow is \(maxWindow), less than 1", file: file, line: line)
    require(
      noiseWordsPerContext >= 1, "noiseWordsPerContext is \(noiseWordsPerContext), less than 1",
      file: file, line: line)
    try self.init(
      of: corpus, maxWindow: maxWindow, noiseWordsPerContext: noiseWordsPerContext, seed: seed,
      count: count, noise: NoiseTable(vocabulary: corpus.vocabulary))
  }

  /// Prepares the examples of a part of a text, whose noise words are drawn from the whole one's.
  init(
    of corpus: Corpus, maxWindow: Int, noiseWordsPerContext: Int, seed: UInt64, count: Int?,
    noise: NoiseTable
  ) throws(SamplingError) {
    var tokens: [Int32] = []
    tokens.reserveCapacity(corpus.tokens.count)
    var starts = [UInt64](repeating: 0, count: corpus.tokens.count / 64 + 1)
    for sentence in corpus.sentenceRanges where sentence.count >= 2 {
      starts[tokens.count / 64] |= 1 << (tokens.count % 64)
      tokens.append(contentsOf: corpus.tokens[sentence])
    }
    starts[tokens.count / 64] |= 1 << (tokens.count % 64)
    guard !tokens.isEmpty else {
      throw .noPairs(corpus: corpus.name, rareWords: corpus.vocabulary.lacksWords)
    }
    guard max(count ?? 0, tokens.count) <= Int(Int32.max) else {
      throw .tooManyExamples(corpus: corpus.name, count: max(count ?? 0, tokens.count))
    }
    self.tokens = tokens
    self.starts = starts
    self.maxWindow = maxWindow
    self.noiseWordsPerContext = noiseWordsPerContext
    self.seed = seed
    self.count = count ?? tokens.count
    table = noise

    let vocabularySize = corpus.vocabulary.count
    guard vocabularySize - 1 <= 2 * maxWindow else { return }
    for center in tokens.indices {
      let window = window(around: center, radius: maxWindow)
      let contexts = window.range.filter { $0 != center }.map { tokens[$0] }
      if Window.leavesNoNoise(contexts, vocabularySize: vocabularySize) {
        throw .noNoiseWord(
          corpus: corpus.name, vocabulary: vocabularySize - 1, contexts: contexts.count,
          rareWords: corpus.vocabulary.lacksWords)
      }
    }
  }

  /// The bytes that hold what examples are drawn from: tokens, sentences, the table of noise words.
  public var byteCount: Int { 4 * tokens.count + 8 * starts.count + table.byteCount }

  /// Turns to the draws of an epoch, counted from 0.
  public mutating func begin(epoch: Int) { self.epoch = UInt64(epoch) }

  /// Draws some examples of the present epoch and appends them to `batch`.
  public func append(_ examples: ArraySlice<Int32>, to batch: inout MiniBatch) {
    requireExamples(examples)
    for i in examples.indices {
      if i + 12 < examples.endIndex { prefetch(Int(examples[i + 12])) }
      append(Int(examples[i]), to: &batch)
    }
  }

  /// Draws some examples that share their noise words and appends them to `batch`.
  ///
  /// All that is drawn comes from the stream of the group's first example: a window's width for each
  /// member, then the noise words. A noise word may be a context word of some examples of the group.
  ///
  /// - Parameters:
  ///   - places: The places of the examples in `order`, in the group.
  ///   - group: The places of all that share.
  ///   - order: Numbers of examples.
  ///   - batch: What to append to.
  func append(
    _ places: Range<Int>, of group: Range<Int>, in order: [Int32], to batch: inout MiniBatch
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
      guard let words = words.baseAddress else { return }
      for place in places { prefetch(Int(order[place])) }
      var draws = Draws(words, key: seed, example: Int(order[group.lowerBound]), epoch: epoch)
      withUnsafeTemporaryAllocation(of: Window.self, capacity: places.count) { windows in
        for place in group {
          let radius = 1 + (Int(draws.next() >> 32) * maxWindow) >> 32  // >> binds tighter than +
          guard places.contains(place) else { continue }
          let center = Int(order[place]) * tokens.count / count
          windows[place - places.lowerBound] = window(around: center, radius: radius)
        }
        let contexts = windows.reduce(0) { max($0, $1.contextCount) }
        let noiseCount = contexts * noiseWordsPerContext
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, noiseCount)) { noise in
          for place in 0..<noiseCount { noise[place] = table.word(for: draws.next()) }
          for window in windows {
            let (first, contexts) = (batch.slots.count, window.contextCount)
            batch.slots.append(contentsOf: repeatElement(0, count: contexts))
            batch.slots.withUnsafeMutableBufferPointer { slots in
              guard let slots = slots.baseAddress?.advanced(by: first) else { return }
              window.copyContexts(of: tokens, to: slots)
            }
            batch.slots.append(
              contentsOf: UnsafeBufferPointer(rebasing: noise[..<(contexts * noiseWordsPerContext)])
            )
            batch.close(center: tokens[window.center], contexts: contexts)
          }
        }
      }
    }
  }

  /// Draws an example and appends it to `batch`.
  private func append(_ example: Int, to batch: inout MiniBatch) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
      guard let words = words.baseAddress else { return }
      var draws = Draws(words, key: seed, example: example, epoch: epoch)
      let center = example * tokens.count / count
      let radius = 1 + (Int(draws.next() >> 32) * maxWindow) >> 32  // >> binds tighter than +
      let window = window(around: center, radius: radius)
      let (first, contexts) = (batch.slots.count, window.contextCount)
      batch.slots.append(contentsOf: repeatElement(0, count: contexts * (1 + noiseWordsPerContext)))
      batch.slots.withUnsafeMutableBufferPointer { slots in
        guard let slots = slots.baseAddress?.advanced(by: first) else { return }
        window.copyContexts(of: tokens, to: slots)
        slots.appendNoise(contexts: contexts, noiseWordsPerContext: noiseWordsPerContext) {
          table.word(for: draws.next())
        }
      }
      batch.close(center: tokens[center], contexts: contexts)
    }
  }

  /// The random numbers of one example, 32 at a time.
  private struct Draws {
    private let words: UnsafeMutablePointer<UInt32>
    private let key: UInt64
    private var counter: (low: UInt64, high: UInt64)
    private var position = 64

    init(_ words: UnsafeMutablePointer<UInt32>, key: UInt64, example: Int, epoch: UInt64) {
      self.words = words
      self.key = key
      counter = (UInt64(example) << 32, epoch)
    }

    @inline(__always)
    mutating func next() -> UInt64 {
      if position == 64 {
        Philox.fill(words, key: key, counter: counter)
        counter.low += 16
        position = 0
      }
      defer { position += 2 }
      return UInt64(words[position]) << 32 | UInt64(words[position + 1])
    }
  }

  /// Prefetches the words around the centre of an example.
  private func prefetch(_ example: Int) {
    tokens.withUnsafeBufferPointer { tokens in
      if let base = tokens.baseAddress { simd_prefetch(base + example * tokens.count / count) }
    }
  }

  /// The window of up to `radius` words to each side, within the sentence.
  @inline(__always)
  private func window(around center: Int, radius: Int) -> Window {
    var (first, end) = (center, center + 1)
    while center - first < radius, !isStart(first) { first -= 1 }
    while end - center <= radius, !isStart(end) { end += 1 }
    return Window(center: center, radius: radius, in: first..<end)
  }

  /// Whether a sentence begins at `position`.
  @inline(__always)
  private func isStart(_ position: Int) -> Bool {
    starts[position / 64] >> (position % 64) & 1 == 1
  }
}
