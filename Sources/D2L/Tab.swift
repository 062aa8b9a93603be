import RandomStreams
import Word2Vec

/// One of the document's two programs: what its framework draws, how it steps, what it prints.
public enum Tab: String, Sendable, CaseIterable {
  /// The PyTorch program: Xavier's weights, PyTorch's orders and Adam.
  case pytorch

  /// The optimiser of the program's `Adam`, for minibatches of a size.
  public func optimizer(batchSize: Int) -> Adam {
    switch self {
    case .pytorch: Adam()
    }
  }

  /// The line that the program prints at the end of its training, without the numbers.
  public var device: String {
    switch self {
    case .pytorch: "cpu"
    }
  }

  /// The weights that the program draws before training, and the stream that goes on to its orders.
  func draw(
    vocabularySize: Int, dimension: Int, seed: UInt64
  ) -> (demonstration: Embedding, v: Embedding, u: Embedding, orders: TabOrders) {
    switch self {
    case .pytorch:
      var torch = TorchGenerator(seed: seed)
      let demonstration = Embedding.normal(20, 4, using: &torch)
      let count = vocabularySize * dimension
      torch.skipNormal(count: count)  // what `nn.Embedding` draws for each table,
      torch.skipNormal(count: count)  // before Xavier's draws overwrite it
      let v = Embedding.xavierUniform(vocabularySize, dimension, using: &torch)
      let u = Embedding.xavierUniform(vocabularySize, dimension, using: &torch)
      return (demonstration, v, u, .torch(torch))
    }
  }
}

/// Draws the orders of a tab's epochs.
public enum TabOrders: EpochOrder {
  /// PyTorch's `DataLoader(shuffle=True)`.
  case torch(TorchGenerator)

  /// The order of the next epoch, a permutation of 0..<`count`.
  public mutating func order(ofEpoch epoch: Int, count: Int) -> [Int32] {
    switch self {
    case .torch(var generator):
      defer { self = .torch(generator) }
      return generator.epochOrder(of: count)
    }
  }
}
