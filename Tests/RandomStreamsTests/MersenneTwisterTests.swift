import RandomStreams
import Testing

@Suite("Mersenne Twister")
struct MersenneTwisterTests {
  struct Words: Decodable {
    let positions: [Int]
    let bySeed: [UInt32]
    let byKey: [UInt32]
  }

  @Test("gives the words of the authors' test output")
  func publishedWords() {
    var keyed = MersenneTwister(key: [0x123, 0x234, 0x345, 0x456])
    #expect((0..<3).map { _ in keyed.nextWord() } == [1_067_595_299, 955_945_823, 477_289_528])
    var seeded = MersenneTwister(seed: 5489)
    #expect((0..<3).map { _ in seeded.nextWord() } == [3_499_211_612, 581_869_302, 3_890_346_734])
    // C++ asks of every library that the 10000th word of std::mt19937() be this one.
    var standard = MersenneTwister(seed: 5489)
    standard.skip(9999)
    #expect(standard.nextWord() == 4_123_659_995)
  }

  @Test("gives numpy's words by seed and CPython's by key, over several blocks")
  func originals() throws {
    for seed in try fixture("words", as: [Fixture<Words>].self) {
      var bySeed = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed.seed))
      let low = UInt32(truncatingIfNeeded: seed.seed)
      let high = UInt32(truncatingIfNeeded: seed.seed >> 32)
      var byKey = MersenneTwister(key: high == 0 ? [low] : [low, high])
      let seeded = (0..<2000).map { _ in bySeed.nextWord() }
      let keyed = (0..<2000).map { _ in byKey.nextWord() }
      #expect(seed.values.positions.map { seeded[$0] } == seed.values.bySeed)
      #expect(seed.values.positions.map { keyed[$0] } == seed.values.byKey)
    }
  }

  @Test("takes keys longer than its state")
  func longKey() {
    var a = MersenneTwister(key: (0..<1000).map { UInt32($0) })
    var b = MersenneTwister(key: (0..<1000).map { $0 == 999 ? 0 : UInt32($0) })
    #expect(a.nextWord() != b.nextWord())
  }

  @Test("skips as many words as it is told", arguments: [0, 1, 623, 624, 625, 1248, 5000])
  func skipping(count: Int) {
    var drawn = MersenneTwister(seed: 7)
    for _ in 0..<count { _ = drawn.nextWord() }
    var skipped = MersenneTwister(seed: 7)
    skipped.skip(count)
    #expect(skipped.nextWord() == drawn.nextWord())
    #expect(skipped.nextWord() == drawn.nextWord())
  }

  @Test("gives two words as one, the first on top, and serves the standard library")
  func pairs() {
    var generator = MersenneTwister(seed: 5489)
    var parallel = generator
    let pair: UInt64 = 3_499_211_612 << 32 | 581_869_302
    #expect(generator.next() == pair)
    #expect(Int.random(in: 0..<1000, using: &generator) < 1000)
    parallel.skip(4)
    #expect(generator.nextWord() == parallel.nextWord())
  }

  @Test("is a value: a copy goes on alone")
  func copies() {
    var original = MersenneTwister(seed: 3)
    _ = original.nextWord()
    var copy = original
    let expected = (0..<1000).map { _ in original.nextWord() }
    #expect((0..<1000).map { _ in copy.nextWord() } == expected)
  }

  @Test("refuses an empty key")
  func emptyKey() async {
    await #expect(processExitsWith: .failure) { _ = MersenneTwister(key: []) }
  }
}
