import CSIMD
import RandomStreams

/// Training examples whose windows and noise words are drawn anew at each use.
///
/// Example e of epoch t is drawn from a stream of its own, Philox at the key of the seed and the
/// counter (t, e), so that examples can be made in any order and by any thread. Nothing is stored
/// for an example but the place of its centre word.
///
/// - Source: the document's exercise 2; Salmon et al. 2011 for the stream.
public struct ResampledExamples: ExampleSource {
  /// K: noise words drawn for each context word.
  public let noiseWords: Int

  private let corpus: Corpus
  private let maxWindow: Int
  private let table: NoiseTable
  private let seed: UInt64
  private var epoch: UInt64 = 0
  /// The sentence of each example's centre word, by example.
  private let places: [(center: Int32, start: Int32, end: Int32)]

  /// Prepares the examples of a subsampled corpus.
  ///
  /// - Throws: `SamplingError` if there is no pair, or a window could leave no noise word.
  public init(
    of corpus: Corpus, maxWindow: Int, noiseWords: Int, seed: UInt64
  ) throws(SamplingError) {
    precondition(maxWindow >= 1, "maxWindow is \(maxWindow), less than 1")
    precondition(noiseWords >= 1, "noiseWords is \(noiseWords), less than 1")
    var places: [(center: Int32, start: Int32, end: Int32)] = []
    for sentence in corpus.sentenceRanges where sentence.count >= 2 {
      for center in sentence {
        places.append((Int32(center), Int32(sentence.lowerBound), Int32(sentence.upperBound)))
      }
    }
    guard !places.isEmpty else { throw .noPairs(corpus: corpus.name) }
    let words = corpus.vocabulary.count - 1
    for place in places where place.end - place.start > words {
      let sentence = Int(place.start)..<Int(place.end)
      let window = Window(center: Int(place.center), radius: maxWindow, in: sentence)
      let contexts = Set(window.range.filter { $0 != window.center }.map { corpus.tokens[$0] })
      if contexts.count == words {
        throw .noNoiseWord(
          corpus: corpus.name, vocabulary: words, contexts: window.contextCount)
      }
    }
    self.corpus = corpus
    self.maxWindow = maxWindow
    self.noiseWords = noiseWords
    self.seed = seed
    self.places = places
    table = NoiseTable(vocabulary: corpus.vocabulary)
  }

  /// The number of examples.
  public var count: Int { places.count }

  /// The bytes that hold what examples are drawn from: places, tokens, the table of noise words.
  public var byteCount: Int {
    12 * places.count + 4 * corpus.tokens.count + 8 * corpus.vocabulary.count
  }

  /// The same examples as they are drawn in epoch `epoch`, counted from 0.
  public func epoch(_ epoch: Int) -> ResampledExamples {
    var copy = self
    copy.epoch = UInt64(epoch)
    return copy
  }

  /// Draws example `example` of this epoch and appends it to `batch`.
  public func append(_ example: Int, to batch: inout FlatBatch) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
      guard let words = words.baseAddress else { return }
      var draws = Draws(words, key: seed, example: example, epoch: epoch)
      let place = places[example]
      let window = Window(
        center: Int(place.center), radius: 1 + (Int(draws.next() >> 32) * maxWindow) >> 32,
        in: Int(place.start)..<Int(place.end))
      let first = batch.slots.count
      let contexts = window.contextCount
      window.appendContexts(of: corpus.tokens, to: &batch.slots)
      batch.slots.append(contentsOf: repeatElement(0, count: contexts * noiseWords))
      batch.slots.withUnsafeMutableBufferPointer { slots in
        guard let slots = slots.baseAddress?.advanced(by: first) else { return }
        appendNoise(to: slots, contexts: contexts, &draws)
      }
      batch.close(center: corpus.tokens[window.center], contexts: contexts)
    }
  }

  /// Writes noise words behind `contexts` context words, none of them among those.
  @inline(__always)
  private func appendNoise(
    to slots: UnsafeMutablePointer<Int32>, contexts: Int, _ draws: inout Draws
  ) {
    let end = contexts * (1 + noiseWords)
    var slot = contexts
    while slot < end {
      let word = table.word(for: draws.next())
      var matches: Int32 = 0
      for context in 0..<contexts { matches |= slots[context] == word ? 1 : 0 }
      slots[slot] = word  // overwritten by the next one if it is a context word
      slot &+= matches == 0 ? 1 : 0
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

  /// Asks for the words around the centre of example `soon` and for the place of `later`.
  public func prefetch(_ soon: Int, later: Int) {
    places.withUnsafeBufferPointer { places in
      corpus.tokens.withUnsafeBufferPointer { tokens in
        guard let places = places.baseAddress, let tokens = tokens.baseAddress else { return }
        simd_prefetch(places + later)
        simd_prefetch(tokens + Int(places[soon].center))
      }
    }
  }
}
