import RandomStreams

extension Embedding {
  /// Makes an embedding as PyTorch's `nn.Embedding(count, dimension)` does: normal, mean 0, variance 1.
  ///
  /// - Returns: An embedding with the weight shape (`count`, `dimension`).
  public static func normal(
    _ count: Int, _ dimension: Int, using generator: inout TorchGenerator
  ) -> Embedding {
    Embedding(
      weight: Tensor(shape: [count, dimension], values: generator.normal(count: count * dimension)))
  }

  /// Overwrites the weights with draws from (−a, a), a = √(6 / (V + d)).
  ///
  /// - Source: Glorot and Bengio 2010, equation 16; `torch.nn.init.xavier_uniform_`.
  public mutating func initializeXavierUniform(using generator: inout TorchGenerator) {
    let deviation = (2 / Double(tokenCount + dimension)).squareRoot()
    let bound = Float(3.0.squareRoot() * deviation)
    weight = Tensor(
      shape: weight.shape,
      values: generator.uniform(count: tokenCount * dimension, from: -bound, to: bound))
  }
}
