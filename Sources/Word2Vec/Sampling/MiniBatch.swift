/// Some examples of an epoch, taken together in one training step.
///
/// A view: the examples are gathered when an engine asks for them, as `FlatBatch` or, in the
/// document's form, as `PaddedBatch`.
public struct MiniBatch: Sendable {
  let epoch: MiniBatches
  /// Which minibatch of the epoch this is, from 0.
  public let index: Int

  /// The number of examples.
  public var count: Int { range.count }

  /// The minibatch after this one, if the epoch has one.
  var next: MiniBatch? { index + 1 < epoch.count ? MiniBatch(epoch: epoch, index: index + 1) : nil }

  private var range: Range<Int> {
    index * epoch.batchSize..<min((index + 1) * epoch.batchSize, epoch.order.count)
  }

  /// Whether this is the same minibatch of the same epoch as `other`.
  func isSame(as other: MiniBatch) -> Bool {
    epoch.identity === other.epoch.identity && index == other.index
  }

  /// Gathers the examples into `batch`, in the epoch's order.
  public func gather(into batch: inout FlatBatch) {
    gather(0..<count, into: &batch)
  }

  /// Gathers some of the examples into `batch`, counted from the minibatch's first.
  func gather(_ examples: Range<Int>, into batch: inout FlatBatch) {
    let first = range.lowerBound
    epoch.source.gather(
      epoch.order[first + examples.lowerBound..<first + examples.upperBound], into: &batch)
  }

  /// The document's four arrays: centres, contexts and noise words, mask, labels.
  ///
  /// - Parameter limit: How many examples to take at most, from the first on.
  public func padded(first limit: Int = .max) -> PaddedBatch {
    var flat = FlatBatch()
    gather(0..<min(limit, count), into: &flat)
    return PaddedBatch(flat)
  }
}

/// The minibatches of one epoch: a permutation of the examples, cut into pieces.
///
/// The last piece may be short; it is kept, as PyTorch's `DataLoader` keeps it.
public struct MiniBatches: Sendable, Sequence {
  let source: any ExampleSource
  let order: [Int32]
  fileprivate let identity = Identity()
  /// The number of examples in a minibatch.
  public let batchSize: Int

  /// Cuts `order`, a permutation of the examples of `source`, into minibatches.
  public init(of source: some ExampleSource, order: [Int32], batchSize: Int) {
    precondition(batchSize >= 1, "batchSize is \(batchSize), less than 1")
    precondition(
      order.count == source.count, "\(order.count) places for \(source.count) examples")
    self.source = source
    self.order = order
    self.batchSize = batchSize
  }

  fileprivate final class Identity: Sendable {}

  /// The number of minibatches.
  public var count: Int { (order.count + batchSize - 1) / batchSize }

  /// Yields the minibatches in order.
  public func makeIterator() -> AnyIterator<MiniBatch> {
    var index = 0
    return AnyIterator {
      guard index < count else { return nil }
      defer { index += 1 }
      return MiniBatch(epoch: self, index: index)
    }
  }
}

/// A minibatch as the document's `batchify` lays it out: rectangular arrays, padded with index 0.
public struct PaddedBatch: Sendable {
  /// B: the number of examples.
  public let size: Int
  /// M: the most slots that an example has.
  public let width: Int
  /// The centre words, shape (B, 1).
  public var centers: [Int32]
  /// Context words, noise words and padding, shape (B, M).
  public var contextsAndNegatives: [Int32]
  /// 1 where there is a word and 0 where there is padding, shape (B, M).
  public var mask: [Float]
  /// 1 for context words and 0 elsewhere, shape (B, M).
  public var labels: [Float]

}

extension PaddedBatch {
  /// Pads the examples of `batch` to the longest.
  public init(_ batch: FlatBatch) {
    let size = batch.count
    let width = zip(batch.offsets, batch.offsets.dropFirst()).map { Int($1 - $0) }.max() ?? 0
    var contextsAndNegatives = [Int32](repeating: 0, count: size * width)
    var mask = [Float](repeating: 0, count: size * width)
    var labels = [Float](repeating: 0, count: size * width)
    for example in 0..<size {
      let first = Int(batch.offsets[example])
      let length = Int(batch.offsets[example + 1]) - first
      for slot in 0..<length {
        let place = example * width + slot
        contextsAndNegatives[place] = batch.slots[first + slot]
        mask[place] = 1
        labels[place] = slot < batch.contextCounts[example] ? 1 : 0
      }
    }
    self.init(
      size: size, width: width, centers: batch.centers,
      contextsAndNegatives: contextsAndNegatives, mask: mask, labels: labels)
  }
}
