import D2L
import Foundation
import ProgramSupport
import Word2Vec

/// The memory that a training run will take, by what takes it; a few bytes more than it does.
struct MemoryForecast {
  /// The text, its words, and what examples are drawn from.
  var text: Double
  /// The weights: before the first step, with the optimiser's numbers, as they are saved.
  var tables: Double
  /// The examples that are drawn before the first epoch, and an epoch's order.
  var examples: Double
  /// The minibatch of the step and the next one, and what is summed over them.
  var minibatches: Double

  /// All of it, with what is drawn at the end.
  var bytes: Double { text + tables + examples + minibatches + 50e6 }

  /// The forecast of some runs, one after the other, that keep what they have.
  init(_ corpus: Corpus, _ settings: TrainingSettings, runs: Int = 1) {
    let (tokens, words) = (Double(corpus.tokens.count), Double(corpus.vocabulary.count))
    let (sentences, longest) = (Double(corpus.sentenceCount), Double(corpus.longestSentence))
    let d = Double(settings.dimension)
    // A window has 2·(1 + W)/2 context words on average, and as many as W to each side.
    let contexts = min(Double(settings.maxWindow) + 1, longest)
    let noise = 1 + Double(settings.noiseWordsPerContext)
    let isFixed = settings.sampling == .once

    // The text as read and as subsampled; a third time where it is drawn from, a fourth while that
    // is made anew.
    let copies = isFixed ? 2.0 : settings.sampling == .anew ? 3 : 4
    text = copies * (4 * tokens + 8 * sentences) + 200 * words

    let batch = min(settings.batchSize, corpus.tokens.count)
    let engine = EngineMemory(
      vocabularySize: corpus.vocabulary.count, dimension: settings.dimension, kept: 3,
      batchSize: batch,
      contexts: EngineMemory.contexts(
        maxWindow: settings.maxWindow, longest: corpus.longestSentence, batchSize: batch),
      noiseWordsPerContext: settings.noiseWordsPerContext)
    let state = settings.engine == .fused ? engine.tables : 2 * 16 * words * d
    tables = 2 * 2 * 4 * words * d + state

    // What the page writes out, on tables of two million numbers at most, and minibatches of eight.
    let slots = 2 * Double(settings.maxWindow) * noise
    tables += 24 * min(4 * words * d, 8e6)
    tables += 12 * min(Double(settings.batchSize) * slots * d, 8e6)

    let windows = 28 * tokens  // which are drawn before the examples are
    examples = 8 * tokens + (isFixed ? windows + 12 * tokens + 4 * tokens * contexts * noise : 0)

    text *= Double(runs)
    tables *= Double(runs)
    examples *= Double(runs)
    minibatches = engine.minibatches
  }

  /// What would take less, of what there can be less of.
  func advice(_ options: TrainingOptions, minFreq: Int) -> String {
    let most = max(text, tables, examples, minibatches)
    var smaller: [String] = []
    func add(_ name: String, _ value: Int) { if value > 1 { smaller.append("--\(name)") } }
    if most == tables || most == minibatches { add("embed-size", options.embedSize) }
    if most == minibatches { add("batch-size", options.batchSize) }
    if most == examples || most == minibatches {
      add("noise-words", options.noiseWords)
      add("max-window", options.maxWindow)
    }
    var advice = smaller.isEmpty ? [] : ["a smaller \(smaller.joined(separator: ", "))"]
    if most == tables { advice.append("a --min-freq above \(minFreq)") }
    if most == examples, !options.resample { advice.append("--resample") }
    if most == text { advice.append("a shorter text") }
    return advice.isEmpty ? "more is needed" : "give \(advice.joined(separator: ", or "))"
  }
}
