import Files
import Word2Vec

/// The losses of a run, as the document plots them and as a reader may want them.
public struct TrainingHistory: Sendable, Equatable {
  /// A point on the loss curve.
  public struct Point: Sendable, Equatable {
    /// How many epochs are done, as a fraction.
    public let epoch: Double
    /// The mean loss of an example since the run began: what the document plots and prints.
    public let runningMean: Double
    /// The mean loss of an example since the point before.
    public let intervalMean: Double
  }

  /// About five points an epoch, as the document's `(i + 1) % (num_batches // 5) == 0` gives them.
  public private(set) var points: [Point] = []
  /// Each finished epoch's own mean loss.
  public private(set) var epochMeans: [Double] = []
  /// The mean loss of an example of every minibatch.
  public private(set) var batchMeans: [Double] = []
  /// The sum of the losses of the last minibatch's examples; 0 before the first.
  public private(set) var lastLoss = 0.0
  /// The examples seen, all epochs together.
  public private(set) var exampleCount = 0

  private let batchesPerEpoch: Int
  private var whole = Mean()
  private var epoch = Mean()
  private var interval = Mean()

  /// The fewest minibatches of an epoch: the document's rule for the points divides by a fifth of
  /// their number.
  public static let leastBatches = 5

  /// Creates an empty history.
  ///
  /// - Parameters:
  ///   - batchesPerEpoch: The minibatches of an epoch, five or more.
  ///   - file: The caller's file, for the sentence where they are fewer.
  ///   - line: The caller's line.
  public init(batchesPerEpoch: Int, file: StaticString = #fileID, line: UInt = #line) {
    require(
      batchesPerEpoch >= Self.leastBatches, "\(batchesPerEpoch) minibatches an epoch, fewer than 5",
      file: file, line: line)
    self.batchesPerEpoch = batchesPerEpoch
  }

  /// The document's number: the mean loss of an example over the whole run.
  public var finalLoss: Double { whole.value }

  /// How many epochs are done, as a fraction.
  public var epochsDone: Double { Double(batchMeans.count) / Double(batchesPerEpoch) }

  /// The number of minibatches seen.
  public var batchCount: Int { batchMeans.count }

  /// Takes note of a minibatch.
  ///
  /// - Parameters:
  ///   - loss: The sum of its examples' losses.
  ///   - count: The number of its examples.
  public mutating func add(loss: Double, count: Int) {
    let index = batchMeans.count % batchesPerEpoch
    let isLast = index == batchesPerEpoch - 1
    batchMeans.append(loss / Double(count))
    exampleCount += count
    lastLoss = loss
    whole.add(loss, count)
    epoch.add(loss, count)
    interval.add(loss, count)
    if (index + 1) % (batchesPerEpoch / 5) == 0 || isLast {
      points.append(
        Point(
          epoch: epochsDone, runningMean: whole.value,
          intervalMean: interval.value))
      interval = Mean()
    }
    if isLast {
      epochMeans.append(epoch.value)
      epoch = Mean()
    }
  }

  private struct Mean: Equatable {
    var sum = 0.0
    var count = 0
    var value: Double { sum / Double(count) }
    mutating func add(_ value: Double, _ n: Int) {
      sum += value
      count += n
    }
  }
}
