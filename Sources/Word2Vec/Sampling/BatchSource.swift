import Files

/// Where a run's minibatches come from: fixed examples, a stream of text, a caller's own.
///
/// A source stands at one minibatch at a time. `advance` goes to the next one and only chooses its
/// examples; `append` makes them, by pieces that several threads may make at once, while `advance` is
/// not running. So the making of a minibatch can overlap the training step before. A source is a
/// value: an engine makes a minibatch from a copy, after the source itself has gone on.
public protocol BatchSource: Sendable {
  /// Goes to the next minibatch.
  ///
  /// - Returns: What it will hold; nil at the end of the run.
  mutating func advance() -> BatchOutline?

  /// Appends some examples of the minibatch that the source stands at to `batch`.
  ///
  /// - Parameters:
  ///   - examples: The examples, a range within 0..<B, in this order.
  ///   - batch: What to append to.
  func append(_ examples: Range<Int>, to batch: inout MiniBatch)
}

/// What a minibatch will hold.
public struct BatchOutline: Sendable, Equatable {
  /// B: the number of examples, 1 or more.
  public var count: Int
  /// How much of the run is done before this minibatch, from 0 to below 1.
  public var fraction: Double

  /// How many examples in a row, from the first on, have the first words of one list as noise words:
  /// one of `noiseSharings`.
  ///
  /// Engines may do with less work where noise words are shared.
  public var noiseSharing: Int

  /// How many examples may share their noise words: 1, where each has its own, and powers of two up to
  /// what the engines work on as one piece.
  public static let noiseSharings = [1, 2, 4, 8, 16, 32, 64]

  /// Refuses what is not one of `noiseSharings`.
  static func requireNoiseSharing(_ number: Int, _ file: StaticString, _ line: UInt) {
    require(
      noiseSharings.contains(number),
      "noiseSharing is \(number); expected one of \(noiseSharings)", file: file, line: line)
  }

  /// Describes a minibatch.
  ///
  /// - Parameters:
  ///   - count: B, the number of examples.
  ///   - fraction: How much of the run is done before it, which schedules of the learning rate read.
  ///   - noiseSharing: How many examples in a row share their noise words.
  public init(count: Int, fraction: Double, noiseSharing: Int = 1) {
    self.count = count
    self.fraction = fraction
    self.noiseSharing = noiseSharing
  }
}

extension BatchSource {
  /// Goes to the next minibatch and fills `batch` with it, in the place of what it held.
  ///
  /// - Parameter batch: The minibatch; empty at the end of the run.
  /// - Returns: What it holds; nil at the end of the run.
  @discardableResult
  public mutating func next(into batch: inout MiniBatch) -> BatchOutline? {
    batch.removeAll()
    guard let outline = advance() else { return nil }
    append(0..<outline.count, to: &batch)
    return outline
  }
}
