import RandomStreams
import Testing

@Suite("Python's random")
struct PythonRandomTests {
  struct Stream: Decodable {
    let random: [Double]
    let uniform: [Double]
    let bits: [UInt32]
    let bounds: [Int]
    let below: [Int]
    let randint: [Int]
    let bits64: [UInt64]
    let afterwards: Double
  }

  @Test("gives its first numbers")
  func first() {
    var zero = PythonRandom(seed: 0)
    let expected = [0.8444218515250481, 0.7579544029403025, 0.420571580830845]
    #expect((0..<3).map { _ in zero.random() } == expected)
    var one = PythonRandom(seed: 1)
    #expect(one.random() == 0.13436424411240122)
  }

  @Test("draws what CPython draws, one stream through all its methods")
  func originals() throws {
    for seed in try fixture("python", as: [Fixture<Stream>].self) {
      var stream = PythonRandom(seed: seed.seed)
      let expected = seed.values
      #expect(expected.random.map { _ in stream.random() } == expected.random)
      #expect(expected.uniform.map { _ in stream.uniform(-2.5, 7) } == expected.uniform)
      #expect(expected.bits.indices.map { stream.randomBits($0) } == expected.bits)
      #expect(expected.bounds.map { stream.below($0) } == expected.below)
      #expect(expected.randint.map { _ in stream.integer(in: 1...5) } == expected.randint)
      #expect(expected.bits64.map { _ in stream.next() } == expected.bits64)
      #expect(stream.random() == expected.afterwards)
    }
  }

  @Test("stays below its bound and reaches every number", arguments: [1, 2, 5, 8, 10])
  func bounds(n: Int) {
    var stream = PythonRandom(seed: 11)
    let drawn = (0..<1000).map { _ in stream.below(n) }
    #expect(Set(drawn) == Set(0..<n))
  }

  @Test("draws from ranges that begin at the least integer")
  func leastInteger() {
    var stream = PythonRandom(seed: 1)
    #expect((Int.min...Int.min + 2).contains(stream.integer(in: Int.min...Int.min + 2)))
  }

  @Test("refuses what Python refuses")
  func refusals() async {
    await #expect(processExitsWith: .failure) {
      var stream = PythonRandom(seed: 0)
      _ = stream.below(0)
    }
    await #expect(processExitsWith: .failure) {
      var stream = PythonRandom(seed: 0)
      _ = stream.randomBits(33)
    }
    await #expect(processExitsWith: .failure) {
      var stream = PythonRandom(seed: 0)
      _ = stream.integer(in: 0...Int.max)
    }
    await #expect(processExitsWith: .failure) {
      var stream = PythonRandom(seed: 0)
      _ = stream.integer(in: Int.min...0)
    }
  }
}
