import Files

/// The minibatches of some epochs: each a permutation of the examples, cut into equal runs.
///
/// The last minibatch of an epoch may be short; it is kept.
public struct EpochBatches<Examples: ExampleSet, Order: EpochOrder>: BatchSource {
  /// The number of passes over the examples.
  public let epochs: Int
  /// The number of examples in a minibatch.
  public let batchSize: Int
  /// The examples, as they are drawn in the present epoch.
  public private(set) var examples: Examples
  /// The order of the present epoch.
  public private(set) var order: [Int32] = []
  /// The number of the present epoch, −1 before the first.
  public private(set) var epoch = -1
  private var drawing: Order
  /// The place of the minibatch in its epoch.
  private var index = 0

  /// Cuts epochs into minibatches.
  ///
  /// - Parameters:
  ///   - examples: The examples, one at least.
  ///   - order: What draws the orders.
  ///   - epochs: The number of passes.
  ///   - batchSize: The number of examples in a minibatch.
  ///   - file: The caller's file, for the sentence where a number is below 1.
  ///   - line: The caller's line.
  public init(
    of examples: Examples, in order: Order, epochs: Int, batchSize: Int,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(batchSize >= 1, "batchSize is \(batchSize), less than 1", file: file, line: line)
    require(epochs >= 0, "epochs is \(epochs), less than 0", file: file, line: line)
    require(examples.count >= 1, "there are no examples", file: file, line: line)
    (self.examples, drawing) = (examples, order)
    (self.epochs, self.batchSize) = (epochs, batchSize)
  }

  /// The number of minibatches in an epoch.
  public var batchesPerEpoch: Int { (examples.count - 1) / batchSize + 1 }

  /// Goes to the next minibatch; at an epoch's first one its order is drawn.
  ///
  /// - Returns: Its size and place in the run; nil after the last epoch.
  public mutating func advance() -> BatchOutline? {
    index += 1
    if epoch < 0 || index == batchesPerEpoch {
      guard epoch + 1 < epochs else {
        index = batchesPerEpoch - 1
        return nil
      }
      (epoch, index) = (epoch + 1, 0)
      order = drawing.order(ofEpoch: epoch, count: examples.count)
      require(
        order.count == examples.count, "an order of \(order.count) for \(examples.count) examples")
      examples.begin(epoch: epoch)
    }
    let done = epoch * batchesPerEpoch + index
    return BatchOutline(
      count: range.count, fraction: Double(done) / Double(epochs * batchesPerEpoch))
  }

  /// Appends some examples of the present minibatch, in the epoch's order.
  public func append(_ examples: Range<Int>, to batch: inout MiniBatch) {
    let first = range.lowerBound
    self.examples.append(
      order[first + examples.lowerBound..<first + examples.upperBound], to: &batch)
  }

  /// The places of the minibatch's examples in the order.
  private var range: Range<Int> {
    index * batchSize..<min((index + 1) * batchSize, order.count)
  }
}
