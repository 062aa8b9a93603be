/// count^¾, correctly rounded: the same bits on every machine.
///
/// Two square roots and a product are within two ulps of it. Whether the nearest number is that
/// product or a neighbour is settled in integers: y is nearest where count³ lies between the fourth
/// powers of the midpoints to the left and to the right of y. It lies on neither: where the power
/// is rational, count is a fourth power, k⁴, and y = k³ < 2⁴⁸ is exact.
///
/// - Parameter count: Any count from 0.
/// - Returns: The nearest `Double`.
public func threeQuarterPower(_ count: Int) -> Double {
  precondition(count >= 0, "a count of \(count)")
  guard count > 0 else { return 0 }
  let root = Double(count).squareRoot()
  var y = root * root.squareRoot()
  while true {
    // y = m 2ᵉ. In quarters of 2ᵉ the midpoints are 4m ± 2, but below a power of two the numbers
    // are twice as dense.
    let (m, e) = (UInt128(y.significandBitPattern | 1 << 52), Int(y.exponent) - 52)
    let cube = cubeTimesPowerOfTwo(UInt64(count), 8 - 4 * e)
    let low = 4 * m - (y.significandBitPattern == 0 ? 1 : 2)
    if cube < fourthPower(low) {
      y = y.nextDown
    } else if cube > fourthPower(4 * m + 2) {
      y = y.nextUp
    } else {
      return y
    }
  }
}

/// An integer of 256 bits.
private typealias Wide = (high: UInt128, low: UInt128.Magnitude)

/// x⁴ for x < 2⁶⁴.
private func fourthPower(_ x: UInt128) -> Wide { (x * x).multipliedFullWidth(by: x * x) }

/// n³ 2ᵏ, which must be less than 2²⁵⁵, for 0 < n < 2⁶³ and k ≥ 0.
private func cubeTimesPowerOfTwo(_ n: UInt64, _ k: Int) -> Wide {
  let part = min(k, n.leadingZeroBitCount + 64)
  let square = UInt128(n) * UInt128(n)
  return (square << (k - part)).multipliedFullWidth(by: UInt128(n) << part)
}
