import Foundation
import ProgramSupport
import Word2Vec

/// A training run as the options ask for it.
struct TrainingRun {
  /// What a run came to.
  struct Result {
    /// The vectors of the words but `<unk>`.
    let vectors: WordVectors
    /// The words of the text that were gone through, those that were left out among them.
    let words: Int
    let seconds: Double
    /// The mean loss of an example over the last tenth of the run.
    let loss: Double
    /// How far the run came, where it was stopped.
    let stopped: String?
  }

  private let options: TrainCommand
  private let text: Corpus
  private let dimension: Int
  private let source: EpochBatches<ThinnedText, ShuffledOrder>
  private let start: Embedding

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - options: The options.
  ///   - text: The text.
  ///   - initial: Vectors to begin with.
  /// - Throws: `RunError`, or `SamplingError` where the text gives no examples.
  init(_ options: TrainCommand, _ text: Corpus, initial: WordVectors?) throws {
    (self.options, self.text) = (options, text)
    dimension = options.dimension ?? initial?.dimension ?? TrainingDefaults.dimension
    if let initial, initial.dimension != dimension {
      throw RunError.dimension(asked: dimension, initial: initial.dimension)
    }
    let needed = Self.bytes(options, text, dimension: dimension)
    let available = Double(ProcessInfo.processInfo.physicalMemory)
    guard needed < available else { throw RunError.tooLarge(needed: needed, available: available) }
    note(String(format: "memory: about %.2f GB", needed / 1e9))

    var draws = Philox(key: options.seed)
    var table = Embedding.uniform(
      text.vocabulary.count, dimension, bound: 0.5 / Float(dimension), using: &draws)
    if let initial {
      let count = Self.copy(initial, text.vocabulary, to: &table)
      note("begins with the vectors of \(count) of \(text.vocabulary.count - 1) words")
    }
    start = table
    source = EpochBatches(
      of: try ThinnedText(
        text, threshold: options.subsample, window: options.window, noise: options.negative,
        seed: options.seed),
      in: ShuffledOrder(seed: options.seed), epochs: options.epochs,
      batchSize: options.batchSize
        ?? (options.optimizer == .adam
          ? TrainingDefaults.adamBatchSize : TrainingDefaults.descentBatchSize))
  }

  /// Copies the vectors of the words that both have; returns how many.
  private static func copy(
    _ vectors: WordVectors, _ vocabulary: Vocabulary, to table: inout Embedding
  ) -> Int {
    let d = vectors.dimension
    var (values, count) = (table.weight.values, 0)
    for (row, word) in vocabulary.tokens.enumerated() {
      guard let vector = vectors[word] else { continue }
      values.replaceSubrange(row * d..<(row + 1) * d, with: vector)
      count += 1
    }
    table = Embedding(weight: Tensor(shape: [vocabulary.count, d], values: values))
    return count
  }

  /// The bytes that a run needs: the text twice (whole and thinned), its order, the tables with what
  /// the optimiser keeps of them, and three copies of one: at the start, and when it is written.
  private static func bytes(_ options: TrainCommand, _ text: Corpus, dimension: Int) -> Double {
    let table = 4.0 * Double(text.vocabulary.count) * Double(dimension)
    let kept = options.optimizer == .adam ? 3.0 : 1
    return 12 * Double(text.tokens.count) + table * (2 * kept + 3)
      + 200 * Double(text.vocabulary.count)
  }

