import RandomStreams
import Word2Vec

/// Training steps on minibatches of a real text, with tables of any size.
///
/// The words of a minibatch are those of the text, whatever the table: only the number of rows that
/// the minibatch does not touch changes.
struct Steps {
  /// How many steps one run takes; each is on another minibatch.
  private let count = 100
  private let dimension = 100
  private let batches: [MiniBatch]
  private let vocabularySize: Int
  /// The mean numbers of slots, distinct words among them, and distinct centres of a minibatch.
  private let slots: Int, words: Int, centers: Int

  /// Draws the examples of a text with the chapter's settings.
  ///
  /// - Parameters:
  ///   - path: The text, a sentence a line, of at least 100 minibatches.
  ///   - minimumCount: Words that are rarer are left out.
  /// - Throws: `CorpusError` or `SamplingError` if the text does not serve.
  init(path: String, minimumCount: Int = 10) throws {
    let corpus = try Corpus(contentsOf: path, minimumCount: minimumCount)
    var random = Philox(key: 0)
    let examples = try ResampledExamples(
      of: corpus.subsampled { random.random() }, maxWindow: 5, noiseWordsPerContext: 5, seed: 0)
    var source = EpochBatches(
      of: examples, in: ShuffledOrder(seed: 0), epochs: 1, batchSize: 512)
    var (batches, batch) = ([MiniBatch](), MiniBatch())
    while batches.count < count, source.next(into: &batch) != nil { batches.append(batch) }
    self.batches = batches
    vocabularySize = corpus.vocabulary.count
    var sums = (slots: 0, words: 0, centers: 0)
    for batch in batches {
      sums.slots += batch.slots.count
      sums.words += Set(batch.slots).count
      sums.centers += Set(batch.centers).count
    }
    let n = max(batches.count, 1)
    (slots, words, centers) = (sums.slots / n, sums.words / n, sums.centers / n)
  }

  /// The steps of both engines: by threads at the text's own vocabulary, then by vocabulary.
  static func measurements(path: String) throws -> [Measurement] {
    let steps = try Steps(path: path)
    let threshold = try Steps.minimumCount(path: path, words: 1000)
    let small = try Steps(path: path, minimumCount: threshold)
    var found = [
      steps.fused(threads: 1), steps.fused(threads: 2), steps.reference(),
      small.fused(threads: 2), small.reference(),
    ]
    for vocabulary in [10_000, 100_000, 1_000_000] where vocabulary > steps.vocabularySize {
      found.append(steps.fused(threads: 2, vocabulary: vocabulary))
      found.append(steps.reference(vocabulary: vocabulary))
    }
    return found
  }

  /// The least frequency that leaves about `words` words of a text.
  private static func minimumCount(path: String, words: Int) throws -> Int {
    let counts = try Corpus(contentsOf: path, minimumCount: 1).vocabulary.counts
    return counts.indices.contains(words) ? counts[words] : 1
  }

  /// Steps of the fused engine, with a table of `vocabulary` rows instead of the text's own.
  private func fused(threads: Int, vocabulary: Int? = nil) -> Measurement {
    let rows = vocabulary ?? vocabularySize
    let engine = FusedEngine(
      embedV: table(rows: rows, seed: 1), embedU: table(rows: rows, seed: 2), threads: threads)
    engine.learningRate = 0.002
    return measure("step", engine, rows: rows, threads: threads, steps: batches.count)
  }

  /// Steps of the reference engine: OpenBLAS's own threads, dense Adam.
  private func reference(vocabulary: Int? = nil) -> Measurement {
    let rows = vocabulary ?? vocabularySize
    let engine = ReferenceEngine(
      embedV: table(rows: rows, seed: 1), embedU: table(rows: rows, seed: 2))
    engine.learningRate = 0.002
    return measure("step-reference", engine, rows: rows, threads: 2, steps: 2)
  }

  private func measure(
    _ kernel: String, _ engine: some TrainingEngine, rows: Int, threads: Int, steps: Int
  ) -> Measurement {
    let sizes = [
      "vocabulary": rows, "threads": threads, "width": dimension, "slots": slots, "words": words,
      "centers": centers,
    ]
    var run = Measurement.timing(kernel, sizes: sizes, runs: 3) {
      for batch in batches.prefix(steps) { _ = engine.step(batch) }
    }
    run.seconds /= Double(steps)
    return run
  }

  /// A table of small uniform numbers, shape (rows, d).
  private func table(rows: Int, seed: UInt64) -> Embedding {
    var generator = TorchGenerator(seed: seed)
    let bound = (6 / Float(rows + dimension)).squareRoot()
    return Embedding(
      weight: Tensor(
        shape: [rows, dimension],
        values: generator.uniform(count: rows * dimension, from: -bound, to: bound)))
  }
}
