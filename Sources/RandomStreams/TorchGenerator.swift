import Files

/// PyTorch's CPU generator after `torch.manual_seed(seed)`, number for number.
///
/// The word generator is MT19937, seeded with the low 32 bits of the seed. A tensor is filled in
/// memory order, whatever its shape, so the functions here take a count. After seed 0 the first
/// words are 2357136044, 2546248239, 3071714933; `torch.rand(2)` is 0.4962566, 0.7682218 and
/// `torch.randn(20, 4)` begins with -1.1258398, -1.1523602, -0.25057858.
///
/// Source: PyTorch 2.13, `ATen/CPUGeneratorImpl.cpp`, `ATen/core/TransformationHelper.h`,
/// `ATen/core/DistributionsHelper.h`, `ATen/native/cpu/DistributionTemplates.h`,
/// `ATen/native/TensorFactories.cpp` (`randperm_cpu`).
public struct TorchGenerator: RandomNumberGenerator, Sendable {
  /// The source of words.
  private var words: MersenneTwister

  /// The second number of the last Box–Muller pair, where nobody has taken it yet.
  private var nextNormal: Double?

  /// Creates the generator that follows `torch.manual_seed(seed)`.
  ///
  /// - Parameter seed: Any seed; the engine uses its low 32 bits. For a negative seed pass the bit
  ///   pattern, as PyTorch does.
  public init(seed: UInt64) {
    words = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
    nextNormal = nil
  }

  /// Draws the next word (`CPUGeneratorImpl::random`).
  ///
  /// - Returns: A number uniform on 0 … 2³² − 1.
  public mutating func nextWord() -> UInt32 {
    words.nextWord()
  }

  /// Draws two words as one, the first of them on top (`CPUGeneratorImpl::random64`).
  ///
  /// - Returns: A number uniform on 0 … 2⁶⁴ − 1.
  public mutating func next() -> UInt64 {
    words.next()
  }

  /// Draws an integer (`torch.empty((), dtype=torch.int64).random_()`).
  ///
  /// - Returns: A number uniform on 0 … 2⁶³ − 1.
  public mutating func randomInt64() -> Int64 {
    Int64(words.next() & (1 << 63 - 1))
  }

  // MARK: Floats