  /// Trains; Ctrl-C stops between two steps.
  func train() throws -> Result {
    let zero = Embedding(weight: Tensor(repeating: 0, shape: start.weight.shape))
    let engine =
      switch options.optimizer {
      case .adam: FusedEngine(embedV: start, embedU: zero, threads: options.threads)
      case .sgd:
        FusedEngine(
          embedV: start, embedU: zero, optimizer: GradientDescent(), slotWeight: .full,
          threads: options.threads)
      }
    let rate =
      options.learningRate
      ?? (options.optimizer == .adam ? TrainingDefaults.adamRate : TrainingDefaults.descentRate)
    let trainer = Trainer(
      engine: engine, schedule: options.decay == .linear ? .linear(from: rate) : .constant(rate))

    var source = source
    let steps = options.epochs * source.batchesPerEpoch
    let words = Double(text.tokens.count) * Double(options.epochs)
    var (done, last) = (0, (sum: 0.0, count: 0))
    var bar = ProgressBar(isQuiet: options.quiet)
    let clock = ContinuousClock()
    let begin = clock.now
    var isForecast = false
    note("training: \(options.epochs) × \(source.batchesPerEpoch) steps")
    Interruption.watch()
    try trainer.train(on: &source) { step in
      done += 1
      if done > steps - max(1, steps / 10) {
        last = (last.sum + step.loss, last.count + step.count)
      }
      let fraction = Double(done) / Double(steps)
      let mean = step.loss / Double(step.count)
      if !isForecast, done % 16 == 0 {
        let seconds = begin.duration(to: clock.now) / .seconds(1)
        if seconds > 1 {
          isForecast = true
          note(String(format: "time: about %.0f s in all", (seconds / fraction).rounded(.up)))
        }
      }
      bar.update(fraction) { seconds in
        String(
          format: "epoch %d/%d  loss %.3f  %.0f words/s",
          min(options.epochs, Int(fraction * Double(options.epochs)) + 1), options.epochs, mean,
          words * fraction / seconds)
      }
      return !Interruption.isRequested
    }
    bar.end()
    let seconds = begin.duration(to: clock.now) / .seconds(1)
    let fraction = Double(done) / Double(steps)
    let result = Result(
      vectors: vectors(engine), words: Int((words * fraction).rounded()), seconds: seconds,
      loss: last.count > 0 ? last.sum / Double(last.count) : .nan,
      stopped: done < steps ? "\(done) of \(steps) steps" : nil)
    note(
      String(
        format: "trained in %.1f s: %.0f words/s of the text, loss %.3f", seconds,
        words * fraction / seconds, result.loss))
    return result
  }

  /// The vectors of the words but `<unk>`, which stands for no word and is never trained.
  private func vectors(_ engine: FusedEngine) -> WordVectors {
    let table = engine.embedV.weight
    return WordVectors(
      words: Array(text.vocabulary.tokens.dropFirst()),
      vectors: Tensor(
        shape: [text.vocabulary.count - 1, dimension], values: Array(table.values[dimension...])))
  }
}

/// Why a run cannot begin.
enum RunError: Error, CustomStringConvertible {
  case dimension(asked: Int, initial: Int)
  case tooLarge(needed: Double, available: Double)

  var description: String {
    switch self {
    case .dimension(let asked, let initial):
      "--dimension is \(asked) and the vectors of --init have \(initial) numbers; leave one out."
    case .tooLarge(let needed, let available):
      String(
        format:
          "This run needs about %.1f GB of memory and the machine has %.1f GB; give a smaller "
          + "--dimension or a --max-vocabulary.", needed / 1e9, available / 1e9)
    }
  }
}

/// The examples of a text that is thinned out anew for each epoch.
///
/// An epoch has as many examples as the first one has words left; later ones are spread over what is
/// left then.
struct ThinnedText: ExampleSet {
  private let text: Corpus
  private let threshold: Double
  private let window: Int
  private let noise: Int
  private let seed: UInt64
  private var examples: ResampledExamples

  /// Thins out the text for the first epoch.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - threshold: The frequency from which words are dropped; 0 keeps all.
  ///   - window: The widest window.
  ///   - noise: Noise words for each context word.
  ///   - seed: The key of the streams.
  /// - Throws: `SamplingError` where the text gives no examples.
  init(_ text: Corpus, threshold: Double, window: Int, noise: Int, seed: UInt64) throws {
    (self.text, self.threshold, self.window) = (text, threshold, window)
    (self.noise, self.seed) = (noise, seed)
    examples = try ResampledExamples(
      of: Self.thinned(text, threshold, seed, epoch: 0), maxWindow: window,
      noiseWordsPerContext: noise, seed: seed)
  }

  private static func thinned(
    _ text: Corpus, _ threshold: Double, _ seed: UInt64, epoch: Int
  ) -> Corpus {
    // A stream of its own: epochs' orders are named 2⁶³ + t, examples have the epoch there.
    var draws = Philox(key: seed, counter: (low: 0, high: 1 << 62 | UInt64(epoch)))
    return text.subsampled(threshold: threshold > 0 ? threshold : .infinity) { draws.random() }
  }

  var count: Int { examples.count }

  mutating func begin(epoch: Int) {
    if epoch > 0, threshold > 0 {
      let anew = try? ResampledExamples(
        of: Self.thinned(text, threshold, seed, epoch: epoch), maxWindow: window,
        noiseWordsPerContext: noise, seed: seed, count: count)
      examples = anew ?? examples
    }
    examples.begin(epoch: epoch)
  }

  func append(_ numbers: ArraySlice<Int32>, to batch: inout MiniBatch) {
    examples.append(numbers, to: &batch)
  }
}
