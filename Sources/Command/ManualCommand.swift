import ArgumentParser
import Foundation
import ProgramSupport

/// Prints the manual page, which `make install` puts in its place.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Prints the manual page.", shouldDisplay: false)

  func run() throws {
    let help = try JSONDecoder().decode(Help.self, from: Data(Word2VecCommand._dumpHelp().utf8))
    Output.print(page(help.command))
  }

  /// What the argument parser says of a program.
  private struct Help: Decodable { let command: Command }

  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [Command]?
    let shouldDisplay: Bool?
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
      var text: String { (kind == "long" ? "--" : "-") + name }
    }
    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
  }

  private func page(_ program: Command) -> String {
    var lines = [
      ".TH WORD2VEC 1", ".SH NAME", "word2vec \\- word vectors: train, ask, test, convert",
      ".SH SYNOPSIS", ".B word2vec", ".I command\n.RI [ argument ...]", ".SH DESCRIPTION",
      text(program.abstract), ".P", text(program.discussion), ".SH COMMANDS",
    ]
    for command in program.subcommands ?? [] where command.shouldDisplay != false {
      guard command.commandName != "help" else { continue }
      lines.append(".SS \(text(command.commandName))")
      lines.append(text(command.abstract))
      for paragraph in (command.discussion ?? "").components(separatedBy: "\n\n") {
        lines += [".P", text(paragraph)]
      }
      for argument in command.arguments ?? [] {
        let names = (argument.names ?? []).map(\.text)
        guard !names.contains("--help") else { continue }
        let value = argument.kind == "flag" ? "" : "\\fI\(text(argument.valueName))\\fR"
        let name = names.map { "\\fB\(text($0))\\fR" }.joined(separator: ", ")
        let dots = argument.isRepeating ? " ..." : ""
        lines.append(".TP\n" + [name, value].filter { !$0.isEmpty }.joined(separator: " ") + dots)
        let standard = argument.defaultValue.map { " (default: \($0))" } ?? ""
        lines.append(text((argument.abstract ?? "") + standard))
      }
    }
    lines += [
      ".SH EXIT STATUS",
      "0; 1 where a file or a word is not as it should be; 64 where an argument is not; 130 after "
        + "Ctrl\\-C.",
    ]
    return lines.joined(separator: "\n")
  }

  /// A text in which nothing is taken for a request or an escape.
  private func text(_ text: String?) -> String {
    (text ?? "").replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .split(separator: "\n").map { $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&" + $0 : $0 }
      .joined(separator: "\n")
  }
}
