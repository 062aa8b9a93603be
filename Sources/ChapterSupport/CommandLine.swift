import ArgumentParser
import Foundation
import ProgramSupport

extension ParsableCommand {
  /// Takes the program's command line apart.
  ///
  /// `--help` prints the help and ends the program with status 0; a wrong option gets one sentence
  /// on stderr and status 64. From here on Ctrl-C ends the program with a sentence, and a closed pipe
  /// does not end it.
  public static func fromCommandLine() -> Self {
    Output.prepare()
    Interruption.endsProgram()
    do {
      let command = try parseAsRoot()
      guard let options = command as? Self else { exit(withError: CleanExit.helpRequest(command)) }
      return options
    } catch {
      let code = exitCode(for: error)
      if code.isSuccess { exit(withError: error) }
      let message = message(for: error).split(whereSeparator: \.isNewline).joined(separator: " ")
      note("error: \(message)\(message.hasSuffix(".") ? "" : "; --help lists the options.")")
      Foundation.exit(code.rawValue)
    }
  }
}
