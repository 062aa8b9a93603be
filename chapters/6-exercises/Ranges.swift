import ChapterSupport
import D2L
import Figures
import Foundation
import Literate
import Word2Vec

/// What one seed's run of the training chapter gave.
nonisolated struct SeedResult {
  var seed: UInt64
  /// The document's number: the mean over all examples of all epochs.
  var loss: Double
  /// The last epoch's own mean.
  var lastEpoch: Double
  /// The three words nearest to the query.
  var nearest: [String]

  /// Trains as the training chapter does.
  init(seed: UInt64, corpus: Corpus, query: String) throws {
    var settings = TrainingSettings()
    settings.seed = seed
    let run = try Run(corpus, settings)
    let vectors = WordVectors(vocabulary: corpus.vocabulary, embedding: run.embedV)
    self.init(
      seed: seed, loss: run.history.finalLoss, lastEpoch: run.history.epochMeans.last ?? .nan,
      nearest: try vectors.similarTokens(to: query, k: 3).map(\.word))
  }

  init(seed: UInt64, loss: Double, lastEpoch: Double, nearest: [String]) {
    self.seed = seed
    self.loss = loss
    self.lastEpoch = lastEpoch
    self.nearest = nearest
  }
}

/// What several seeds gave: what a reader may expect of one more.
nonisolated struct ExpectedRanges {
  var results: [SeedResult]

  var losses: [Double] { results.map(\.loss).sorted() }
  var lastEpochs: [Double] { results.map(\.lastEpoch).sorted() }

  /// Every word that was among the first three, with how often, the most frequent first.
  var nearestCounts: [(word: String, count: Int)] {
    let words = results.flatMap(\.nearest)
    return Set(words).map { word in (word, words.count { $0 == word }) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  /// Least and greatest value, with half the distance between them added at both ends.
  ///
  /// An honest eleventh run lies outside least and greatest of ten in 2 of 11 cases.
  static func widened(_ sorted: [Double]) -> ClosedRange<Double> {
    let (least, greatest) = (sorted.first ?? .nan, sorted.last ?? .nan)
    let room = max((greatest - least) / 2, 1e-6)
    return least - room...greatest + room
  }

  /// Whether each of the three things that are compared is as expected.
  func verdicts(on result: SeedResult) -> (loss: Bool, lastEpoch: Bool, nearest: Bool) {
    let known = nearestCounts.map(\.word)
    return (
      ExpectedRanges.widened(losses).contains(result.loss),
      ExpectedRanges.widened(lastEpochs).contains(result.lastEpoch),
      result.nearest.contains { known.contains($0) }
    )
  }
}

/// The middle value, or the mean of the two in the middle.
nonisolated func median(_ sorted: [Double]) -> Double {
  (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// Least, median and greatest as a part of a table's row.
nonisolated func rangeRow(_ sorted: [Double]) -> Shown {
  """
  \(sorted.first ?? .nan, places: 4)  \(median(sorted), places: 4)  \
  \(sorted.last ?? .nan, places: 4)
  """
}

// MARK: - The committed table

/// The ten seeds' losses, drawn; the table beside the figure has all that was measured.
nonisolated struct SeedChart: Chart {
  let ranges: ExpectedRanges
  private let strips: StripChart

  /// Draws the seeds' losses, with the document's two numbers where they are of the same text.
  init(_ ranges: ExpectedRanges, isPennTreebank: Bool) {
    self.ranges = ranges
    strips = StripChart(
      title: "The same program with \(ranges.results.count) seeds",
      x: Axis("mean loss of all examples, five epochs"),
      strips: [
        Strip(
          "loss", values: ranges.results.map(\.loss), labels: ranges.results.map { "\($0.seed)" })
      ],
      references: isPennTreebank
        ? [
          Reference("published with MXNet, 0.407", at: 0.407),
          Reference("published with PyTorch, 0.410", at: 0.410),
        ] : [])
  }

  var title: String { strips.title }
  var size: Size { strips.size }

  /// A row per seed.
  var table: Table {
    Table(
      columns: ["seed", "loss", "last epoch", "first", "second", "third"],
      rows: ranges.results.map { result in
        let losses = [result.loss, result.lastEpoch].map { String(format: "%.6f", $0) }
        return ["\(result.seed)"] + losses + result.nearest
      })
  }

  func draw(on canvas: inout Canvas, in bounds: Rectangle) {
    strips.draw(on: &canvas, in: bounds)
  }

  /// What the chart shows, with its numbers.
  var sentence: String {
    String(
      format: "With %d seeds the loss goes from %.4f to %.4f, the median is %.4f; the document "
        + "prints 0.410 with PyTorch and 0.407 with MXNet.", ranges.results.count,
      ranges.losses.first ?? .nan, ranges.losses.last ?? .nan, median(ranges.losses))
  }
}

/// A table that could not be read.
nonisolated struct TableError: Error, CustomStringConvertible {
  var path: String
  var reason: String
  var description: String { "\(path): \(reason)" }
}

nonisolated extension ExpectedRanges {
  /// Reads the table that `SeedChart` writes.
  init(contentsOf path: String) throws {
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw TableError(
        path: path, reason: "cannot be read; `swift run chapter-exercises` makes it.")
    }
    results = try Table(contentsOf: path).rows.enumerated().map { index, fields in
      guard fields.count == 6, let seed = UInt64(fields[0]), let loss = Double(fields[1]),
        let lastEpoch = Double(fields[2])
      else {
        throw TableError(
          path: path,
          reason: "line \(index + 2) is not a seed, two losses and three words; make it anew "
            + "with `swift run chapter-exercises`.")
      }
      return SeedResult(
        seed: seed, loss: loss, lastEpoch: lastEpoch, nearest: Array(fields[3...]))
    }
    guard !results.isEmpty else { throw TableError(path: path, reason: "has no rows.") }
  }
}

nonisolated extension ChapterOptions {
  /// Trains once, prints how the run compares with the expected ranges, and ends the program, with
  /// status 1 if it lies outside.
  func compareWithRanges() throws {
    let expected = try ExpectedRanges(contentsOf: rangesPath)
    let query = queries[0]
    let result = try SeedResult(seed: seed, corpus: try corpus.read(), query: query)
    let verdicts = expected.verdicts(on: result)
    func line(_ name: String, _ value: Double, _ sorted: [Double], _ isInside: Bool) {
      let range = ExpectedRanges.widened(sorted)
      show(
        """
        \(name, width: -24) \(value, places: 4)  \(isInside ? "inside" : "OUTSIDE") \
        \(range.lowerBound, places: 4)…\(range.upperBound, places: 4) \
        (\(expected.results.count) seeds: \(sorted[0], places: 4)…\
        \(sorted[sorted.count - 1], places: 4))
        """)
    }
    line("loss of all epochs", result.loss, expected.losses, verdicts.loss)
    line("loss of the last epoch", result.lastEpoch, expected.lastEpochs, verdicts.lastEpoch)
    show(
      """
      nearest to \(query): \(result.nearest.joined(separator: ", "))  \
      \(verdicts.nearest ? "as expected" : "NOT as expected"): at least one of \
      \(expected.nearestCounts.map(\.word).joined(separator: ", "))
      """)
    let isInside = verdicts.loss && verdicts.lastEpoch && verdicts.nearest
    show(isInside ? "The run is as expected." : "The run is NOT as expected.")
    if !isInside { Foundation.exit(1) }
  }
}
