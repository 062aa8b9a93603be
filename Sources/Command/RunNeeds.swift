import ProgramSupport
import Word2Vec

/// What a run will take of memory and of the disk, looked at before it.
struct RunNeeds {
  /// The text.
  let text: any TextBlocks
  /// The settings.
  let settings: TextTraining.Settings
  /// The vectors that the run begins with, if any; they settle the dimension.
  let initial: WordVectors?

  /// Checks that there is the memory, and says how much it is.
  ///
  /// - Parameter available: What there is.
  /// - Throws: `RunError.tooLarge`.
  func checkMemory(within available: AvailableMemory = .now) throws(RunError) {
    let needed = needed(bytes(settings), of: available)
    guard needed < Double(available.bytes) else {
      throw .tooLarge(needed: needed, available: available, advice: advice(within: available))
    }
    note("memory: about \(AvailableMemory.text(needed))")
  }

  /// Checks that there is room for the vectors, and says what may go wrong.
  ///
  /// - Parameters:
  ///   - place: Where they go.
  ///   - checkpoint: The run's checkpoint, if one is kept.
  /// - Throws: `FileRoom.Shortage` where the vectors would be lost.
  func checkRoom(for place: VectorsOutput, checkpoint: String?) throws(FileRoom.Shortage) {
    let words = text.vocabulary.tokens.dropFirst()
    let bytes = place.format.expectedBytes(
      of: words, dimension: settings.dimension, at: place.path)
    let kept = Checkpoint.expectedBytes(
      vocabularySize: text.vocabulary.count, dimension: settings.dimension,
      kept: settings.optimizer == .adam ? 3 : 1)
    let warnings = try FileRoom.now.check(
      FileRoom.Expected(place.path, bytes: bytes), isText: place.format.isText,
      checkpoint: checkpoint.map { FileRoom.Expected($0, bytes: kept...kept) })
    for warning in warnings { note("warning: \(visible(warning))") }
  }

  private func bytes(_ settings: TextTraining.Settings) -> Double {
    TextTraining.expectedBytes(text, settings)
      + 4 * Double(initial.map { $0.count * $0.dimension } ?? 0)
  }

  private func needed(_ bytes: Double, of available: AvailableMemory) -> Double {
    available.needed(bytes, threads: settings.threads)
  }

  /// What makes a run fit that does not: the first option of which the smallest value does.
  func advice(within available: AvailableMemory) -> String {
    func fits(_ bytes: Double) -> Bool { needed(bytes, of: available) < Double(available.bytes) }
    var (small, narrow) = (settings, settings)
    (small.batchSize, small.maxWindow, small.noiseWordsPerContext) = (1, 1, 1)
    narrow.dimension = 1
    var least = small
    if initial == nil { least.dimension = 1 }
    let held = Double((text as? CorpusBlocks)?.byteCount ?? 0)
    return if initial == nil, bytes(narrow) < bytes(small), fits(bytes(narrow)) {
      "give a smaller --dimension or --max-vocabulary"
    } else if fits(bytes(small)) {
      "give a smaller --negative, --window or --batch-size"
    } else if fits(bytes(least)) {
      "give a smaller --dimension, --negative, --window or --batch-size"
    } else if held > 0, fits(bytes(least) - held) {
      "give --stream, with the text in a file, and a smaller "
        + (initial == nil ? "--dimension or --batch-size" : "--batch-size")
    } else {
      (available.owner == .machine ? "give" : "raise that limit, or give")
        + " a shorter text or a smaller --max-vocabulary"
    }
  }
}
