import ChapterSupport
import D2L
import Foundation
import Literate
import ProgramSupport
import Word2Vec

/// A run of all epochs.
nonisolated struct TrainingRun {
  let program: Program
  let history: TrainingHistory
  let engine: any TrainingEngine
  /// The seconds from the first step to the last.
  let seconds: Double
  /// Of these, the last epoch's.
  let lastEpoch: Double
  /// The examples that another program has trained on before.
  let examplesBefore: Int
  /// What it was made from.
  let record: RunRecord
  /// Whether it is a run of the document's program on the document's text.
  let isTheDocuments: Bool
}

nonisolated extension ChapterOptions {
  /// Reads the text; ends the program with a sentence where that cannot be done.
  func readCorpus() -> Corpus {
    orExit {
      let corpus = try self.corpus.read()
      try training.checkMemory(corpus, minFreq: self.corpus.minFreq)
      try checkRoom(corpus)
      return corpus
    }
  }

  /// The program of each tab that was asked for.
  func programs(of corpus: Corpus) -> [Program] {
    orExit { try training.tabs.map { try Program(corpus, training.settings(of: $0)) } }
  }

  /// What single steps are shown on: the programs, or those of the embedded corpus where a table has
  /// more than two million numbers or begins as zero, the vectors of a minibatch may be more than
  /// eight million, or the learning rate is none to learn with.
  func lessons(_ programs: [Program]) -> [Program] {
    let isSmall = programs.allSatisfy {
      $0.initialV.weight.count <= 2_000_000 && $0.settings.contextStart == .xavier
        && $0.settings.numbersOfMinibatch <= 8e6 && $0.settings.learningRate < 1
    }
    guard !isSmall else { return programs }
    return orExit {
      let corpus = try Corpus.embedded(minimumCount: 10, seed: 0)
      return try programs.map { program in
        var settings = TrainingSettings()
        (settings.tab, settings.seed) = (program.settings.tab, program.settings.seed)
        settings.weightsSeed = program.settings.weightsSeed
        return try Program(corpus, settings)
      }
    }
  }

  /// Trains with progress, and saves the vectors before anything else is tried; after Ctrl-C saves
  /// those so far and ends the program.
  func train(_ program: Program, on text: Corpus) -> TrainingRun {
    let (epochs, batches) = (program.settings.epochs, program.batchesPerEpoch)
    let record = corpus.record(text, program.settings, table: table)
    note("training: \(epochs) × \(batches) minibatches")
    var bar = TrainingProgress(epochs: epochs, batchesPerEpoch: batches, isQuiet: quiet)
    var kept = RunCheckpoint(checkpoint, record)
    var clock = Stopwatch()
    var (beginOfLast, before) = (0.0, 0)
    Interruption.watch()
    let (history, engine) = orExit {
      try program.train { engine, source, history in
        try kept.resume(engine, &source, &history)
        bar = TrainingProgress(
          epochs: epochs, batchesPerEpoch: batches, isQuiet: quiet, after: history)
        (clock, before) = (Stopwatch(), history.exampleCount)
      } progress: { history, engine in
        if history.batchCount == (epochs - 1) * batches { beginOfLast = clock.seconds }
        kept.add(history.lastLoss, engine)
        bar.update(history)
        return !Interruption.isRequested
      }
    }
    bar.end()
    let seconds = clock.seconds
    let run = TrainingRun(
      program: program, history: history, engine: engine, seconds: seconds,
      lastEpoch: seconds - beginOfLast, examplesBefore: before, record: record,
      isTheDocuments: program.settings.areTheDocuments && corpus.isTheDocuments)
    // A signal behind the last step comes too late to stop anything.
    if Interruption.isRequested, history.batchCount < epochs * batches { stop(run, &kept) }
    save(run)
    return run
  }

  /// Saves the vectors, and the trace if one is asked for.
  private func save(_ run: TrainingRun) {
    let (place, vectors) = (vectors(run.program.settings.tab, run.record), trained(run))
    orGoOn {
      try vectors.write(to: place, run.record)
      note("vectors: \(place.path)")
    }
    orGoOn { try traces.write(run.program, run.history, vectors) }
  }

  private func trained(_ run: TrainingRun) -> WordVectors {
    WordVectors(
      vocabulary: run.program.subsampled.vocabulary, embedV: run.engine.embedV,
      embedU: run.engine.embedU, table: table)
  }

  /// After Ctrl-C: saves the vectors beside the place of a whole run's and the checkpoint, says how
  /// far the run came, and ends the program.
  private func stop(_ run: TrainingRun, _ kept: inout RunCheckpoint) -> Never {
    let written = run.history.batchCount > 0 ? kept.write(run.engine) : nil
    orExit {
      try endInterrupted(
        trained(run), run.record, beside: vectors(run.program.settings.tab, run.record),
        run.history, remark: written.map { "; --resume \($0) goes on from there" } ?? "")
    }
  }
}

extension TrainingSettings {
  /// As many numbers as the vectors of a minibatch's words may have, each slot's its own.
  fileprivate nonisolated var numbersOfMinibatch: Double {
    let words = 2 * Double(maxWindow) * (1 + Double(noiseWordsPerContext))
    return Double(batchSize) * words * Double(dimension)
  }
}

extension Program {
  /// The definition's engine at the initial weights.
  var referenceEngine: ReferenceEngine {
    let engine = ReferenceEngine(
      embedV: initialV, embedU: initialU,
      optimizer: settings.tab.optimizer(batchSize: settings.batchSize))
    engine.learningRate = settings.learningRate
    return engine
  }
}
