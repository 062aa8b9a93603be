import D2L
import Foundation
import ProgramSupport
import Word2Vec

/// What can go wrong in a chapter beside its files and its training.
public enum ChapterError: Error, Equatable, CustomStringConvertible {
  /// `--corpus ptb` without the data.
  case noPennTreebank(path: String)
  /// A run that needs more bytes of memory than it may take; `advice` is what to do.
  case tooLarge(needed: UInt64, available: AvailableMemory, advice: String)
  /// The vectors have none of the words that the chapter asks for by itself.
  case noQuery

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .noPennTreebank(let path):
      "\(path): the Penn Treebank is not there; run `make data`, or take `--corpus embedded`."
    case .tooLarge(let needed, let available, let advice):
      "\(available.shortage(Double(needed))); \(advice)."
    case .noQuery:
      "The vectors have none of the words that this chapter asks for by itself; ask for one of "
        + "yours with --query."
    }
  }
}

/// Returns what `body` returns; if it throws, prints the error's sentence on stderr and ends the
/// program with status 1.
public func orExit<T>(_ body: () throws -> T) -> T {
  do {
    return try body()
  } catch {
    note(Mistakes.sentence(sentence(for: error)))
    exit(1)
  }
}

/// Does something that others do not depend on: if it throws, prints the error's sentence on stderr;
/// the program goes on, and ends with status 1.
public func orGoOn(_ body: () throws -> Void) {
  do {
    try body()
  } catch {
    note(Mistakes.sentence(sentence(for: error)))
    Output.fail()
  }
}

/// What a page throws at its top reads as `orExit` would say it.
extension SamplingError: CustomDebugStringConvertible {
  /// The sentence with the options that it speaks of.
  public var debugDescription: String { sentence(for: self) }
}

extension WordVectorsError: CustomDebugStringConvertible {
  /// The sentence.
  public var debugDescription: String { sentence(for: self) }
}

/// An error's sentence with the options that it speaks of.
private func sentence(for error: any Error) -> String {
  var sentence = "\(error)"
  let options = options(for: error)
  if !options.isEmpty { sentence = "\(sentence.dropLast()) (\(options))." }
  if case TrainingError.notFinite = error, let (file, steps) = RunCheckpoint.last {
    sentence += " The last good checkpoint is \(file), after step \(steps)."
  }
  return sentence
}

/// The chapters' options that set what an error's advice speaks of; the libraries know none.
private func options(for error: any Error) -> String {
  let sentence = "\(error)"
  let options = [
    ("learning rate", "--lr"), ("batch size", "--batch-size"), ("minimum count", "--min-freq"),
    ("window", "--max-window"),
  ]
  switch error {
  case ProgramError.seedTooGreat: return "--seed"
  case is TrainingError, is ProgramError, is CorpusError, is SamplingError:
    let advice = sentence.split(separator: "; ").last ?? ""
    return options.filter { advice.contains($0.0) }.map(\.1).joined(separator: ", ")
  default: return ""
  }
}
