import ArgumentParser
import Foundation
import ProgramSupport

extension ParsableCommand {
  /// Takes the program's command line apart.
  ///
  /// `--help` prints the help and ends the program with status 0; a wrong option gets one sentence
  /// on stderr and status 64. From here on Ctrl-C ends the program with a sentence, a closed pipe
  /// does not end it, and a mistake on the page ends it with a sentence behind the page's line.
  ///
  /// - Parameters:
  ///   - page: The page's source.
  ///   - name: Its name in sentences.
  /// - Returns: The options.
  public static func fromCommandLine(
    page: StaticString = #filePath, name: StaticString = #fileID
  ) -> Self {
    ThisPage.begin(page, name)
    Mistakes.lookAfterThisPage()
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
