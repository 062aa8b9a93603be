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
  /// Whether it is a run of the document's program on the document's text.
  let isTheDocuments: Bool
}

nonisolated extension ChapterOptions {
  /// Reads the text; ends the program with a sentence where that cannot be done.
  func readCorpus() -> Corpus {
    orExit {
      let corpus = try corpus.read()
      try training.checkMemory(corpus)
      return corpus
    }
  }

  /// The program of each tab that was asked for.
  func programs(of corpus: Corpus) -> [Program] {
    orExit { try training.tabs.map { try Program(corpus, training.settings(of: $0)) } }
  }

  /// What single steps are shown on: the programs, or those of the embedded corpus where a table has
  /// more than two million numbers or begins as zero.
  func lessons(_ programs: [Program]) -> [Program] {
    let isSmall = programs.allSatisfy {
      $0.initialV.weight.count <= 2_000_000 && $0.settings.contextStart == .xavier
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

  /// Trains with progress; after Ctrl-C saves what `--save` asked for and ends the program.
  func train(_ program: Program) -> TrainingRun {
    let (epochs, batches) = (program.settings.epochs, program.batchesPerEpoch)
    note("training: \(epochs) × \(batches) minibatches")
    var bar = TrainingProgress(epochs: epochs, batchesPerEpoch: batches, isQuiet: quiet)
    let clock = Stopwatch()
    var beginOfLast = 0.0
    Interruption.watch()
    let (history, engine) = orExit {
      try program.train { history, _ in
        if history.batchCount == (epochs - 1) * batches { beginOfLast = clock.seconds }
        bar.update(history)
        return !Interruption.isRequested
      }
    }
    bar.end()
    let seconds = clock.seconds
    let run = TrainingRun(
      program: program, history: history, engine: engine, seconds: seconds,
      lastEpoch: seconds - beginOfLast,
      isTheDocuments: program.settings.areTheDocuments && corpus.isTheDocuments)
    if Interruption.isRequested { stop(run) }
    return run
  }

  /// Saves the vectors, and the trace if one is asked for.
  func save(_ run: TrainingRun) {
    let (place, vectors) = (vectors(run.program.settings.tab), trained(run))
    orExit {
      try place.makeFolder()
      try vectors.write(to: place.path)
      note("vectors: \(place.path)")
      try traces.write(run.program, run.history, vectors)
    }
  }

  private func trained(_ run: TrainingRun) -> WordVectors {
    WordVectors(
      vocabulary: run.program.subsampled.vocabulary, embedV: run.engine.embedV,
      embedU: run.engine.embedU, table: table)
  }

  /// After Ctrl-C: saves the vectors if `--save` asked for them, says how far the run came, and
  /// ends the program.
  private func stop(_ run: TrainingRun) -> Never {
    let done = String(format: "stopped after %.2f epochs", run.history.epochsDone)
    if let save {
      orExit { try trained(run).write(to: save) }
      note("\(done); the vectors so far are in \(save).")
    } else {
      note("\(done); nothing was written.")
    }
    Foundation.exit(Interruption.status)
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
