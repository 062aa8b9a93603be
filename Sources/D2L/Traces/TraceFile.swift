import Files
import Foundation

extension Trace {
  /// Reads a trace from a file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError`; where the file is no trace, with the name of the field that is missing
  ///   or wrong.
  public init(contentsOf path: String) throws(FileError) {
    let text = Data(try InputFile.bytes(of: path))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      self = try decoder.decode(Trace.self, from: text)
    } catch {
      let reason = (error as? DecodingError).map(Self.sentence) ?? "\(error)"
      throw FileError(path, .malformed("is no trace: \(reason)"))
    }
  }

  private static func sentence(for error: DecodingError) -> String {
    func name(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }
    switch error {
    case .keyNotFound(let key, let context):
      return "the field \(name(context.codingPath + [key])) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "the field \(name(context.codingPath)) is of another kind"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      return "the field \(name(context.codingPath)) cannot be understood"
    default:
      return "it is not JSON"
    }
  }

  /// Writes the trace to a file, whole or not at all.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` if the file cannot be written.
  public func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try OutputFile.write(try encoder.encode(self) + Data("\n".utf8), to: path)
  }

  /// The neighbours in the order of the queries; those of other queries at the end.
  var similarInOrder: [(query: String, hits: [Hit])] {
    let others = similar.keys.filter { !Self.queries.contains($0) }.sorted()
    return (Self.queries + others).compactMap { query in similar[query].map { (query, $0) } }
  }
}

extension Trace.Hit: Codable {
  /// Reads a pair of a cosine and a word.
  public init(from decoder: any Decoder) throws {
    var pair = try decoder.unkeyedContainer()
    cosine = try pair.decode(Double.self)
    word = try pair.decode(String.self)
  }

  /// Writes a pair of a cosine and a word.
  public func encode(to encoder: any Encoder) throws {
    var pair = encoder.unkeyedContainer()
    try pair.encode(cosine)
    try pair.encode(word)
  }
}
