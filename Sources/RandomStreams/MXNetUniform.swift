import Files

/// MXNet's `Uniform(scale)` initialiser on a CPU after `mx.random.seed(seed)`.
///
/// MXNet seeds an MT19937 with 127 · seed mod 2³² and fills an array through the C++ library: one
/// word a number, as a fraction of 2³² in single precision, scaled to [−scale, scale]. The stream
/// goes on from array to array. A network that trains on a GPU is initialised on the CPU too.
///
/// With scale 0.07 and seed 0, which is also what MXNet takes where nobody has seeded it, the first
/// numbers are 0.006833896, 0.012998246, 0.030126505; with seed 1 they are 0.003336668,
/// -0.062298086, -0.06440519.
///
/// Source: MXNet 1.9.1, `src/resource.cc` (`kRandMagic`), `3rdparty/mshadow/mshadow/random.h`
/// (`Random<cpu>::SampleUniform`: `std::uniform_real_distribution<float>` over `std::mt19937`),
/// `src/operator/numpy/random/np_uniform_op.h` and `python/mxnet/initializer.py` (`Uniform`).
public struct MXNetUniform: Sendable {
  /// The source of words.
  private var words: MersenneTwister

  /// Creates the stream that follows `mx.random.seed(seed)`.
  ///
  /// - Parameter seed: MXNet's seed. It takes a C `int`: for a negative seed pass the bit pattern.
  public init(seed: UInt32) {
    words = MersenneTwister(seed: 127 &* seed)
  }

  /// Draws weights uniform on [−scale, scale].
  ///
  /// The upper end is reached: the 128 words nearest to 2³² round up to it, and MXNet's build of the
  /// C++ library does not take the number before 1 instead, as later ones do.
  ///
  /// - Parameters:
  ///   - count: How many, 0 or more.
  ///   - scale: 0 or more.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The weights, in row-major order.
  public mutating func uniform(
    count: Int, scale: Float, file: StaticString = #fileID, line: UInt = #line
  ) -> [Float] {
    require(
      count >= 0 && scale >= 0, "cannot draw \(count) numbers within ±\(scale)", file: file,
      line: line)
    let width = scale + scale
    return (0..<count).map { _ in Float(words.nextWord()) * 0x1p-32 * width - scale }
  }
}
