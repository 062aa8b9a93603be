import ChapterSupport
import D2L
import Files
import Literate
import Word2Vec

/// Settings to be tried, under a name.
nonisolated struct Trial {
  var name: String
  var settings = TrainingSettings()

  /// The document's settings, changed.
  init(_ name: String, _ change: (inout TrainingSettings) -> Void = { _ in }) {
    self.name = name
    change(&settings)
  }

  /// One trial for each value of one setting.
  static func each<Value>(
    _ name: String, _ values: [Value], _ change: (inout TrainingSettings, Value) -> Void
  ) -> [Trial] {
    values.map { value in Trial("\(name) \(value)") { change(&$0, value) } }
  }

  /// What is not as in the document, in words.
  var changes: String {
    let document = TrainingSettings()
    var changes: [String] = []
    if settings.sampling != .once { changes.append("examples resampled") }
    if settings.sampling == .anewWithText { changes.append("text subsampled anew") }
    if settings.epochs != document.epochs { changes.append("\(settings.epochs) epochs") }
    if settings.decay == .linear { changes.append("a rate that falls to 0") }
    if settings.learningRate != document.learningRate {
      changes.append("rate \(settings.learningRate)")
    }
    if settings.maxWindow != document.maxWindow { changes.append("window \(settings.maxWindow)") }
    if settings.noiseWordsPerContext != document.noiseWordsPerContext {
      changes.append("\(settings.noiseWordsPerContext) noise words")
    }
    if settings.dimension != document.dimension {
      changes.append("dimension \(settings.dimension)")
    }
    return changes.isEmpty ? "the chapter's settings" : changes.joined(separator: ", ")
  }

  /// The name without the value at its end.
  var setting: String { name.split(separator: " ").dropLast().joined(separator: " ") }

  /// The number at the end of the name.
  var value: Double? { name.split(separator: " ").last.flatMap { Double($0) } }
}

/// A finished run: its losses and its two tables.
nonisolated struct Run {
  var history: TrainingHistory
  var embedV: Embedding
  var embedU: Embedding
  /// The bytes that held the examples.
  var exampleBytes: Int
  /// From the first example drawn to the last step.
  var seconds: Double

  /// Trains; after each epoch `observe` is told its number, from 1, and the engine.
  init(
    _ corpus: Corpus, _ settings: TrainingSettings,
    observe: (Int, TrainingHistory, any TrainingEngine) -> Void = { _, _, _ in }
  ) throws {
    let clock = Stopwatch()
    let program = try Program(corpus, settings)
    let (history, engine) = try program.train { history, engine in
      if history.batchCount % program.batchesPerEpoch == 0 {
        observe(history.epochMeans.count, history, engine)
      }
      return true
    }
    self.history = history
    (embedV, embedU) = (engine.embedV, engine.embedU)
    exampleBytes = program.examples.byteCount
    seconds = clock.seconds
  }
}

/// What settings reached, over some seeds.
nonisolated struct Outcome {
  var trial: Trial
  /// The loss of the last epoch, mean of the seeds.
  var trainingLoss: Double
  /// The held-out score of each seed.
  var scores: [HeldOutScore]
  /// How often a word has its own form in -s (or, in the synthetic corpus, its own topic) among
  /// its ten neighbours, mean of the seeds.
  var related: Double
  /// What the ten neighbours of two seeds have in common.
  var agreement: Double
  /// The time of a run, mean of the seeds.
  var seconds: Double

  /// The heads of the columns of `row`.
  static let head =
    "                         training  held out  AUC            "
    + "related  seeds   time"

  /// The outcome as a row of the table.
  var row: Shown {
    """
    \(trial.name, width: -24) \(trainingLoss, places: 3)     \(heldOutLoss, places: 3)     \
    \(auc, places: 3) ± \(halfWidth, places: 3)  \(related, places: 3)    \
    \(agreement, places: 3)  \(volatile: seconds, places: 1) s
    """
  }

  var auc: Double { mean(scores.map(\.auc)) }
  var halfWidth: Double { mean(scores.map(\.halfWidth)) }
  var heldOutLoss: Double { mean(scores.map(\.loss)) }

  /// How much higher the AUC is than another one, with half the width of its interval, mean of the
  /// seeds.
  func gain(over other: Outcome) -> (difference: Double, halfWidth: Double) {
    let gains = zip(scores, other.scores).map { $0.gain(over: $1) }
    return (mean(gains.map(\.difference)), mean(gains.map(\.halfWidth)))
  }
}

