import RandomStreams
import Testing

@Suite("Philox4x32-10")
struct PhiloxTests {
  @Test("gives Random123's known answers")
  func knownAnswers() {
    let zero = Philox.block(counter: .zero, key: .zero)
    #expect(zero == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = Philox.block(counter: .init(repeating: .max), key: .init(repeating: .max))
    #expect(ones == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    let pi = Philox.block(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: SIMD2(0xa409_3822, 0x299f_31d0))
    #expect(pi == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test("hands out its blocks word by word, in the counter's order")
  func order() {
    var stream = Philox(key: 0xa409_3822_299f_31d0, counter: (low: .max, high: 7))
    var expected: [UInt32] = []
    // The counter carries from its lower half into the upper one.
    for counter in [SIMD4<UInt32>(.max, .max, 7, 0), SIMD4(0, 0, 8, 0)] {
      let block = Philox.block(counter: counter, key: SIMD2(0x299f_31d0, 0xa409_3822))
      expected += block.indices.map { block[$0] }
    }
    #expect((0..<8).map { _ in stream.nextWord() } == expected)
  }

  @Test("starts a stream anywhere")
  func places() {
    var whole = Philox(key: 1, counter: (low: 0, high: 42))
    for _ in 0..<400 { _ = whole.nextWord() }
    var later = Philox(key: 1, counter: (low: 100, high: 42))
    #expect(later.next() == UInt64(whole.nextWord()) | UInt64(whole.nextWord()) << 32)
    #expect(later.random() == Double(whole.next() >> 11) * 0x1p-53)
  }

  @Test("serves the standard library, two words a number")
  func standardLibrary() {
    var stream = Philox(key: 1)
    var later = Philox(key: 1, counter: (low: 5, high: 0))
    for _ in 0..<10 { _ = Bool.random(using: &stream) }
    #expect(stream.nextWord() == later.nextWord())
  }

  @Test("draws every number below a bound equally often", arguments: [1, 5, 6, 1000])
  func bounds(n: Int) {
    var counts = [Int](repeating: 0, count: n)
    for example in 0..<20_000 {
      var stream = Philox(key: 3, counter: (low: 0, high: UInt64(example)))
      counts[stream.below(n)] += 1
    }
    let mean = 20_000 / Double(n)
    let statistic = counts.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) / mean }
    // Chi-squared with n − 1 degrees of freedom: five deviations above its mean.
    #expect(statistic <= Double(n - 1) + 5 * (2 * Double(n)).squareRoot())
  }

  @Test("draws without bias where the bound does not divide 2³²")
  func residues() {
    // Scaling alone would give every third number twice as often as the others.
    var stream = Philox(key: 4)
    var counts = [0, 0, 0]
    for _ in 0..<30_000 { counts[stream.below(3 << 30) % 3] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
  }
}
