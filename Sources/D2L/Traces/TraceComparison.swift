import Foundation

/// Two traces held against each other: the expected one, say of the original program, and one got.
///
/// What is drawn must be equal: sizes, digests, first values. What is computed must be near, as
/// ``Tolerance`` says, and of each query's ten neighbours eight must be shared.
public struct TraceComparison: Sendable, Equatable {
  /// How far computed values may be apart.
  public enum Tolerance {
    /// Of a weight of the demonstration embedding.
    public static let demonstration = 2e-6
    /// Of the mean loss of one of the first twenty minibatches.
    public static let firstBatches = 1e-6
    /// Of the mean loss of a later minibatch, of an epoch, of a point on the curve.
    public static let losses = 3e-4
    /// Of the mean loss of the run.
    public static let finalLoss = 1e-4
    /// Of a cosine: a first neighbour must be the expected one if it leads by this much.
    public static let lead = 0.02
    /// How many of ten neighbours must be shared.
    public static let sharedNeighbours = 8
  }

  /// One line of the table.
  public struct Row: Sendable, Equatable {
    /// The field, as the file names it.
    public let name: String
    /// What the traces say; of many numbers, the two that are farthest apart.
    public let expected: String, got: String
    /// How far they are apart, in words or as a number.
    public let difference: String
    /// Whether that is near enough.
    public let isOK: Bool
  }

  /// The lines, in the order of the fields.
  public let rows: [Row]

  /// Whether every line is.
  public var isOK: Bool { rows.allSatisfy(\.isOK) }

  /// Compares two traces.
  public init(expected: Trace, got: Trace) {
    rows =
      [
        Row("tab", equal: expected.tab.rawValue, got.tab.rawValue),
        Row("seed", equal: expected.seed, got.seed),
      ]
      + Self.data(expected.data, got.data)
      + [
        Row(
          "demo_embedding", expected.demoEmbedding.joined().map(Double.init),
          got.demoEmbedding.joined().map(Double.init), within: Tolerance.demonstration)
      ]
      + Self.weights(expected.weights, got.weights)
      + Self.order(expected.order, got.order)
      + Self.training(expected.training, got.training)
      + Self.similar(expected, got)
  }

  private static func data(_ expected: Trace.Examples, _ got: Trace.Examples) -> [Row] {
    [
      Row("data.vocab_size", equal: expected.vocabSize, got.vocabSize),
      Row("data.vocabulary", digests: expected.vocabularySha256, got.vocabularySha256),
      Row("data.tokens_head", equal: expected.tokensHead, got.tokensHead),
      Row("data.examples", equal: expected.examples, got.examples),
      Row("data.context_pairs", equal: expected.contextPairs, got.contextPairs),
      Row("data.negatives", equal: expected.negatives, got.negatives),
      Row("data.centers", digests: expected.centersSha256, got.centersSha256),
      Row("data.context_lengths", digests: expected.contextLengthsSha256, got.contextLengthsSha256),
      Row("data.contexts", digests: expected.contextsSha256, got.contextsSha256),
      Row("data.negatives", digests: expected.negativesSha256, got.negativesSha256),
      Row("data.centers_head", equal: expected.centersHead, got.centersHead),
      Row("data.contexts_head", equal: expected.contextsHead, got.contextsHead),
      Row("data.negatives_head", equal: expected.negativesHead, got.negativesHead),
    ]
  }

  private static func weights(_ expected: Trace.Weights, _ got: Trace.Weights) -> [Row] {
    [
      Row("init.v", digests: expected.vSha256, got.vSha256),
      Row("init.u", digests: expected.uSha256, got.uSha256),
      Row("init.v_head", equal: expected.vHead, got.vHead),
      Row("init.u_head", equal: expected.uHead, got.uHead),
      Row("init.v_tail", equal: expected.vTail, got.vTail),
    ]
  }

  private static func order(_ expected: Trace.Order, _ got: Trace.Order) -> [Row] {
    [Row("order.epochs", equal: expected.epochSha256.count, got.epochSha256.count)]
      + zip(expected.epochSha256, got.epochSha256).enumerated().map { epoch, digests in
        Row("order.epoch\(epoch)", digests: digests.0, digests.1)
      } + [
        Row("order.epoch0_head", equal: expected.epoch0Head, got.epoch0Head),
        Row("order.epoch1_head", equal: expected.epoch1Head ?? [], got.epoch1Head ?? []),
      ]
  }