/// The measures, made once for all trials.
nonisolated struct Study {
  let corpus: Corpus
  let ranking: HeldOutRanking
  let seeds: [UInt64]
  /// Words over the whole range of frequencies, whose neighbours two seeds are compared on.
  let sample: [Int]

  init(_ corpus: Corpus, heldOut: Corpus, seeds: [UInt64] = [0, 1], sample: Int = 500) {
    self.corpus = corpus
    self.seeds = seeds
    ranking = orExit { try HeldOutRanking(of: heldOut, vocabulary: corpus.vocabulary) }
    let words = corpus.vocabulary.count - 1
    self.sample = (0..<min(sample, words)).map { 1 + $0 * words / min(sample, words) }
  }

  /// Trains with each seed and takes the measures.
  func outcome(of trial: Trial) -> Outcome {
    let runs = seeds.map { seed in
      var settings = trial.settings
      settings.seed = seed
      return orExit { try Run(corpus, settings) }
    }
    let lists = runs.map { NeighbourLists(of: sample, in: $0.embedV, k: 10) }
    let pairs = zip(lists, lists.dropFirst()).map { $0.agreement(with: $1) }
    return Outcome(
      trial: trial, trainingLoss: mean(runs.map { $0.history.epochMeans.last ?? .nan }),
      scores: runs.map { ranking.score(embedV: $0.embedV, embedU: $0.embedU) },
      related: mean(runs.map { related(in: $0.embedV) }), agreement: mean(pairs),
      seconds: mean(runs.map(\.seconds)))
  }

  /// A measure that training knows nothing of: forms of one word, told by their spelling, should
  /// be neighbours; in the synthetic corpus, words of one planted topic.
  func related(in embedding: Embedding) -> Double {
    guard corpus.name == EmbeddedCorpus.name else {
      let pairs = corpus.vocabulary.wordsWithPlural
      return NeighbourLists(of: pairs.map(\.word), in: embedding, k: 10)
        .hitRate(of: pairs.map(\.plural))
    }
    var topics: [Int: Int] = [:]
    for (topic, entry) in EmbeddedCorpus.topics.enumerated() {
      for word in entry.words { topics[corpus.vocabulary[word]] = topic }
    }
    return NeighbourLists(of: topics.keys.sorted(), in: embedding, k: 10)
      .share { topics[$0] == topics[$1] }
  }
}

/// A long run, looked at after each epoch.
nonisolated struct Course {
  /// What there was to see.
  struct Epoch {
    var trainingLoss: Double
    var heldOut: HeldOutScore
    var vectors: WordVectors

    /// The two losses and the AUC as a part of a table's row.
    var row: Shown {
      """
      \(trainingLoss, places: 3)     \(heldOut.loss, places: 3)     \(heldOut.auc, places: 3)
      """
    }
  }
  var epochs: [Epoch]
  var run: Run

  /// The end of the run.
  var last: Epoch { epochs[epochs.count - 1] }

  init(_ study: Study, _ settings: TrainingSettings) {
    var epochs: [Epoch] = []
    run = orExit {
      try Run(study.corpus, settings) { _, history, engine in
        let (v, u) = (engine.embedV, engine.embedU)
        epochs.append(
          Epoch(
            trainingLoss: history.epochMeans.last ?? .nan,
            heldOut: study.ranking.score(embedV: v, embedU: u),
            vectors: WordVectors(vocabulary: study.corpus.vocabulary, embedding: v)))
      }
    }
    self.epochs = epochs
  }
}

/// The words nearest to one, the nearest first, in one line; ends the program where it is unknown or
/// has not so many neighbours.
nonisolated func neighbours(
  of word: String, in vectors: WordVectors, _ k: Int, file: StaticString = #fileID,
  line: UInt = #line
) -> String {
  let others = vectors.words.count - 1
  require(1...others ~= k, "\(k) neighbours of \(others) other words", file: file, line: line)
  return orExit { try vectors.similarTokens(to: word, k: k) }.map(\.word).joined(separator: " ")
}

nonisolated func mean(_ values: [Double]) -> Double {
  values.reduce(0, +) / Double(values.count)
}
