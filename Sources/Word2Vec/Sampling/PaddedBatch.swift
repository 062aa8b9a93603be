/// A minibatch as rectangular arrays, padded with index 0.
public struct PaddedBatch: Sendable, Equatable {
  /// B: the number of examples.
  public let size: Int
  /// M: the most slots that an example has.
  public let slotCount: Int
  /// The centre words, shape (B, 1).
  public let centers: [Int32]
  /// Context words, noise words and padding, shape (B, M).
  public let contextsAndNegatives: [Int32]
  /// 1 where there is a word and 0 where there is padding, shape (B, M).
  public let mask: [Float]
  /// 1 for context words and 0 elsewhere, shape (B, M).
  public let labels: [Float]

  /// Pads the examples of a minibatch to the longest.
  ///
  /// - Complexity: O(B·M).
  public init(_ batch: MiniBatch) {
    size = batch.count
    let slotCount = (0..<batch.count).map { batch.slotRange(of: $0).count }.max() ?? 0
    var contextsAndNegatives = [Int32](repeating: 0, count: size * slotCount)
    var mask = [Float](repeating: 0, count: size * slotCount)
    var labels = [Float](repeating: 0, count: size * slotCount)
    for example in 0..<size {
      let range = batch.slotRange(of: example)
      for (slot, word) in batch.slots[range].enumerated() {
        let place = example * slotCount + slot
        contextsAndNegatives[place] = word
        mask[place] = 1
        labels[place] = slot < batch.contextCounts[example] ? 1 : 0
      }
    }
    (self.slotCount, centers) = (slotCount, batch.centers)
    (self.contextsAndNegatives, self.mask, self.labels) = (contextsAndNegatives, mask, labels)
  }
}
