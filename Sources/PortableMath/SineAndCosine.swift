/// sin x and cos x for |x| ≤ 2π: the same bits on every machine, within 0.8 ulp as measured.
///
/// The nearest multiple of π/2 is taken away in three pieces, 119 bits in all, and the remainder
/// kept as a sum of two numbers, so that the results are as good beside the zeros of the functions
/// as elsewhere. Then come the Taylor polynomials of degree 17 and 18, off by less than 2⁻⁵⁸.
///
/// - Precondition: |x| ≤ 2π, or x is NaN, which gives NaN.
///
/// Source: W. J. Cody, W. Waite, "Software Manual for the Elementary Functions", 1980, chapter 8;
/// the sums of the polynomials are those of fdlibm's `k_sin.c` and `k_cos.c` (Sun Microsystems,
/// 1993).
public func sineAndCosine(_ x: Double) -> (sine: Double, cosine: Double) {
  guard !x.isNaN else { return (x, x) }
  precondition(abs(x) <= 2 * Double.pi, "the angle \(x) is beyond a turn")
  let quarter = Int(x * 0x1.45f306dc9c883p-1 + (x < 0 ? -0.5 : 0.5))
  let k = Double(quarter)
  // π/2 in pieces of 33, 33 and 53 bits: the products with k ≤ 4 and the first difference are exact.
  let first = x - k * 0x1.921fb544p0
  let piece = k * 0x1.0b4611a6p-34
  let second = first - piece
  let lost = (first - second) - piece
  let third = k * 0x1.3198a2e037073p-69
  let r = second - (third - lost)
  let tail = (second - r) - (third - lost)

  let (sine, cosine) = (sine(r, tail), cosine(r, tail))
  switch quarter & 3 {
  case 0: return (sine, cosine)
  case 1: return (cosine, -sine)
  case 2: return (-sine, -cosine)
  default: return (-cosine, sine)
  }
}

/// sin(r + tail) for |r| ≤ π/4 and a tail below an ulp of r.
private func sine(_ r: Double, _ tail: Double) -> Double {
  let z = r * r
  var rest = 1.0 / 355_687_428_096_000  // 1/17!
  rest = rest * z - 1.0 / 1_307_674_368_000
  rest = rest * z + 1.0 / 6_227_020_800
  rest = rest * z - 1.0 / 39_916_800
  rest = rest * z + 1.0 / 362_880
  rest = rest * z - 1.0 / 5_040
  rest = rest * z + 1.0 / 120
  let cube = z * r
  return r - ((z * (0.5 * tail - cube * rest) - tail) + cube * (1.0 / 6))
}

/// cos(r + tail) for |r| ≤ π/4 and a tail below an ulp of r.
private func cosine(_ r: Double, _ tail: Double) -> Double {
  let z = r * r
  var rest = -1.0 / 6_402_373_705_728_000  // 1/18!
  rest = rest * z + 1.0 / 20_922_789_888_000
  rest = rest * z - 1.0 / 87_178_291_200
  rest = rest * z + 1.0 / 479_001_600
  rest = rest * z - 1.0 / 3_628_800
  rest = rest * z + 1.0 / 40_320
  rest = rest * z - 1.0 / 720
  rest = rest * z + 1.0 / 24
  let half = 0.5 * z
  let sum = 1 - half
  return sum + (((1 - sum) - half) + (z * z * rest - r * tail))
}
