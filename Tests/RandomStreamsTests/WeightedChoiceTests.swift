import RandomStreams
import Testing

/// `random.choices` as Python writes it: running sums, a product, a bisection.
private struct PlainChoice {
  let sums: [Double]
  let total: Double

  init(weights: [Double]) {
    var sums: [Double] = []
    for weight in weights { sums.append((sums.last ?? 0) + weight) }
    self.sums = sums
    total = sums[sums.count - 1] + 0.0
  }

  func index(for u: Double) -> Int {
    let target = u * total
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if target < sums[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

@Suite("Weighted choice")
struct WeightedChoiceTests {
  struct Case: Decodable {
    let n: Int
    let m: Int
    let draws: [Int32]
  }

  /// Shapes that strain the guide table, by name.
  static let shapes: [(name: String, weights: [Double])] = [
    ("one", [3]),
    ("one of two", [0, 1]),
    ("the first only", [1, 0, 0, 0]),
    ("like words", (0..<6718).map { 1 / Double($0 + 10) }),
    ("rising", (0..<3000).map { Double($0) }),
    ("zeros between", (0..<2000).map { $0 % 7 == 3 ? 0.1 : 0 }),
    ("crowded at the start", [Double](repeating: 1e-9, count: 50_000) + [1]),
    ("crowded at the end", [1] + [Double](repeating: 1e-9, count: 50_000)),
    ("lost in rounding", [1] + [Double](repeating: 1e-17, count: 5000)),
    ("halving", (0..<1100).map { Double(sign: .plus, exponent: -$0, significand: 1) }),
    ("tiny", [Double](repeating: .leastNonzeroMagnitude, count: 17)),
    ("huge", [Double](repeating: 1e305, count: 170)),
  ]

  @Test("draws what random.choices draws")
  func originals() throws {
    for seed in try fixture("choices", as: [Fixture<[Case]>].self) {
      var stream = PythonRandom(seed: seed.seed)
      for expected in seed.values {
        let weights = (0..<expected.n).map { 1 / Double($0 % expected.m + 1) }
        let choice = WeightedChoice(weights: weights)
        #expect(choice.draws(expected.draws.count, using: &stream) == expected.draws)
      }
    }
  }

  @Test("equals plain bisection at the edges of buckets and of weights", arguments: shapes)
  func edges(name: String, weights: [Double]) {
    let choice = WeightedChoice(weights: weights)
    let plain = PlainChoice(weights: weights)
    #expect(choice.total == plain.total)
    var numbers = stride(from: 0, to: 1, by: 0x1p-14).map { $0 }
    numbers += (1...53).map { 1 - Double(sign: .plus, exponent: -$0, significand: 1) }
    for i in Swift.stride(from: 0, to: weights.count, by: max(1, weights.count / 5000)) {
      numbers.append(plain.sums[i] / plain.total)
    }
    for number in numbers {
      for u in [number.nextDown.nextDown, number.nextDown, number, number.nextUp]
      where u >= 0 && u < 1 {
        #expect(choice.index(for: u) == plain.index(for: u), "\(name), u = \(u)")
      }
    }
  }

  @Test("equals plain bisection in millions of draws")
  func millions() {
    let weights = (0..<6718).map { 1 / Double($0 + 10) }
    let choice = WeightedChoice(weights: weights)
    let plain = PlainChoice(weights: weights)
    var stream = PythonRandom(seed: 99)
    var parallel = stream
    var wrong = 0
    for i in choice.draws(3_000_000, using: &stream) {
      // Bisection's answer is the only index whose bounds enclose the target.
      let target = parallel.random() * plain.total
      let above = i == 0 || plain.sums[Int(i) - 1] <= target
      let below = i == 6717 || target < plain.sums[Int(i)]
      if !above || !below { wrong += 1 }
    }
    #expect(wrong == 0)
    #expect(stream.random() == parallel.random())
  }

  @Test("draws the same one at a time and by the block")
  func blocks() {
    let choice = WeightedChoice(weights: [1, 2, 3, 4])
    var one = PythonRandom(seed: 8)
    var many = PythonRandom(seed: 8)
    let block = [Int32](unsafeUninitializedCapacity: 500) { buffer, initialized in
      choice.fill(UnsafeMutableBufferPointer(rebasing: buffer[..<500]), using: &many)
      initialized = 500
    }
    #expect(block == (0..<500).map { _ in Int32(choice.draw(using: &one)) })
    #expect(choice.draws(0, using: &many).isEmpty)
    #expect(one.random() == many.random())
  }

  @Test("refuses weights that Python refuses")
  func refusals() async {
    await #expect(processExitsWith: .failure) { _ = WeightedChoice(weights: []) }
    await #expect(processExitsWith: .failure) { _ = WeightedChoice(weights: [0, 0]) }
    await #expect(processExitsWith: .failure) { _ = WeightedChoice(weights: [1, .infinity]) }
    await #expect(processExitsWith: .failure) { _ = WeightedChoice(weights: [2, -1]) }
    await #expect(processExitsWith: .failure) {
      _ = WeightedChoice(weights: [1]).index(for: 1)
    }
  }
}
