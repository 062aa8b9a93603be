import RandomStreams
import Word2Vec

/// One of the document's two programs: what its framework draws, how it steps, what it prints.
public enum Tab: String, Sendable, CaseIterable {
  /// The PyTorch program: Xavier's weights, PyTorch's orders and Adam.
  case pytorch
  /// The MXNet program: weights of ±0.07, NumPy's orders, Adam on the gradient over the batch size.
  case mxnet

  /// The optimiser of the program.
  ///
  /// MXNet divides the gradient by the size of a whole minibatch, for the short last one too.
  ///
  /// - Parameter batchSize: The examples of a whole minibatch.
  /// - Returns: Adam in the form of the tab's framework.
  public func optimizer(batchSize: Int) -> Adam {
    switch self {
    case .pytorch: Adam()
    case .mxnet: Adam(epsilonPlace: .uncorrected, gradientFactor: 1 / Double(batchSize))
    }
  }

  /// What the program calls the processor in the line that it prints after training.
  public var device: String {
    switch self {
    case .pytorch: "cpu"
    case .mxnet: "cpu(0)"
    }
  }

  /// The loss that the document prints.
  public var documentLoss: Double {
    switch self {
    case .pytorch: 0.410
    case .mxnet: 0.407
    }
  }

  /// The greatest seed that the program's generators take.
  public var greatestSeed: UInt64 {
    switch self {
    case .pytorch: .max
    case .mxnet: UInt64(UInt32.max)
    }
  }

  /// The weights that a program draws before training, and what draws the orders of its epochs.
  struct Drawn {
    var demonstration: Embedding
    var v: Embedding
    var u: Embedding
    var orders: TabOrders
  }

  /// Draws the weights, first those of the demonstration `nn.Embedding(20, 4)`.
  ///
  /// - Parameters:
  ///   - vocabularySize: V.
  ///   - dimension: d.
  ///   - seed: Seeds PyTorch's stream, or NumPy's, which makes MXNet's orders.
  ///   - weightsSeed: Seeds MXNet's own stream.
  /// - Returns: The weights, and what draws the orders.
  func draw(vocabularySize: Int, dimension: Int, seed: UInt64, weightsSeed: UInt32) -> Drawn {
    switch self {
    case .pytorch:
      var torch = TorchGenerator(seed: seed)
      let demonstration = Embedding.normal(20, 4, using: &torch)
      let count = vocabularySize * dimension
      torch.skipNormal(count: count)  // what `nn.Embedding` draws for each table,
      torch.skipNormal(count: count)  // before Xavier's draws overwrite it
      let v = Embedding.xavierUniform(vocabularySize, dimension, using: &torch)
      let u = Embedding.xavierUniform(vocabularySize, dimension, using: &torch)
      return Drawn(demonstration: demonstration, v: v, u: u, orders: .torch(torch))
    case .mxnet:
      var mxnet = MXNetUniform(seed: weightsSeed)
      let demonstration = Embedding.uniform(20, 4, using: &mxnet)
      let v = Embedding.uniform(vocabularySize, dimension, using: &mxnet)
      let u = Embedding.uniform(vocabularySize, dimension, using: &mxnet)
      let numpy = NumPyRandom(seed: UInt32(truncatingIfNeeded: seed))
      return Drawn(demonstration: demonstration, v: v, u: u, orders: .numpy(numpy))
    }
  }
}

/// Draws the orders of a tab's epochs.
public enum TabOrders: EpochOrder {
  /// PyTorch's `DataLoader(shuffle=True)`.
  case torch(TorchGenerator)
  /// Gluon's, which shuffles by NumPy.
  case numpy(NumPyRandom)

  /// The order of the next epoch, a permutation of 0..<`count`.
  public mutating func order(ofEpoch epoch: Int, count: Int) -> [Int32] {
    switch self {
    case .torch(var generator):
      defer { self = .torch(generator) }
      return generator.epochOrder(of: count)
    case .numpy(var generator):
      defer { self = .numpy(generator) }
      return generator.permutation(of: count)
    }
  }
}
