import Files

/// Training examples that can be taken in any order.
public protocol ExampleSet: Sendable {
  /// The number of examples of an epoch.
  var count: Int { get }

  /// Turns to an epoch, counted from 0: where examples are drawn anew, to that epoch's draws.
  mutating func begin(epoch: Int)

  /// Appends some examples to `batch`.
  ///
  /// An example has its centre word, one context word or more, then its noise words.
  ///
  /// - Parameters:
  ///   - examples: Their numbers, from 0 to `count` − 1.
  ///   - batch: What to append to.
  func append(_ examples: ArraySlice<Int32>, to batch: inout MiniBatch)
}

extension ExampleSet {
  /// Refuses numbers of examples that there are not: some sets read memory by them.
  func requireExamples(_ numbers: ArraySlice<Int32>) {
    let count = UInt32(truncatingIfNeeded: count)
    guard numbers.greatestUnsigned >= count else { return }
    let wrong = numbers.first { UInt32(bitPattern: $0) >= count } ?? 0
    requirementFailure("an order of \(count) examples has the number \(wrong)")
  }

  /// Does nothing: the examples are the same in every epoch.
  public mutating func begin(epoch: Int) {}
}

/// Draws the orders in which epochs take their examples.
public protocol EpochOrder: Sendable {
  /// The order of an epoch: a permutation of 0..<`count`.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, counted from 0; epochs are asked for in order, each once.
  ///   - count: The number of examples.
  /// - Returns: The examples' numbers in the order of the epoch.
  mutating func order(ofEpoch epoch: Int, count: Int) -> [Int32]
}
