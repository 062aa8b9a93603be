import Files

/// What the document's authors have published of a tab: the losses of all its runs that are known.
///
/// The runs had no seed, so that they are a sample of what the program gives. `published.csv` says
/// what is in it; `Benchmarks/published.py` makes it.
public struct PublishedRuns: Sendable {
  /// The runs' mean losses since the first step, at one place of the curve.
  public struct Mark: Sendable, Equatable {
    /// How many epochs are done.
    public let epoch: Double
    /// The mean over the runs.
    public let mean: Double
    /// The standard deviation over the runs.
    public let deviation: Double
    /// The least of the runs.
    public let least: Double
    /// The greatest of the runs.
    public let greatest: Double
  }

  /// At the fifths of every epoch.
  public let marks: [Mark]
  /// The last mean of each run, ascending: what it printed, with more digits.
  public let finals: [Double]
  /// Each loss that was printed and by how many runs, ascending.
  public let printed: [(loss: String, count: Int)]
  /// Each word that came first for `chip` and in how many runs, by the alphabet.
  public let firstNeighbours: [(word: String, count: Int)]

  /// The number of runs.
  public var count: Int { finals.count }

  /// The means after each epoch.
  public var epochMarks: [Mark] { marks.filter { $0.epoch == $0.epoch.rounded() } }

  /// The runs of a tab.
  ///
  /// - Parameter tab: The tab.
  public init(of tab: Tab) {
    let rows = PublishedRuns.rows.filter { $0[0] == tab.rawValue }
    func number(_ text: String) -> Double {
      guard let number = Double(text) else {
        requirementFailure("published.csv has \(text) where a number must be")
      }
      return number
    }
    func counts(_ figure: String) -> [(String, Int)] {
      rows.filter { $0[1] == figure }.map { ($0[2], Int(number($0[3]))) }
    }
    marks = rows.filter { $0[1] == "running mean" }.map { row in
      Mark(
        epoch: number(row[2]), mean: number(row[4]), deviation: number(row[5]),
        least: number(row[6]), greatest: number(row[7]))
    }
    finals = counts("final").flatMap { [Double](repeating: number($0.0), count: $0.1) }.sorted()
    printed = counts("printed loss").map { (loss: $0.0, count: $0.1) }
    firstNeighbours = counts("first neighbour").map { (word: $0.0, count: $0.1) }
  }

  /// The table's rows, without its header.
  private static let rows: [[String]] = {
    let text = String(decoding: PackageResources.published_csv, as: UTF8.self)
    let rows = (try? CSV.rows(text)) ?? []
    require(
      !rows.isEmpty && rows.allSatisfy { $0.fields.count == 8 }, "published.csv is no table of 8")
    return rows.dropFirst().map(\.fields)
  }()
}
