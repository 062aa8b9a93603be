import Files
import Foundation

/// What a file was made from, kept as `FILE.json` beside it: the text, the settings, its own digest.
public struct RunRecord: Codable, Sendable, Equatable {
  /// What the text is called.
  public var text: String
  /// The digest of what is trained on.
  public var textSHA256: String
  /// The settings by their names.
  public var settings: [String: String]
  /// How far a run came that was stopped; nil where it came to its end.
  public var stopped: String?
  /// The digest of the file's bytes.
  private var fileSHA256: String?

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - text: What the text is called.
  ///   - textSHA256: The digest of what is trained on.
  ///   - settings: The settings by their names.
  public init(text: String, textSHA256: String, settings: [String: String]) {
    (self.text, self.textSHA256, self.settings) = (text, textSHA256, settings)
  }

  /// Eight hexadecimal digits that tell runs apart.
  public var shortDigest: String {
    let lines = settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }
    return String(SHA256.hexDigest(of: (textSHA256 + lines.joined()).utf8).prefix(8))
  }

  /// Where the record of a file is.
  public static func path(beside file: String) -> String { "\(file).json" }

  /// Reads the record of a file; nil where it has none, or one that is not of these bytes.
  public init?(beside file: String) {
    guard let bytes = try? InputFile.bytes(of: Self.path(beside: file), limit: 1 << 20),
      let record = try? JSONDecoder().decode(RunRecord.self, from: Data(bytes)),
      let digest = try? SHA256.hexDigest(ofFile: file), record.fileSHA256 == digest
    else { return nil }
    self = record
    fileSHA256 = nil
  }

  /// Writes the record of a file that is there.
  ///
  /// - Throws: `FileError` where the file cannot be read, or the record not be written.
  public func write(beside file: String) throws(FileError) {
    var record = self
    record.fileSHA256 = try SHA256.hexDigest(ofFile: file)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(record) else { return }  // texts alone always can be
    try OutputFile.write(json + Data("\n".utf8), to: Self.path(beside: file))
  }

  /// How this run differs from another, as the end of a sentence; nil where it does not.
  public func difference(from other: RunRecord) -> String? {
    if textSHA256 != other.textSHA256 {
      return text == other.text ? "of another state of \(text)" : "of another text, \(text)"
    }
    if let stopped { return "of a run that was stopped after \(stopped)" }
    let changed = Set(settings.keys).union(other.settings.keys).sorted()
      .filter { settings[$0] != other.settings[$0] }
      .map { "\($0) \(settings[$0] ?? "unknown")" }
    return changed.isEmpty ? nil : "of other settings, \(changed.joined(separator: ", "))"
  }
}
