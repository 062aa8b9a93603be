import Files
import RandomStreams

/// Examples drawn anew at each use, from a text that is thinned out anew for each epoch.
///
/// An epoch has as many examples as the first one has words left; later ones are spread over what is
/// left then.
public struct ThinnedExamples: ExampleSet {
  private let corpus: Corpus
  private let threshold: Double
  private let maxWindow: Int
  private let noiseWordsPerContext: Int
  private let seed: UInt64
  private var examples: ResampledExamples

  /// Thins out the text for the first epoch.
  ///
  /// - Parameters:
  ///   - corpus: The whole text.
  ///   - threshold: The frequency from which words are dropped, such as 10⁻³; `.infinity` keeps all
  ///     but `<unk>`.
  ///   - maxWindow: The widest window; each centre word's is drawn from 1…`maxWindow`.
  ///   - noiseWordsPerContext: K, how many noise words go with each context word.
  ///   - seed: The key of all streams.
  ///   - file: The caller's file, for a number that cannot be.
  ///   - line: The caller's line.
  /// - Throws: `SamplingError` if there is no pair, or a window could leave no noise word.
  public init(
    of corpus: Corpus, threshold: Double, maxWindow: Int, noiseWordsPerContext: Int, seed: UInt64,
    file: StaticString = #fileID, line: UInt = #line
  ) throws(SamplingError) {
    (self.corpus, self.threshold, self.maxWindow) = (corpus, threshold, maxWindow)
    (self.noiseWordsPerContext, self.seed) = (noiseWordsPerContext, seed)
    examples = try ResampledExamples(
      of: Self.thinned(corpus, threshold, seed, epoch: 0, file, line), maxWindow: maxWindow,
      noiseWordsPerContext: noiseWordsPerContext, seed: seed, file: file, line: line)
  }

  private static func thinned(
    _ corpus: Corpus, _ threshold: Double, _ seed: UInt64, epoch: Int,
    _ file: StaticString = #fileID, _ line: UInt = #line
  ) -> Corpus {
    // A stream of its own: the orders of epochs are named 2⁶³ + t, examples by their epoch alone.
    var draws = Philox(key: seed, counter: (low: 0, high: 1 << 62 | UInt64(epoch)))
    return corpus.subsampled(threshold: threshold, file: file, line: line) { draws.random() }
  }

  /// The number of examples of an epoch.
  public var count: Int { examples.count }

  /// Turns to an epoch, counted from 0; from the second on the text is thinned out anew.
  public mutating func begin(epoch: Int) {
    if epoch > 0, threshold.isFinite {
      let anew = try? ResampledExamples(
        of: Self.thinned(corpus, threshold, seed, epoch: epoch), maxWindow: maxWindow,
        noiseWordsPerContext: noiseWordsPerContext, seed: seed, count: count)
      examples = anew ?? examples
    }
    examples.begin(epoch: epoch)
  }

  /// Draws some examples of the present epoch and appends them to `batch`.
  public func append(_ numbers: ArraySlice<Int32>, to batch: inout MiniBatch) {
    examples.append(numbers, to: &batch)
  }
}
