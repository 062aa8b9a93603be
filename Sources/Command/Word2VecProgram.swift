import ArgumentParser
import Foundation
import ProgramSupport
import Word2Vec

/// The program: takes its arguments apart, does what they ask for, ends with a status.
@main
enum Word2VecProgram {
  static func main() {
    let arguments = Arguments.given
    Output.prepare()
    MemoryLimit.saysLastWords()
    Interruption.endsProgram()
    do {
      var command = try Word2VecCommand.parseAsRoot(arguments)
      try command.run()
    } catch {
      if let code = error as? ExitCode { exit(code.rawValue) }
      let code = Word2VecCommand.exitCode(for: error)
      if code.isSuccess { Word2VecCommand.exit(withError: error) }  // help, completions
      if case WordVectorsError.unknownWord(let word, _) = error {
        if word.hasPrefix("--") {
          fail(
            "\(word) is no option and no word of the vectors; --help lists the options.", status: 64
          )
        }
        if word.contains(where: \.isWhitespace) {
          fail("\"\(word)\" has no vector; give each word as an argument of its own.", status: 1)
        }
      }
      guard code == .validationFailure else { fail("\(error)", status: 1) }
      let commands = Word2VecCommand.configuration.subcommands.map { $0._commandName } + ["help"]
      if let first = arguments.first, !first.hasPrefix("-"), !commands.contains(first),
        first != "doesn't-match"
      {
        fail("\(first) is no command; --help lists them.", status: 64)
      }
      let lines = Word2VecCommand.message(for: error).split(whereSeparator: \.isNewline)
      let message = lines.joined(separator: " ")
      let end = message.hasSuffix("?") ? " --help" : "; --help"
      fail(message + (message.hasSuffix(".") ? "" : "\(end) lists the options."), status: 64)
    }
  }

  private static func fail(_ sentence: String, status: Int32) -> Never {
    note("error: \(visible(sentence))")
    exit(status)
  }
}

/// The commands.
struct Word2VecCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "word2vec",
    abstract: "Trains word vectors on a text, asks them, tests them and converts their files.",
    discussion: """
      Results go to stdout, progress and notes to stderr; --json gives results for programs. A word or \
      a file whose name begins with two dashes stands behind --.
      """,
    version: "0.2.0-dev",
    subcommands: [
      TrainCommand.self, SimilarCommand.self, AnalogyCommand.self, DoesntMatchCommand.self,
      SimilarityCommand.self, EvaluateCommand.self, ConvertCommand.self, InfoCommand.self,
      ExploreCommand.self,
      ManualCommand.self,
    ], helpNames: .long)

  /// Without a command: what to type first.
  func run() {
    Output.print(
      """
      word2vec trains word vectors on a text of yours and answers questions about them.
      Begin with a text file, a sentence on each line or not:

        \(ownName) train text.txt -o text.vec --lowercase --tokenize
        \(ownName) similar text.vec word
        \(ownName) --help
      """)
  }
}

/// How the program was called, to be typed again: `swift run` where that is what called it.
var ownName: String {
  let path = CommandLine.arguments.first ?? "word2vec"
  let here = FileManager.default.currentDirectoryPath
  if path.hasPrefix(".build/") || path.hasPrefix(here + "/.build/") {
    return "swift run" + (path.contains("/release/") ? " -c release" : "") + " word2vec"
  }
  return quoted(path)
}
