/// ln x: the same bits on every machine, within 0.9 ulp as measured.
///
/// 0 gives −∞, a negative number NaN, ∞ gives ∞ and NaN gives NaN.
///
/// Source: fdlibm's `e_log.c` (K. C. Ng, Sun Microsystems, 1993), with the series of artanh itself
/// for its polynomial.
public func logarithm(_ x: Double) -> Double {
  guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x < 0 ? .nan : x }
  return logarithm(scaled: x, correction: 0)
}

/// ln(1 + x): the same bits on every machine, within 0.9 ulp as measured, also where 1 + x rounds.
///
/// −1 gives −∞, less gives NaN, ∞ gives ∞, NaN gives NaN, and −0 gives −0.
///
/// Source: fdlibm's `s_log1p.c` (K. C. Ng, Sun Microsystems, 1993), with the series of artanh
/// itself for its polynomial.
public func logOnePlus(_ x: Double) -> Double {
  guard x > -1, x < .infinity else { return x == -1 ? -.infinity : x < -1 ? .nan : x }
  guard abs(x) >= 0x1p-54 else { return x }
  if x > -0.29289321881345254, x < 0.41421356237309503 {
    return logarithm(ofOnePlus: x, exponent: 0, correction: 0)
  }
  let sum = 1 + x
  let lost = x < 1 ? x - (sum - 1) : 1 - (sum - x)
  return logarithm(scaled: sum, correction: lost / sum)
}

/// ln x in `Float`: ``logarithm(_:)-(Double)`` of x, rounded.
public func logarithm(_ x: Float) -> Float { Float(logarithm(Double(x))) }

/// ln(1 + x) in `Float`: ``logOnePlus(_:)-(Double)`` of x, rounded.
public func logOnePlus(_ x: Float) -> Float { Float(logOnePlus(Double(x))) }

/// ln x + correction for a positive finite x: x = 2ᵏ (1 + f) with 1 + f on (√½, √2].
private func logarithm(scaled x: Double, correction: Double) -> Double {
  let significand = x.significand
  let exponent = Double(x.exponent)
  return significand > 0x1.6a09e667f3bcdp0
    ? logarithm(ofOnePlus: significand / 2 - 1, exponent: exponent + 1, correction: correction)
    : logarithm(ofOnePlus: significand - 1, exponent: exponent, correction: correction)
}

/// k ln 2 + ln(1 + f) + correction for f on [√½ − 1, √2 − 1].
///
/// With s = f / (2 + f), ln(1 + f) = 2 artanh s = 2s + s R, R = ⅔ s² + ⅖ s⁴ + …, of which ten terms
/// are enough: what is left out is below 2⁻⁵⁹ of the value. As 2s = f − s f, the sum is
/// f − (f²/2 − s (f²/2 + R)), whose first term is exact.
private func logarithm(ofOnePlus f: Double, exponent k: Double, correction: Double) -> Double {
  let s = f / (2 + f)
  let z = s * s
  var rest = 2.0 / 21
  rest = rest * z + 2.0 / 19
  rest = rest * z + 2.0 / 17
  rest = rest * z + 2.0 / 15
  rest = rest * z + 2.0 / 13
  rest = rest * z + 2.0 / 11
  rest = rest * z + 2.0 / 9
  rest = rest * z + 2.0 / 7
  rest = rest * z + 2.0 / 5
  rest = rest * z + 2.0 / 3
  rest *= z
  let half = 0.5 * f * f
  return k * Ln2.high - ((half - (s * (half + rest) + (k * Ln2.low + correction))) - f)
}
