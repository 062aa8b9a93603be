import Foundation

/// What can be wrong with a trace's file.
public enum TraceError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be read, for `reason`.
  case unreadable(path: String, reason: String)
  /// The file is no trace, for `reason`.
  case noTrace(path: String, reason: String)

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason)); check the path."
    case .noTrace(let path, let reason):
      "\(path) is no trace: \(reason); make one with --trace, "
        + "or of the original with Benchmarks/peers/d2l_pytorch.py --trace."
    }
  }
}

extension Trace {
  /// Reads a trace from a file.
  ///
  /// - Throws: `TraceError`, with the name of the field that is missing or wrong.
  public init(contentsOf path: String) throws(TraceError) {
    let text: Data
    do {
      text = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      let isThere = FileManager.default.fileExists(atPath: path)
      throw .unreadable(path: path, reason: isThere ? "not a readable file" : "no such file")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      self = try decoder.decode(Trace.self, from: text)
    } catch let error as DecodingError {
      throw .noTrace(path: path, reason: Self.sentence(for: error))
    } catch {
      throw .noTrace(path: path, reason: "\(error)")
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
  /// - Throws: `WordVectorsError` if the file cannot be written.
  public func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
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
