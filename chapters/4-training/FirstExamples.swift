import Word2Vec

extension Trainer {
  /// The run's first B examples as the document's four arrays, shapes (B, 1) and (B, M) thrice.
  ///
  /// The run's own streams are left as they are. B is `count`, or the size of a minibatch if that is
  /// smaller.
  func firstExamples(_ count: Int) -> (
    center: Indices, contextsNegatives: Indices, mask: Tensor, label: Tensor
  ) {
    var rehearsal = self
    guard let batch = rehearsal.nextEpoch().first(where: { _ in true })?.padded(first: count) else {
      preconditionFailure("an epoch has five minibatches or more")
    }
    let (b, m) = (batch.size, batch.width)
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
