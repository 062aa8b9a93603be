import CSIMD
import Testing

@testable import Word2Vec

@Suite("SIMD helpers")
struct SIMDTests {
  private let rising = Lanes((0..<16).map { Float($0) })
  private let mixed = Lanes((0..<16).map { Float($0 * 7 % 16) - 8 })

  @Test("square roots, larger and smaller lanes")
  func lanes() {
    #expect(simd_square_root(rising) == rising.squareRoot())
    for lane in 0..<16 {
      #expect(simd_maximum(rising, mixed)[lane] == max(rising[lane], mixed[lane]))
      #expect(simd_minimum(rising, mixed)[lane] == min(rising[lane], mixed[lane]))
    }
    for place in 0..<16 {
      var one = rising
      one[place] = -3
      #expect(simd_smallest(one) == -3)
    }
  }

  @Test("choices by sign: zero, of either sign, is not negative")
  func signs() {
    let chosen = simd_where_negative(mixed, rising, -rising)
    for lane in 0..<16 { #expect(chosen[lane] == (mixed[lane] < 0 ? rising : -rising)[lane]) }
    #expect(simd_where_negative(Lanes(repeating: -0.0), rising, mixed) == mixed)
    let numbers = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, -3)
    for y in -5...17 as ClosedRange<Int32> {
      #expect(simd_any_equal(numbers, y) == (0..<16).contains { numbers[$0] == y })
    }
  }

  @Test("scales by powers of two, and turns whole numbers into Floats")
  func numbers() {
    let x = Lanes((0..<16).map { 1 + Float($0) / 16 })
    for n in [-100, -1, 0, 1, 100] as [Float] {
      let scaled = simd_scale(x, Lanes(repeating: n))
      for lane in 0..<16 {
        #expect(scaled[lane] == Float(sign: .plus, exponent: Int(n), significand: x[lane]))
      }
    }
    #expect(simd_to_float(SIMD16<Int32>((0..<16).map { Int32($0) })) == rising)
  }

  @Test("halves, and their sum")
  func halves() {
    let (low, high) = (
      HalfLanes((0..<8).map { rising[$0] }), HalfLanes((8..<16).map { rising[$0] })
    )
    #expect(simd_low_half(rising) == low)
    #expect(simd_fold(rising) == low + high)
    #expect(simd_join(low, high) == rising)
  }

  @Test("sums neighbours of one vector, then of the other")
  func pairs() {
    let (a, b) = (simd_low_half(rising), simd_low_half(mixed))
    let sums = simd_pairwise_sum(a, b)
    for lane in 0..<4 {
      #expect(sums[lane] == a[2 * lane] + a[2 * lane + 1])
      #expect(sums[lane + 4] == b[2 * lane] + b[2 * lane + 1])
    }
  }
}
