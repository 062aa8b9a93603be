import Foundation
import ProgramSupport

/// One thing that a chapter said while it ran: a line of the recording.
package struct Record: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Text on stdout.
    case output
    /// A figure, by its path.
    case figure(String)
    /// A named value for the prose.
    case value(String)
  }

  package var kind: Kind
  /// What was shown; a figure's alternative text.
  package var shown: Shown
  /// The source line, from 1.
  package var line: Int
  /// The source file as `Module/file.swift`.
  package var file: String

  package init(_ kind: Kind, _ shown: Shown, line: UInt, file: String) {
    self.kind = kind
    self.shown = shown
    self.line = Int(line)
    self.file = file
  }

  /// Appends the record to the file named by `LITERATE_RECORD`, if any; `Output.failed` remembers
  /// where it cannot.
  func append() {
    guard let path = ProcessInfo.processInfo.environment["LITERATE_RECORD"], !path.isEmpty else {
      return
    }
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    defer { if file >= 0 { close(file) } }
    guard let json = try? json(), file >= 0, writeAll(json + "\n", to: file) else {
      return Output.fail("\(path), which LITERATE_RECORD names, cannot be written")
    }
  }

  /// The record as one line of JSON, keys in alphabetical order.
  package func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Reads records, one JSON object a line.
  package static func list(fromJSONLines text: String) throws -> [Record] {
    try text.split(separator: "\n").map {
      try JSONDecoder().decode(Record.self, from: Data($0.utf8))
    }
  }

  /// What the records of `output` put on stdout.
  package static func standardOutput(of records: [Record]) -> String {
    Shown(parts: outputParts(of: records)).text
  }

  /// The parts of all output, each record closed by its newline.
  package static func outputParts(of records: [Record]) -> [Part] {
    records.filter { $0.kind == .output }.flatMap { $0.shown.parts + [Part("\n")] }
  }
}

extension Record: Codable {
  private enum Key: String, CodingKey { case line, file, parts, figure, name }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    line = try values.decode(Int.self, forKey: .line)
    file = try values.decode(String.self, forKey: .file)
    shown = Shown(parts: try values.decode([Part].self, forKey: .parts))
    if let path = try values.decodeIfPresent(String.self, forKey: .figure) {
      kind = .figure(path)
    } else if let name = try values.decodeIfPresent(String.self, forKey: .name) {
      kind = .value(name)
    } else {
      kind = .output
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(line, forKey: .line)
    try values.encode(file, forKey: .file)
    try values.encode(shown.parts, forKey: .parts)
    switch kind {
    case .output: break
    case .figure(let path): try values.encode(path, forKey: .figure)
    case .value(let name): try values.encode(name, forKey: .name)
    }
  }
}

extension Part: Codable {
  private enum Key: String, CodingKey { case text, volatile, within }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    text = try values.decode(String.self, forKey: .text)
    if let tolerance = try values.decodeIfPresent(Double.self, forKey: .within) {
      kind = .within(tolerance)
    } else {
      let volatile = try values.decodeIfPresent(Bool.self, forKey: .volatile) ?? false
      kind = volatile ? .volatile : .exact
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(text, forKey: .text)
    switch kind {
    case .exact: break
    case .volatile: try values.encode(true, forKey: .volatile)
    case .within(let tolerance): try values.encode(tolerance, forKey: .within)
    }
  }
}
