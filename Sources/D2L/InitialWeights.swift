import RandomStreams
import Word2Vec

extension Embedding {
  /// Makes an embedding as PyTorch's `nn.Embedding(count, dimension)` does, of normal draws.
  ///
  /// - Returns: An embedding with the weight shape (`count`, `dimension`).
  public static func normal(
    _ count: Int, _ dimension: Int, using generator: inout TorchGenerator
  ) -> Embedding {
    Embedding(
      weight: Tensor(shape: [count, dimension], values: generator.normal(count: count * dimension)))
  }

  /// Makes an embedding of draws from (−a, a), a = √(6 / (`count` + `dimension`)).
  ///
  /// - Returns: An embedding with the weight shape (`count`, `dimension`).
  /// - Source: Glorot and Bengio 2010, equation 16; `torch.nn.init.xavier_uniform_`.
  public static func xavierUniform(
    _ count: Int, _ dimension: Int, using generator: inout TorchGenerator
  ) -> Embedding {
    let deviation = (2 / Double(count + dimension)).squareRoot()
    let bound = Float(3.0.squareRoot() * deviation)
    let values = generator.uniform(count: count * dimension, from: -bound, to: bound)
    return Embedding(weight: Tensor(shape: [count, dimension], values: values))
  }

  /// Makes an embedding as MXNet's `nn.Embedding(count, dimension)` does, of draws from ±0.07.
  ///
  /// - Returns: An embedding with the weight shape (`count`, `dimension`).
  public static func uniform(
    _ count: Int, _ dimension: Int, using generator: inout MXNetUniform
  ) -> Embedding {
    let values = generator.uniform(count: count * dimension, scale: 0.07)
    return Embedding(weight: Tensor(shape: [count, dimension], values: values))
  }
}
