import Files
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

  /// Writes the trace to a file, whole or not at all, laid out as the original's traces are.
  ///
  /// - Throws: `FileError` if the file cannot be written.
  public func write(to path: String) throws(FileError) {
    try OutputFile.write((json.text() + "\n").utf8, to: path)
  }

  /// The trace with its fields in the order of the original's traces.
  private var json: JSONText {
    .object([
      ("d2l", .string(d2l)), ("python", .string(python)), ("protocol", .string(procedure)),
      ("seed", .number("\(seed)")), ("torch", .string(torch)), ("data", data.json),
      ("demo_embedding", .array(demoEmbedding.map { .array($0.map(JSONText.init)) })),
      (
        "init",
        .object([
          ("v_sha256", .string(weights.vSha256)), ("u_sha256", .string(weights.uSha256)),
          ("v_head", JSONText(weights.vHead)), ("u_head", JSONText(weights.uHead)),
          ("v_tail", JSONText(weights.vTail)),
        ])
      ), ("order", order.json), ("training", training.json),
      (
        "similar",
        .object(
          similarInOrder.map { query, hits in
            (query, .array(hits.map { .array([JSONText($0.cosine), .string($0.word)]) }))
          })
      ),
    ])
  }

  /// The neighbours in the order of the queries; those of other queries at the end.
  var similarInOrder: [(query: String, hits: [Hit])] {
    let others = similar.keys.filter { !Self.queries.contains($0) }.sorted()
    return (Self.queries + others).compactMap { query in similar[query].map { (query, $0) } }
  }
}

extension Trace.Hit: Decodable {
  /// Reads a pair of a cosine and a word.
  public init(from decoder: any Decoder) throws {
    var pair = try decoder.unkeyedContainer()
    cosine = try pair.decode(Double.self)
    word = try pair.decode(String.self)
  }
}

extension Trace.Examples {
  fileprivate var json: JSONText {
    .object([
      ("vocab_size", JSONText(vocabSize)),
      ("tokens_head", .array(tokensHead.map(JSONText.string))),
      ("examples", JSONText(examples)), ("context_pairs", JSONText(contextPairs)),
      ("negatives", JSONText(negatives)), ("centers_sha256", .string(centersSha256)),
      ("context_lengths_sha256", .string(contextLengthsSha256)),
      ("contexts_sha256", .string(contextsSha256)),
      ("negatives_sha256", .string(negativesSha256)), ("centers_head", JSONText(centersHead)),
      ("contexts_head", .array(contextsHead.map(JSONText.init))),
      ("negatives_head", .array(negativesHead.map(JSONText.init))),
      ("vocabulary_sha256", .string(vocabularySha256)),
    ])
  }
}

extension Trace.Order {
  fileprivate var json: JSONText {
    .object(
      [
        ("epoch_sha256", .array(epochSha256.map(JSONText.string))),
        ("epoch0_head", JSONText(epoch0Head)),
      ] + (epoch1Head.map { [("epoch1_head", JSONText($0))] } ?? []))
  }
}

extension Trace.Training {
  fileprivate var json: JSONText {
    .object([
      ("first_batches", JSONText(firstBatches)), ("batch_every_100", JSONText(batchEvery100)),
      ("epoch_loss", JSONText(epochLoss)), ("curve", .array(curve.map(JSONText.init))),
      ("final_loss", JSONText(finalLoss)), ("batches", JSONText(batches)),
    ])
  }
}

/// A piece of JSON whose fields keep their order, written as Python's `json.dump(…, indent=1)`
/// writes it.
private indirect enum JSONText {
  case number(String)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  init(_ value: Int) { self = .number("\(value)") }
  init(_ value: Double) { self = .number("\(value)") }
  init(_ value: Float) { self.init(Double(value)) }
  init(_ values: [Int32]) { self = .array(values.map { .number("\($0)") }) }
  init(_ values: [Float]) { self = .array(values.map { JSONText($0) }) }
  init(_ values: [Double]) { self = .array(values.map { JSONText($0) }) }

  func text(indent: Int = 0) -> String {
    switch self {
    case .number(let digits): digits
    case .string(let string): Self.quoted(string)
    case .array(let items):
      Self.lines(items.map { $0.text(indent: indent + 1) }, "[", "]", indent)
    case .object(let fields):
      Self.lines(
        fields.map { "\(Self.quoted($0)): \($1.text(indent: indent + 1))" }, "{", "}", indent)
    }
  }

  private static func lines(
    _ items: [String], _ open: String, _ close: String, _ indent: Int
  ) -> String {
    guard !items.isEmpty else { return open + close }
    let margin = "\n" + String(repeating: " ", count: indent)
    return open + items.map { "\(margin) \($0)" }.joined(separator: ",") + margin + close
  }

  private static func quoted(_ string: String) -> String {
    let escaped = string.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\u{0}"..<" ", "\u{7F}": "\\u" + String(scalar.value + 0x10000, radix: 16).dropFirst()
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
