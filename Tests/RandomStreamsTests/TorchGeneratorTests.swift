import Files
import Foundation
import RandomStreams
import Testing

@Suite("PyTorch's generator")
struct TorchGeneratorTests {
  struct Orders: Decodable {
    let permutations: [[Int32]]
    let integers: [Int64]
    let epochs: [[Int32]]
  }

  struct Trace: Decodable {
    let seed: UInt64
    let examples: Int
    let vocabulary: Int
    let demonstration: [Float]
    let centers: String
    let contexts: String
    let epochs: [String]
  }

  @Test("gives its first words and numbers")
  func first() {
    var words = TorchGenerator(seed: 0)
    #expect((0..<3).map { _ in words.nextWord() } == [2_357_136_044, 2_546_248_239, 3_071_714_933])
    var uniform = TorchGenerator(seed: 0)
    #expect(uniform.uniform(count: 2, from: 0, to: 1) == [0.4962566, 0.7682218])
    var normal = TorchGenerator(seed: 0)
    #expect(normal.normal(count: 80).prefix(3) == [-1.1258398, -1.1523602, -0.25057858])
  }

  @Test("fills tensors with PyTorch's uniform numbers, bit for bit")
  func uniform() throws {
    for seed in try fixture("torch-uniform", as: [Fixture<[[Float]]>].self) {
      var generator = TorchGenerator(seed: seed.seed)
      for expected in seed.values {
        #expect(generator.uniform(count: expected.count, from: -0.25, to: 0.75) == expected)
      }
    }
  }

  @Test("fills tensors with PyTorch's normal numbers, bit for bit, in both ways")
  func normal() throws {
    for seed in try fixture("torch-normal", as: [Fixture<[[Float]]>].self) {
      var generator = TorchGenerator(seed: seed.seed)
      for expected in seed.values {
        #expect(generator.normal(count: expected.count) == expected)
      }
    }
  }

  @Test("skips what the normal numbers would take", arguments: [1, 2, 3, 15, 16, 17, 80, 100])
  func skipping(count: Int) {
    var drawn = TorchGenerator(seed: 5)
    _ = drawn.normal(count: count)
    var skipped = TorchGenerator(seed: 5)
    skipped.skipNormal(count: count)
    #expect(skipped.normal(count: 1) == drawn.normal(count: 1))
    #expect(skipped.next() == drawn.next())
  }

  @Test("permutes, draws seeds and orders epochs as PyTorch does")
  func orders() throws {
    for seed in try fixture("torch-orders", as: [Fixture<Orders>].self) {
      var generator = TorchGenerator(seed: seed.seed)
      for expected in seed.values.permutations {
        #expect(generator.permutation(of: expected.count) == expected)
      }
      for expected in seed.values.integers { #expect(generator.randomInt64() == expected) }
      for expected in seed.values.epochs {
        #expect(generator.epochOrder(of: expected.count) == expected)
      }
    }
  }

  @Test("repeats whole training runs: the weights at the start, the order of every epoch")
  func traces() throws {
    for trace in try fixture("traces", as: [Trace].self) {
      var generator = TorchGenerator(seed: trace.seed)
      #expect(generator.normal(count: 80) == trace.demonstration)
      let (rows, width) = (trace.vocabulary, 100)
      generator.skipNormal(count: rows * width)
      generator.skipNormal(count: rows * width)
      let bound = Float(3.0.squareRoot() * (2 / Double(rows + width)).squareRoot())
      let centers = generator.uniform(count: rows * width, from: -bound, to: bound)
      #expect(SHA256.hexDigest(of: centers) == trace.centers)
      let contexts = generator.uniform(count: rows * width, from: -bound, to: bound)
      #expect(SHA256.hexDigest(of: contexts) == trace.contexts)
      for epoch in trace.epochs {
        #expect(SHA256.hexDigest(of: generator.epochOrder(of: trace.examples)) == epoch)
      }
    }
  }

  @Test("permutes long ranges as PyTorch does")
  func longOrders() throws {
    for seed in try fixture("torch-long-orders", as: [Fixture<[[Int32]]>].self) {
      var generator = TorchGenerator(seed: seed.seed)
      for expected in seed.values {
        #expect(generator.longPermutation(of: expected.count) == expected)
      }
    }
  }

  @Test(
    "takes the longer way where PyTorch does",
    .enabled(if: ProcessInfo.processInfo.environment["WORD2VEC_LONG_TESTS"] != nil))
  func longestOrders() {
    // `make_fixtures.py --long` prints these of the shortest such range; the test takes 2 GB.
    var generator = TorchGenerator(seed: 0)
    let order = generator.permutation(of: 214_748_364)
    #expect(order.suffix(4) == [60_523_199, 10_659_741, 142_775_043, 79_202_631])
    let digest = "15c7fb42c24e26fc1d539e13ac2453677d5628cb4d97b70aaaea7d7194144d94"
    #expect(SHA256.hexDigest(of: order) == digest)
    // With one element fewer, the first draw settles the first place.
    var (shorter, words) = (TorchGenerator(seed: 0), TorchGenerator(seed: 0))
    #expect(shorter.permutation(of: 214_748_363).first == Int32(words.nextWord() % 214_748_363))
  }

  @Test("refuses orders that Int32 cannot hold")
  func refusals() async {
    await #expect(processExitsWith: .failure) {
      var generator = TorchGenerator(seed: 0)
      _ = generator.permutation(of: Int(Int32.max) + 1)
    }
    await #expect(processExitsWith: .failure) {
      var generator = TorchGenerator(seed: 0)
      _ = generator.epochOrder(of: -1)
    }
  }
}