  private static func training(_ expected: Trace.Training, _ got: Trace.Training) -> [Row] {
    [
      Row("training.batches", equal: expected.batches, got.batches),
      Row(
        "training.first_batches", expected.firstBatches, got.firstBatches,
        within: Tolerance.firstBatches),
      Row(
        "training.batch_every_100", expected.batchEvery100, got.batchEvery100,
        within: Tolerance.losses),
      Row("training.epoch_loss", expected.epochLoss, got.epochLoss, within: Tolerance.losses),
      Row(
        "training.curve, epochs", expected.curve.compactMap(\.first), got.curve.compactMap(\.first),
        within: 1e-9),
      Row(
        "training.curve, losses", expected.curve.compactMap(\.last), got.curve.compactMap(\.last),
        within: Tolerance.losses),
      Row(
        "training.final_loss", [expected.finalLoss], [got.finalLoss], within: Tolerance.finalLoss),
    ]
  }

  private static func similar(_ expected: Trace, _ got: Trace) -> [Row] {
    let words = got.similar.keys.filter { expected.similar[$0] == nil }.sorted()
    return expected.similarInOrder.map { query, hits in
      Row("similar.\(query)", neighbours: hits, got.similar[query] ?? [])
    } + words.map { Row("similar.\($0)", equal: "", "neighbours") }
  }
}

extension TraceComparison.Row {
  /// A line for things that must be equal.
  fileprivate init<Value: Equatable>(_ name: String, equal expected: Value, _ got: Value) {
    let isSame = expected == got
    func text(_ value: Value) -> String {
      let words = "\(value)"
      return words.count <= 14 ? words : String(words.prefix(13)) + "…"
    }
    self.init(
      name: name, expected: text(expected), got: text(got),
      difference: isSame ? "none" : "not equal", isOK: isSame)
  }

  /// A line for two SHA-256 digests, of which the first digits are shown.
  fileprivate init(_ name: String, digests expected: String, _ got: String) {
    self.init("\(name)_sha256", equal: expected, got)
  }

  /// A line for numbers that must be near; it shows the two that are farthest apart.
  fileprivate init(
    _ name: String, _ expected: [Double], _ got: [Double], within tolerance: Double
  ) {
    guard expected.count == got.count else {
      self.init(
        name: name, expected: "\(expected.count) numbers", got: "\(got.count) numbers",
        difference: "not as many", isOK: false)
      return
    }
    let pairs = zip(expected, got)
    let worst = pairs.max { abs($0.0 - $0.1) < abs($1.0 - $1.1) } ?? (0, 0)
    let difference = abs(worst.0 - worst.1)
    self.init(
      name: name, expected: String(format: "%.8f", worst.0), got: String(format: "%.8f", worst.1),
      difference: String(format: "%.1e of %.0e", difference, tolerance),
      isOK: pairs.allSatisfy { abs($0 - $1) <= tolerance })
  }

  /// A line for a query's neighbours.
  fileprivate init(_ name: String, neighbours expected: [Trace.Hit], _ got: [Trace.Hit]) {
    let shared = Set(expected.map(\.word)).intersection(got.map(\.word)).count
    let lead = expected.count < 2 ? 0 : expected[0].cosine - expected[1].cosine
    let isFirst = expected.first?.word == got.first?.word
    let wanted = min(TraceComparison.Tolerance.sharedNeighbours, expected.count)
    self.init(
      name: name, expected: expected.first?.word ?? "", got: got.first?.word ?? "",
      difference: "\(shared) of \(expected.count) shared",
      isOK: shared >= wanted && (isFirst || lead < TraceComparison.Tolerance.lead - 1e-9))
  }
}

extension TraceComparison: CustomStringConvertible {
  /// The table: name, expected, got, difference, ok.
  public var description: String {
    let header = ["name", "expected", "got", "difference", "ok"]
    let lines =
      [header]
      + rows.map { [$0.name, $0.expected, $0.got, $0.difference, $0.isOK ? "yes" : "NO"] }
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ").trimmingSuffix(" ")
    }.joined(separator: "\n")
  }
}
