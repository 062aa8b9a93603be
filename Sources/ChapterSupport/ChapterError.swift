import D2L
import Foundation
import ProgramSupport
import Word2Vec

/// What can go wrong in a chapter beside its files and its training.
public enum ChapterError: Error, Equatable, CustomStringConvertible {
  /// `--corpus ptb` without the data.
  case noPennTreebank(path: String)
  /// A run that needs more bytes of memory than the machine has.
  case tooLarge(needed: UInt64, available: UInt64)
  /// The vectors have none of the words that the chapter asks for by itself.
  case noQuery

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .noPennTreebank(let path):
      "\(path): the Penn Treebank is not there; run `make data`, or take `--corpus embedded`."
    case .tooLarge(let needed, let available):
      "This run needs about \(gigabytes(needed)) GB of memory and the machine has "
        + "\(gigabytes(available)) GB; give a smaller --embed-size, --max-window or --noise-words."
    case .noQuery:
      "The vectors have none of the words that this chapter asks for by itself; ask for one of "
        + "yours with --query."
    }
  }

  private func gigabytes(_ bytes: UInt64) -> String {
    String(format: "%.1f", Double(bytes) / 1e9)
  }
}

/// Returns what `body` returns; if it throws, prints the error's sentence on stderr and ends the
/// program with status 1.
public func orExit<T>(_ body: () throws -> T) -> T {
  do {
    return try body()
  } catch {
    let sentence = "\(error)"
    let options = options(for: error)
    note(options.isEmpty ? "error: \(sentence)" : "error: \(sentence.dropLast()) (\(options)).")
    exit(1)
  }
}

/// The chapters' options that set what an error's advice speaks of; the libraries know none.
private func options(for error: any Error) -> String {
  switch error {
  case TrainingError.notFinite: "--lr"
  case ProgramError.tooFewMinibatches: "--batch-size"
  case ProgramError.seedTooGreat: "--seed"
  case CorpusError.noFrequentWord, CorpusError.noSentenceOfTwoWords, SamplingError.noPairs:
    "--min-freq"
  case SamplingError.noNoiseWord: "--min-freq, --max-window"
  default: ""
  }
}
