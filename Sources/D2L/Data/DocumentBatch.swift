import Word2Vec

/// A minibatch as the document has it: four rectangular arrays.
public struct DocumentBatch: Sendable, Equatable {
  /// The centre words, shape (B, 1).
  public let center: Indices
  /// The context words, then noise words, then padding, shape (B, M).
  public let contextsNegatives: Indices
  /// 1 for a word, 0 for padding, shape (B, M).
  public let mask: Tensor
  /// 1 for a context word, 0 for the rest, shape (B, M).
  public let label: Tensor

  /// Pads the examples of a minibatch to the longest.
  public init(_ batch: MiniBatch) {
    let padded = PaddedBatch(batch)
    let shape = [padded.size, padded.slotCount]
    center = Indices(shape: [padded.size, 1], values: padded.centers)
    contextsNegatives = Indices(shape: shape, values: padded.contextsAndNegatives)
    mask = Tensor(shape: shape, values: padded.mask)
    label = Tensor(shape: shape, values: padded.labels)
  }
}

extension Program {
  /// The run's first minibatches, in the order of the first epoch.
  ///
  /// - Parameter count: At most how many.
  /// - Returns: The minibatches.
  public func batches(first count: Int) -> [MiniBatch] {
    var (source, batches) = (source, [MiniBatch]())
    while batches.count < count, let outline = source.advance() {
      var batch = MiniBatch()
      source.append(0..<outline.count, to: &batch)
      batches.append(batch)
    }
    return batches
  }

  /// The first examples of the run's first minibatch.
  ///
  /// - Parameter count: At most how many.
  /// - Returns: The examples, in the order of the first epoch.
  public func examples(first count: Int) -> MiniBatch {
    var (source, batch) = (source, MiniBatch())
    if let outline = source.advance() {
      source.append(0..<min(count, outline.count), to: &batch)
    }
    return batch
  }
}