  /// Draws numbers uniform on [from, to), in steps of 24 bits (`tensor.uniform_(from, to)`).
  ///
  /// One word each, of which the low 24 bits count. The scaling is one fused multiply and add, as
  /// in PyTorch's builds for AVX2 and later.
  ///
  /// - Parameters:
  ///   - count: How many, 0 or more.
  ///   - from: The lower end.
  ///   - to: The upper end, not below `from`.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The numbers, in the order of the tensor's memory.
  public mutating func uniform(
    count: Int, from: Float, to: Float, file: StaticString = #fileID, line: UInt = #line
  ) -> [Float] {
    require(
      count >= 0 && from <= to, "cannot draw \(count) numbers on [\(from), \(to))", file: file,
      line: line)
    let width = to - from
    return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      for i in 0..<count {
        buffer.initializeElement(at: i, to: from.addingProduct(unitFloat(), width))
      }
      initialized = count
    }
  }

  /// Draws numbers with mean 0 and standard deviation 1 (`tensor.normal_()`, `torch.randn`).
  ///
  /// PyTorch has two ways, and so has this function: below 16 numbers, pairs in double precision,
  /// the second number of a pair being kept for the next call; from 16 on, blocks of 16 in single
  /// precision. They draw different words.
  ///
  /// - Parameters:
  ///   - count: How many, 0 or more.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The numbers, in the order of the tensor's memory.
  public mutating func normal(
    count: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> [Float] {
    require(count >= 0, "cannot draw \(count) numbers", file: file, line: line)
    guard count >= 16 else { return (0..<count).map { _ in Float(normalDouble()) } }
    var values = (0..<count).map { _ in unitFloat() }
    for start in stride(from: 0, through: count - 16, by: 16) {
      BoxMuller.transformBlock(&values, at: start)
    }
    if count % 16 != 0 {
      // The last 16 are drawn anew, those among them that were already made included.
      for i in (count - 16)..<count { values[i] = unitFloat() }
      BoxMuller.transformBlock(&values, at: count - 16)
    }
    return values
  }

  /// Moves the generator as `normal(count:)` would, without making the numbers.
  ///
  /// `nn.Embedding` fills its table with normals; where another initialiser overwrites them, only
  /// the words that they take matter.
  ///
  /// - Parameters:
  ///   - count: How many, 0 or more.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  public mutating func skipNormal(
    count: Int, file: StaticString = #fileID, line: UInt = #line
  ) {
    require(count >= 0, "cannot skip \(count) numbers", file: file, line: line)
    if count < 16 {
      _ = normal(count: count)
    } else {
      words.skip(count % 16 == 0 ? count : count + 16)
    }
  }

  /// A multiple of 2⁻²⁴, uniform on [0, 1).
  @inline(__always)
  private mutating func unitFloat() -> Float {
    Float(words.nextWord() & 0xff_ffff) * 0x1p-24
  }

  /// A multiple of 2⁻⁵³, uniform on [0, 1).
  private mutating func unitDouble() -> Double {
    Double(words.next() & (1 << 53 - 1)) * 0x1p-53
  }

  /// One number of a Box–Muller pair in double precision (`at::normal_distribution<double>`).
  private mutating func normalDouble() -> Double {
    if let kept = nextNormal {
      nextNormal = nil
      return kept
    }
    let angle = unitDouble()
    let length = unitDouble()
    let pair = BoxMuller.pair(angle: angle, length: length)
    nextNormal = pair.second
    return pair.first
  }

  // MARK: Orders

  /// The number of elements from which on `torch.randperm` shuffles in another way.
  private static let longRange = Int(UInt32.max / 20)

  /// Draws an order of 0 ..< n (`torch.randperm(n)`).
  ///
  /// PyTorch has two ways, and so has this function: below (2³² − 1) / 20 elements one word each,
  /// the remainder of which is biased by less than one part in twenty; from there on 64 bits each.
  ///
  /// - Parameters:
  ///   - n: 0 … 2³¹ − 1.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The order.
  /// - Complexity: O(n).
  public mutating func permutation(
    of n: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> [Int32] {
    require(
      n >= 0 && n <= Int(Int32.max),
      "cannot permute \(n) elements: an order holds 0 to \(Int32.max)", file: file, line: line)
    return n < Self.longRange ? shortPermutation(of: n) : longPermutation(of: n)
  }

  /// Draws an order of 0 ..< n, each place swapped with one of those from it on.
  private mutating func shortPermutation(of n: Int) -> [Int32] {
    var order = Array(0..<Int32(n))
    order.withUnsafeMutableBufferPointer { order in
      for i in 0..<max(0, n - 1) {
        order.swapAt(i, i + Int(words.nextWord() % UInt32(truncatingIfNeeded: n - i)))
      }
    }
    return order
  }

  /// Draws an order of 0 ..< n "inside out": i takes the place of one of those up to it, which moves
  /// to the end.
  package mutating func longPermutation(of n: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: n) { buffer, initialized in
      for i in 0..<n {
        let other = Int(truncatingIfNeeded: words.next() % UInt64(truncatingIfNeeded: i + 1))
        let i32 = Int32(truncatingIfNeeded: i)
        buffer.initializeElement(at: i, to: other == i ? i32 : buffer[other])
        buffer[other] = i32
      }
      initialized = n
    }
  }

  /// Draws the order of an epoch over `DataLoader(dataset, shuffle=True)` without workers.
  ///
  /// The default generator, this one, gives two 64-bit numbers at an epoch's start: first the base
  /// seed that workers would get (`_BaseDataLoaderIter`), then the seed of the sampler
  /// (`RandomSampler.__iter__`), whose own generator permutes.
  ///
  /// Source: PyTorch 2.13, `torch/utils/data/dataloader.py` and `sampler.py`.
  ///
  /// - Parameters:
  ///   - n: The number of examples, 0 … 2³¹ − 1.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The examples' indices, in the order in which the epoch takes them.
  public mutating func epochOrder(
    of n: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> [Int32] {
    _ = randomInt64()
    var sampler = TorchGenerator(seed: UInt64(randomInt64()))
    return sampler.permutation(of: n, file: file, line: line)
  }
}
