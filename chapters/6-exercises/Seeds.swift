import ChapterSupport
import D2L
import Figures
import Files
import Foundation
import Literate
import Synchronization
import Word2Vec

/// What one seed's run of a training program gave.
nonisolated struct SeedResult {
  var tab: Tab
  var seed: UInt64
  /// The mean loss since the first step, after each epoch; the last is the document's number.
  var running: [Double]
  /// The last epoch's own mean.
  var lastEpoch: Double
  /// The three words nearest to the query.
  var nearest: [String]

  /// The document's number.
  var loss: Double { running.last ?? .nan }

  /// Trains with a seed.
  init(_ settings: TrainingSettings, seed: UInt64, corpus: Corpus, query: String) throws {
    var settings = settings
    settings.seed = seed
    let run = try Run(corpus, settings)
    let vectors = WordVectors(vocabulary: corpus.vocabulary, embedding: run.embedV)
    self.init(
      tab: settings.tab, seed: seed,
      running: run.history.points.filter { $0.epoch == $0.epoch.rounded() }.map(\.runningMean),
      lastEpoch: run.history.epochMeans.last ?? .nan,
      nearest: try vectors.similarTokens(to: query, k: 3).map(\.word))
  }

  /// Trains with each seed, as many at a time as there are processors, each on one thread; ends the
  /// program with a sentence, from the caller's thread, where that cannot be done.
  static func all(
    _ settings: TrainingSettings, _ seeds: [UInt64], corpus: Corpus, query: String
  ) -> [SeedResult] {
    var settings = settings
    settings.threads = 1
    let single = settings
    let results = Mutex((made: [Int: SeedResult](), failure: (any Error)?.none))
    DispatchQueue.concurrentPerform(iterations: seeds.count) { index in
      guard results.withLock({ $0.failure == nil }) else { return }
      do {
        let result = try SeedResult(single, seed: seeds[index], corpus: corpus, query: query)
        results.withLock { $0.made[index] = result }
      } catch {
        results.withLock { $0.failure = error }
      }
    }
    let (made, failure) = results.withLock { $0 }
    if let failure { orExit { throw failure } }
    return seeds.indices.compactMap { made[$0] }
  }

  init(tab: Tab, seed: UInt64, running: [Double], lastEpoch: Double, nearest: [String]) {
    (self.tab, self.seed, self.running) = (tab, seed, running)
    (self.lastEpoch, self.nearest) = (lastEpoch, nearest)
  }
}

/// What several seeds of a tab gave: what a reader may expect of one more.
nonisolated struct ExpectedRanges {
  var results: [SeedResult]

  var losses: [Double] { results.map(\.loss).sorted() }
  var lastEpochs: [Double] { results.map(\.lastEpoch).sorted() }

  /// Every word that was among the first three, with how often, the most frequent first.
  var nearestCounts: [(word: String, count: Int)] { counts(results.flatMap(\.nearest)) }

  /// Every word that came first, with how often, the most frequent first.
  var firstCounts: [(word: String, count: Int)] { counts(results.compactMap(\.nearest.first)) }

  private func counts(_ words: [String]) -> [(word: String, count: Int)] {
    Set(words).map { word in (word, words.count { $0 == word }) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  /// Least and greatest value, with a quarter of the distance between them added at both ends.
  ///
  /// An honest run more lies outside least and greatest of forty in 2 of 41 cases.
  static func widened(_ sorted: [Double]) -> ClosedRange<Double> {
    let (least, greatest) = (sorted.first ?? .nan, sorted.last ?? .nan)
    let room = max((greatest - least) / 4, 1e-6)
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

/// The mean over runs of the mean loss since the start, after each epoch.
nonisolated func meanCurve(_ results: [SeedResult]) -> [Double] {
  (results.first?.running.indices ?? 0..<0).map { epoch in
    mean(results.map { $0.running[epoch] })
  }
}

/// Losses in a row of a table.
nonisolated func row(_ losses: [Double]) -> String {
  losses.map { String(format: "%.5f", $0) }.joined(separator: "  ")
}

/// What one change does to the loss, seed by seed.
nonisolated struct Change {
  var name: String
  /// The loss with the change.
  var loss: Double
  /// The loss with the change less that without, for each seed.
  var differences: [Double]

  init(_ name: String, _ changed: [SeedResult], from results: [SeedResult]) {
    self.name = name
    loss = mean(changed.map(\.loss))
    differences = zip(changed, results).map { $0.loss - $1.loss }
  }

  /// The mean difference, in hundred thousandths.
  var difference: Double { (mean(differences) * 1e5).rounded() / 1e5 + 0 }

  /// Half the width of its 95 % interval, by Student's t.
  var halfWidth: Double {
    // The 97.5 % points of t with 1 to 9 degrees of freedom.
    let t = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262]
    let count = Double(differences.count)
    let middle = mean(differences)
    let square = mean(differences.map { ($0 - middle) * ($0 - middle) })
    return t[min(differences.count, 10) - 2] * (square / (count - 1)).squareRoot()
  }

  /// A row of the table.
  var row: Shown {
    """
    \(name, width: -27) \(loss, places: 5)  \(difference, places: 5, width: 8) \
    ± \(halfWidth, places: 5)
    """
  }
}

// MARK: - The committed table

nonisolated extension ExpectedRanges {
  /// Reads a tab's rows of the table that `SeedChart` writes.
  init(contentsOf path: String, of tab: Tab) throws(FileError) {
    results = []
    for (index, fields) in try Table(contentsOf: path).rows.enumerated() {
      guard fields.count == 7, let rowTab = Tab(rawValue: fields[0]), let seed = UInt64(fields[1]),
        let loss = Double(fields[2]), let lastEpoch = Double(fields[3])
      else {
        throw FileError(
          path, at: .line(index + 2),
          .malformed(
            "is not a tab, a seed, two losses and three words; make the table anew with "
              + "`swift run chapter-exercises`"))
      }
      guard rowTab == tab else { continue }
      results.append(
        SeedResult(
          tab: tab, seed: seed, running: [loss], lastEpoch: lastEpoch,
          nearest: Array(fields[4...])))
    }
    guard !results.isEmpty else {
      throw FileError(path, .malformed("has no seeds of the \(tab) tab"))
    }
  }
}

nonisolated extension ChapterOptions {
  /// Trains once, prints how the run compares with the expected ranges, and ends the program, with
  /// status 1 if it lies outside.
  func compareWithRanges() throws {
    let expected = try ExpectedRanges(contentsOf: rangesPath, of: tab)
    var settings = TrainingSettings()
    settings.tab = tab
    let query = queries[0]
    let result = try SeedResult(settings, seed: seed, corpus: corpus.read(), query: query)
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
