/// A minibatch as rectangular arrays: short examples are filled up with index 0 and mask 0.
public struct PaddedBatch: Sendable {
  /// The number of examples, B.
  public let size: Int
  /// The number of slots of the longest example, M.
  public let width: Int
  /// The centre words, shape (B).
  public var centers: [Int32]
  /// Context words, then noise words, then padding, shape (B, M).
  public var contextsAndNegatives: [Int32]
  /// 1 for a word, 0 for padding, shape (B, M).
  public var mask: [Float]
  /// 1 for a context word, 0 otherwise, shape (B, M).
  public var labels: [Float]
}

/// Some examples, in the order in which a training step takes them.
public struct MiniBatch: Sendable {
  private let batch: PaddedBatch

  init(_ batch: PaddedBatch) { self.batch = batch }

  /// The number of examples.
  public var count: Int { batch.size }

  /// Fills the examples up to one width.
  public func padded() -> PaddedBatch { batch }
}
