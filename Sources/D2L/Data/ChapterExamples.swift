import RandomStreams
import Word2Vec

/// The examples of a run, in one of three ways.
public enum ChapterExamples: ExampleSet {
  /// Drawn once for all epochs, as in the document.
  case fixed(SkipGramExamples)
  /// Windows and noise words drawn anew at each use.
  case resampled(ResampledExamples)
  /// The text, too, subsampled anew for each epoch.
  case resubsampled(ResubsampledExamples)

  /// The number of examples of an epoch.
  public var count: Int {
    switch self {
    case .fixed(let examples): examples.count
    case .resampled(let examples): examples.count
    case .resubsampled(let examples): examples.count
    }
  }

  /// The bytes that hold the examples, or what they are drawn from.
  public var byteCount: Int {
    switch self {
    case .fixed(let examples): examples.byteCount
    case .resampled(let examples): examples.byteCount
    case .resubsampled(let examples): examples.byteCount
    }
  }

  /// Turns to an epoch, counted from 0.
  public mutating func begin(epoch: Int) {
    switch self {
    case .fixed: break
    case .resampled(var examples):
      examples.begin(epoch: epoch)
      self = .resampled(examples)
    case .resubsampled(var examples):
      examples.begin(epoch: epoch)
      self = .resubsampled(examples)
    }
  }

  /// Appends some examples to `batch`.
  public func append(_ examples: ArraySlice<Int32>, to batch: inout MiniBatch) {
    switch self {
    case .fixed(let all): all.append(examples, to: &batch)
    case .resampled(let all): all.append(examples, to: &batch)
    case .resubsampled(let all): all.append(examples, to: &batch)
    }
  }
}

/// Examples drawn anew at each use, from a text that is subsampled anew for each epoch.
///
/// An epoch keeps the number of examples of the first. Where a draw leaves no examples, the text of
/// the epoch before stays.
public struct ResubsampledExamples: ExampleSet {
  private let corpus: Corpus
  private var examples: ResampledExamples
  private let maxWindow: Int
  private let seed: UInt64
  private var python: PythonRandom

  /// Prepares the examples.
  ///
  /// - Parameters:
  ///   - corpus: The text before subsampling.
  ///   - first: The examples of the first epoch.
  ///   - maxWindow: The widest window.
  ///   - seed: The key of the examples' streams.
  ///   - python: The stream that subsampled the text for the first epoch, as it was left.
  init(
    of corpus: Corpus, first: ResampledExamples, maxWindow: Int, seed: UInt64,
    from python: PythonRandom
  ) {
    (self.corpus, examples, self.maxWindow) = (corpus, first, maxWindow)
    (self.seed, self.python) = (seed, python)
  }

  /// The number of examples of an epoch.
  public var count: Int { examples.count }

  /// The bytes that hold what examples are drawn from.
  public var byteCount: Int { examples.byteCount }

  /// Turns to an epoch, counted from 0; from the second on the text is subsampled anew.
  public mutating func begin(epoch: Int) {
    if epoch > 0 {
      let text = corpus.subsampled(using: &python)
      let anew = try? ResampledExamples(
        of: text, maxWindow: maxWindow, noiseWordsPerContext: examples.noiseWordsPerContext,
        seed: seed, count: count)
      examples = anew ?? examples
    }
    examples.begin(epoch: epoch)
  }

  /// Appends some examples to `batch`.
  public func append(_ numbers: ArraySlice<Int32>, to batch: inout MiniBatch) {
    examples.append(numbers, to: &batch)
  }
}
