import PortableMath
import Testing

@Suite("The power of an integer exponent")
struct PowerTests {
  @Test("is exact where the powers are, and 1 for the exponent 0")
  func exact() {
    #expect((0...40).map { power(3, $0) }.last { $0 < 0x1p53 } == 5_559_060_566_555_523)
    #expect(power(-2, 63) == -0x1p63)
    #expect(power(0.5, 1074) == .leastNonzeroMagnitude)
    #expect(power(0, 0) == 1)
    #expect(power(.nan, 0) == 1)
    #expect(power(0.999, 1_000_000_000) == 0)
  }

  @Test("multiplies as its exponents add, to some ulps")
  func products() {
    for n in [1, 2, 3, 10, 999, 5000] {
      let (one, other) = (power(0.999, n), power(0.999, n + 1))
      #expect(abs(one * 0.999 - other) <= 0x1p-50 * other)
    }
  }
}
