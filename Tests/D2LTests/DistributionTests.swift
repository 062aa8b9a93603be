import D2L
import Files
import Foundation
import TestSupport
import Testing
import Word2Vec

/// Our runs as a sample beside the published ones.
///
/// `figures/seeds.csv`, which the exercises write, has the losses of forty seeds of each tab.
@Suite("The distribution of the losses", .serialized)
struct DistributionTests {
  private static let corpus = Result {
    try Corpus(contentsOf: ptbTrainingText, name: "Penn Treebank", minimumCount: 10)
  }

  /// The table's losses by seed.
  private func losses(of tab: Tab) throws -> [UInt64: Double] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "figures/seeds.csv")
    let rows = try CSV.rows(String(contentsOf: file, encoding: .utf8)).map(\.fields)
    var losses: [UInt64: Double] = [:]
    for row in rows where row[0] == tab.rawValue {
      losses[try #require(UInt64(row[1]))] = Double(row[2])
    }
    return losses
  }

  private func loss(_ settings: TrainingSettings) throws -> Double {
    try Program(Self.corpus.get(), settings).train().history.finalLoss
  }

  @Test("forty seeds and the published runs agree at 1 %", arguments: Tab.allCases)
  func agree(tab: Tab) throws {
    let ours = try losses(of: tab)
    try #require(ours.count == 40)
    let test = TwoSamples(Array(ours.values), PublishedRuns(of: tab).finals)
    #expect(test.agree, "\(test)")
    let other = PublishedRuns(of: tab == .mxnet ? .pytorch : .mxnet)
    #expect(!TwoSamples(Array(ours.values), other.finals).agree)
  }

  @Test(
    "the table's losses are those that the program gives",
    .enabled(if: hasPTB, "make data fetches it"), arguments: Tab.allCases)
  func repeated(tab: Tab) throws {
    var settings = TrainingSettings()
    (settings.tab, settings.seed) = (tab, 17)
    let listed = try #require(try losses(of: tab)[17])
    #expect(abs(try loss(settings) - listed) < 1e-6)
  }

  @Test(
    "the MXNet tab with Xavier's weights is told from the published runs",
    .enabled(if: hasPTB, "make data fetches it"))
  func xavier() throws {
    var settings = TrainingSettings()
    (settings.tab, settings.weights) = (.mxnet, .pytorch)
    let losses = try (0..<5 as Range<UInt64>).map { seed in
      settings.seed = seed
      return try loss(settings)
    }
    let test = TwoSamples(losses, PublishedRuns(of: .mxnet).finals)
    #expect(!test.agree, "\(losses) \(test)")
  }
}
