/// eˣ: the same bits on every machine, within 0.7 ulp as measured.
///
/// With k the integer nearest to x / ln 2 and r = x − k ln 2, eˣ = 2ᵏ eʳ, and eʳ is its Taylor
/// polynomial of degree 13, which is off by less than 2⁻⁵⁷ of eʳ. ln 2 is taken in two pieces, the
/// first so short that its product with k is exact, and the sum 1 + r keeps its rounding error.
///
/// Overflow gives ∞, underflow a subnormal number (within 0.8 ulp) or 0, and NaN gives NaN.
///
/// Source: W. J. Cody, W. Waite, "Software Manual for the Elementary Functions", 1980, chapter 6;
/// the pieces of ln 2 are those of fdlibm.
public func exponential(_ x: Double) -> Double {
  guard abs(x) < 800 else { return x.isNaN ? x : x < 0 ? 0 : .infinity }
  let k = Int(x * 0x1.71547652b82fep0 + (x < 0 ? -0.5 : 0.5))
  let high = x - Double(k) * Ln2.high
  let low = Double(k) * Ln2.low
  let r = high - low

  var polynomial = 1.0 / 6_227_020_800  // 1/13!
  polynomial = polynomial * r + 1.0 / 479_001_600
  polynomial = polynomial * r + 1.0 / 39_916_800
  polynomial = polynomial * r + 1.0 / 3_628_800
  polynomial = polynomial * r + 1.0 / 362_880
  polynomial = polynomial * r + 1.0 / 40_320
  polynomial = polynomial * r + 1.0 / 5_040
  polynomial = polynomial * r + 1.0 / 720
  polynomial = polynomial * r + 1.0 / 120
  polynomial = polynomial * r + 1.0 / 24
  polynomial = polynomial * r + 1.0 / 6
  polynomial = polynomial * r + 0.5

  let sum = 1 + high
  let lost = high - (sum - 1)
  let result = sum + (lost + (polynomial * (r * r) - low))
  // Two factors, as 2ᵏ alone may be out of range; only the second can round.
  return result * powerOfTwo(k / 2) * powerOfTwo(k - k / 2)
}

/// eˣ in `Float`: ``exponential(_:)-(Double)`` of x, rounded.
public func exponential(_ x: Float) -> Float { Float(exponential(Double(x))) }

/// 2ᵏ for −1022 ≤ k ≤ 1023.
private func powerOfTwo(_ k: Int) -> Double { Double(bitPattern: UInt64(1023 + k) << 52) }

/// ln 2 = high + low; the last 21 bits of `high` are 0.
enum Ln2 {
  static let high = 0x1.62e42feep-1
  static let low = 0x1.a39ef35793c76p-33
}
