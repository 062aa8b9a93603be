import CSIMD

/// Functions of sixteen Floats.
///
/// Each is a fixed sequence of correctly rounded operations, none of them a fused multiply-add: the
/// same bits on every processor.
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

  /// ln(1 + z) for 0 ≤ z ≤ 1, within 2 ulp.
  ///
  /// ln(1 + z) = z − z²·p(z); p of degree 7, fitted to the smallest relative error of the whole.
  @inline(__always)
  static func logOnePlus(_ z: Lanes) -> Lanes {
    var p = z * -5.364_818_5e-3 + 3.006_576_93e-2
    p = p * z - 7.920_449_97e-2
    p = p * z + 1.375_379_86e-1
    p = p * z - 1.915_365_31e-1
    p = p * z + 2.485_716_34e-1
    p = p * z - 3.332_132_4e-1
    p = p * z + 4.999_964_83e-1
    return z - (z * z) * p
  }

  /// The sum of the lanes: lane i and lane i + 8, then as a binary tree over neighbours.
  @inline(__always)
  static func sum(_ x: Lanes) -> Float {
    var x = simd_fold(x)
    for _ in 0..<3 { x = simd_pairwise_sum(x, x) }
    return x[0]
  }
}
