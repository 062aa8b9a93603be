import RandomStreams

/// The generator for draws of one's own, the same on every system: streams from a key.
public typealias Philox = RandomStreams.Philox

/// Orders of epochs that a seed decides, each a shuffle of its own.
///
/// The order of epoch t is drawn from the stream of the seed that is named 2⁶³ + t, so it depends on
/// no epoch before; `ResampledExamples` of the same seed draw from other streams.
///
/// - Source: Fisher and Yates, in the form of Knuth, "The Art of Computer Programming" 2, 3.4.2, P.
public struct ShuffledOrder: EpochOrder {
  /// The key of the streams.
  public let seed: UInt64

  /// Describes the orders.
  ///
  /// - Parameter seed: The key of their streams.
  public init(seed: UInt64) { self.seed = seed }

  /// The order of an epoch, all permutations of 0..<`count` being equally likely.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, 0 or more.
  ///   - count: The number of examples.
  /// - Returns: The order.
  /// - Complexity: O(`count`).
  public func order(ofEpoch epoch: Int, count: Int) -> [Int32] {
    var draws = Philox(key: seed, counter: (low: 0, high: 1 << 63 | UInt64(epoch)))
    var order = (0..<count).map { Int32($0) }
    for place in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(place, draws.below(place + 1))
    }
    return order
  }
}
