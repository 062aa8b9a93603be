import D2L
import Word2Vec

extension Program {
  /// The run's first B examples as the document's four arrays, shapes (B, 1) and (B, M) thrice.
  ///
  /// B is `count`, or the size of a minibatch if that is smaller.
  func firstExamples(_ count: Int) -> (
    center: Indices, contextsNegatives: Indices, mask: Tensor, label: Tensor
  ) {
    var (source, examples) = (source, MiniBatch())
    if let outline = source.advance() {
      source.append(0..<min(count, outline.count), to: &examples)
    }
    let batch = PaddedBatch(examples)
    let (b, m) = (batch.size, batch.slotCount)
    return (
      Indices(shape: [b, 1], values: batch.centers),
      Indices(shape: [b, m], values: batch.contextsAndNegatives),
      Tensor(shape: [b, m], values: batch.mask), Tensor(shape: [b, m], values: batch.labels)
    )
  }
}

extension ContinuousClock {
  /// The seconds between two instants.
  func seconds(_ from: Instant, _ to: Instant) -> Double { from.duration(to: to) / .seconds(1) }
}
