import CSIMD

/// Sixteen Floats, the unit in which the fused engine works.
///
/// Every function below is a fixed sequence of correctly rounded operations, none of them a fused
/// multiply-add: the same bits on every processor.
typealias Lanes = SIMD16<Float>

extension Lanes {
  /// Sixteen Floats from memory.
  @inline(__always)
  init(_ floats: UnsafePointer<Float>) {
    self = UnsafeRawPointer(floats).loadUnaligned(as: Lanes.self)
  }

  /// Sixteen Floats to memory.
  @inline(__always)
  func store(_ floats: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(floats).storeBytes(of: self, as: Lanes.self)
  }
}

enum VectorMath {
  /// eˣ for −86 ≤ x ≤ 0, within 2 ulp; smaller x are taken as −86.
  ///
  /// x = n·ln 2 + r with |r| ≤ ½ ln 2, so eˣ = 2ⁿ·eʳ; eʳ by a polynomial of degree 6 (Cephes,
  /// `expf`).
  @inline(__always)
  static func exp(_ x: Lanes) -> Lanes {
    let x = simd_maximum(x, Lanes(repeating: -86))
    let magic = Lanes(repeating: 12_582_912)  // 1.5·2²³: adding it rounds to a whole number
    let n = (x * 1.442_695_04 + magic) - magic
    let r = (x - n * 0.693_359_375) - n * -2.121_944_4e-4
    var p = r * 1.987_569_15e-4 + 1.398_199_95e-3
    p = p * r + 8.333_451_9e-3
    p = p * r + 4.166_579_6e-2
    p = p * r + 1.666_666_55e-1
    p = p * r + 5.000_000_1e-1
    p = (p * (r * r) + r) + 1
    return simd_scale(p, n)
  }

  /// ln x for a normal x ≥ 1, within 2 ulp.
  ///
  /// x = 2ⁿ·(1 + r) with √½ ≤ 1 + r < √2; ln(1 + r) by a polynomial of degree 9 (Cephes, `logf`).
  @inline(__always)
  static func log(_ x: Lanes) -> Lanes {
    let exponent = simd_exponent(x)
    let mantissa = simd_scale(x, -exponent)  // 1 ≤ mantissa < 2
    let above = mantissa - 1.414_213_56
    let n = simd_where_negative(above, exponent, exponent + 1)
    let r = simd_where_negative(above, mantissa, mantissa * 0.5) - 1
    let square = r * r
    var p = r * 7.037_683_6e-2 - 1.151_461_0e-1
    p = p * r + 1.167_699_9e-1
    p = p * r - 1.242_014_1e-1
    p = p * r + 1.424_932_3e-1
    p = p * r - 1.666_805_8e-1
    p = p * r + 2.000_071_5e-1
    p = p * r - 2.499_999_4e-1
    p = p * r + 3.333_333_1e-1
    let tail = ((p * r) * square + n * -2.121_944_4e-4) - square * 0.5
    return (r + tail) + n * 0.693_359_375
  }

  /// The sum of the lanes, added as a binary tree over neighbours.
  @inline(__always)
  static func sum(_ x: Lanes) -> Float {
    var x = x
    for _ in 0..<4 { x = simd_pairwise_sum(x, x) }
    return x[0]
  }
}
