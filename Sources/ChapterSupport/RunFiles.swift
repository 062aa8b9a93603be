import D2L
import Files
import Foundation
import ProgramSupport
import Word2Vec

extension TrainingSettings {
  /// What decides the result, by the names of the options; the number of threads does not.
  public var byName: KeyValuePairs<String, String> {
    [
      "tab": "\(tab)", "epochs": "\(epochs)", "lr": "\(learningRate)", "lr-decay": "\(decay)",
      "batch-size": "\(batchSize)", "embed-size": "\(dimension)", "max-window": "\(maxWindow)",
      "noise-words": "\(noiseWordsPerContext)", "context-start": "\(contextStart)",
      "samples": "\(sampling)", "seed": "\(seed)",
      "weights-seed": tab == .mxnet ? "\(weightsSeed)" : "0", "engine": "\(engine)",
      "weights": "\(weights ?? tab)", "orders": "\(orders ?? tab)",
      "optimizer": optimizer.map { "\($0)" } ?? "\(tab)",
    ]
  }

  /// What is not as in the document, as parts of a file's name, such as `epochs-1`; the tab by its
  /// name alone.
  public var changes: [String] {
    var document = TrainingSettings()
    document.tab = tab
    let changed = zip(byName, document.byName).filter { $0.value != $1.value }.map(\.0)
    return (tab == .pytorch ? [] : ["\(tab)"]) + changed.map { "\($0.key)-\($0.value)" }
  }
}

extension CorpusOptions {
  /// What is not as in the document, as parts of a file's name.
  public var changes: [String] { minFreq == 10 ? [] : ["min-freq-\(minFreq)"] }

  /// The record of a run on this text.
  public func record(
    _ corpus: Corpus, _ settings: TrainingSettings, table: VectorTable = .centers
  ) -> RunRecord {
    var values = Dictionary(uniqueKeysWithValues: settings.byName.map { ($0.key, $0.value) })
    values["min-freq"] = "\(minFreq)"
    values["table"] = "\(table)"
    return RunRecord(text: corpus.name, textSHA256: corpus.digest, settings: values)
  }

  /// Where the vectors of a run go, or are, that nobody gave a place.
  ///
  /// Names tell texts by their file's name alone. Where there are vectors of another run, or of one
  /// that is not known, this run's name has its digest in it.
  ///
  /// - Parameters:
  ///   - record: The run.
  ///   - changes: What is not as in the document.
  /// - Returns: The place; what is there, if anything, is of the same run.
  public func vectors(of record: RunRecord, changes: [String] = []) -> OutputPath {
    let usual = vectors(changes: changes)
    guard FileManager.default.fileExists(atPath: usual.path),
      RunRecord(beside: usual.path) != record
    else { return usual }
    return vectors(changes: changes + [record.shortDigest])
  }

  /// Where the vectors of a run go if no other text's have that name.
  public func vectors(changes: [String] = []) -> OutputPath {
    OutputPath(
      nil, default: "vectors/\(([shortName] + changes + self.changes).joined(separator: "-")).vec")
  }
}

extension OutputPath {
  /// Checks, before a run, that there is room for its vectors; says what may go wrong.
  ///
  /// - Parameters:
  ///   - corpus: The text.
  ///   - settings: The run's settings.
  ///   - table: Which vectors are saved.
  ///   - checkpoint: The run's checkpoint, if one is kept.
  /// - Throws: `FileRoom.Shortage` where the vectors would be lost.
  public func checkRoom(
    for corpus: Corpus, _ settings: TrainingSettings, table: VectorTable = .centers,
    checkpoint: String? = nil
  ) throws {
    let (format, d) = (WordVectorsFormat(ending: path) ?? .word2vecText, settings.dimension)
    let bytes = format.expectedBytes(
      of: corpus.vocabulary.tokens, dimension: table == .both ? 2 * d : d, at: path)
    let kept = Checkpoint.expectedBytes(
      vocabularySize: corpus.vocabulary.count, dimension: d, kept: 3)
    let warnings = try FileRoom.now.check(
      FileRoom.Expected(path, bytes: bytes), isText: format.isText,
      checkpoint: checkpoint.map { FileRoom.Expected($0, bytes: kept...kept) })
    for warning in warnings { note("warning: \(warning)") }
  }
}

extension WordVectors {
  /// Writes vectors with the record of their run beside them.
  ///
  /// - Throws: `Rescue` where they went somewhere else, `FileError` where that cannot be; vectors
  ///   without a record are nobody's.
  public func write(to output: OutputPath, _ record: RunRecord) throws {
    var fault: FileError?
    try Rescue.write("the vectors", to: output.path, smaller: ".bin") { path, isSmaller in
      if path == output.path { try output.makeFolder() }
      // The record is of the file that is there: not of one that another run has put there since.
      let turn = FolderTurn(toWrite: OutputFile.target(of: path))
      defer { turn.end() }
      try write(to: path, format: isSmaller ? .word2vecBinary : nil)
      do throws(FileError) { try record.write(beside: path) } catch { fault = error }
    }
    if let fault { throw fault }
  }
}

/// Ends a program that was interrupted: saves its vectors beside those of a whole run, and says where
/// and how far it came.
///
/// - Parameters:
///   - vectors: The vectors so far.
///   - record: The run.
///   - place: Where a whole run's vectors go.
///   - history: The losses so far.
///   - remark: What else there is to say.
/// - Throws: `Rescue` where the vectors went somewhere else, `FileError` where they cannot be written.
/// - Returns: Never.
public func endInterrupted(
  _ vectors: @autoclosure () -> WordVectors, _ record: RunRecord, beside place: OutputPath,
  _ history: TrainingHistory, remark: String = ""
) throws -> Never {
  guard history.batchCount > 0 else {
    note("stopped before the first step; nothing was written.")
    exit(Interruption.status)
  }
  let epochs = String(format: "%.2f", history.epochsDone)
  var record = record
  record.stopped = "\(epochs) epochs"
  let place = place.unused("after-\(epochs)-epochs")
  try vectors().write(to: place, record)
  note("stopped after \(epochs) epochs; the vectors so far are in \(place.path)\(remark).")
  exit(Interruption.status)
}
