import Foundation

/// What a chapter said in one run, kept in `recording.jsonl` beside it.
///
/// The file's first line tells what the run was made from; each other line is a ``Record``. Lines
/// are counted in code lines, so that editing prose or comments does not make a recording old.
package struct Recording: Sendable, Equatable {
  /// What a run was made from.
  package struct Origin: Codable, Sendable, Equatable {
    package var arguments: [String]
    /// The corpus that was asked for and its SHA-256, where it was.
    package var corpus: String?
    package var corpusSHA256: String?
    /// The SHA-256 of the code.
    package var inputs: String
  }

  package var origin: Origin
  package var records: [Record]

  package init(origin: Origin, records: [Record]) {
    self.origin = origin
    self.records = records
  }

  /// Reads a recording.
  package init(_ text: String) throws {
    let lines = text.split(separator: "\n", maxSplits: 1)
    origin = try JSONDecoder().decode(Origin.self, from: Data((lines.first ?? "").utf8))
    records = try Record.list(fromJSONLines: lines.count > 1 ? String(lines[1]) : "")
  }

  /// The recording as text.
  package func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let first = String(decoding: try encoder.encode(origin), as: UTF8.self)
    return ([first] + (try records.map { try $0.json() })).joined(separator: "\n") + "\n"
  }

  /// This recording with the texts of `old` if only volatile parts, and numbers within their
  /// tolerance, differ in all of it; where anything else does, as it is: the times and rates of a
  /// page are of one run.
  package func keepingVolatileValues(of old: Recording) -> Recording {
    let isSame =
      records.count == old.records.count
      && zip(records, old.records).allSatisfy {
        $0.kind == $1.kind && $0.shown.agrees(with: $1.shown)
      }
    guard isSame else { return self }
    var kept = self
    for (index, record) in old.records.enumerated() { kept.records[index].shown = record.shown }
    return kept
  }

  /// The recording for people: what it was made from, then each record with its line of code.
  package var readable: String {
    var lines = ["arguments: \(origin.arguments.joined(separator: " "))"]
    if let corpus = origin.corpus { lines.append("corpus: \(corpus)") }
    if let digest = origin.corpusSHA256 { lines.append("corpus sha256: \(digest)") }
    lines.append("code sha256: \(origin.inputs)")
    for record in records {
      let what =
        switch record.kind {
        case .output: "shows"
        case .figure(let path): "draws \(path):"
        case .value(let name): "records {{\(name)}} as"
        }
      for line in Golden.text(of: record.shown).split(separator: "\n") {
        lines.append("code line \(record.line) \(what) \(line)")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The last value recorded under a name.
  package func value(_ name: String) -> String? {
    records.last { $0.kind == .value(name) }?.shown.text
  }
}
