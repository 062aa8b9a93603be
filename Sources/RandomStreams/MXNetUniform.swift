/// MXNet's `Uniform(scale)` initialiser on a CPU after `mx.random.seed(seed)`.
///
/// MXNet fills a CPU array through the C++ library: one MT19937 word per number, as a fraction of
/// 2³² in single precision, scaled to [−scale, scale). With seed 0 and scale 0.07 the first numbers
/// are 0.006833896, 0.012998246, 0.030126505, 0.04819721, and the second row of four is the one
/// the chapter prints for the index 1: 0.01438687, 0.05011239, 0.00628365, 0.04861524.
///
/// Source: MXNet 1.x, `include/mxnet/random_generator.h` (`RandGenerator<cpu, float>::uniform`,
/// `std::mt19937` under `std::uniform_real_distribution<float>`) and
/// `python/mxnet/initializer.py` (`Uniform`).
public struct MXNetUniform: Sendable {
  /// The source of words.
  private var words: MersenneTwister

  /// Creates the stream that follows a seed; MXNet's own default is 0.
  public init(seed: UInt32) {
    words = MersenneTwister(seed: seed)
  }

  /// Returns `count` weights, uniform on [−scale, scale), in row-major order.
  ///
  /// - Precondition: scale ≥ 0.
  public mutating func uniform(count: Int, scale: Float) -> [Float] {
    precondition(count >= 0 && scale >= 0, "no \(count) numbers within ±\(scale)")
    let width = scale + scale
    return (0..<count).map { _ in
      // A word near 2³² rounds up to it; the C++ library then takes the number before 1.
      let fraction = min(Float(words.next()) * 0x1p-32, (1 as Float).nextDown)
      return fraction * width - scale
    }
  }
}
