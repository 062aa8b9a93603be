import PortableMath

/// Normal numbers from uniform ones, rounded as PyTorch's CPU kernels round them.
///
/// Source: G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates", Annals
/// of Mathematical Statistics 29(2), 1958.
enum BoxMuller {
  /// Two normal numbers from two uniform ones on [0, 1), in double precision.
  ///
  /// PyTorch calls the C library, whose last bits depend on the machine. As a `Float` a number is
  /// the same but for one in a hundred million.
  ///
  /// Source: PyTorch, `at::normal_distribution<double>` in `ATen/core/DistributionsHelper.h`.
  static func pair(angle: Double, length: Double) -> (first: Double, second: Double) {
    let radius = (-2 * logOnePlus(-length)).squareRoot()
    let (sine, cosine) = PortableMath.sineAndCosine(2 * Double.pi * angle)
    return (radius * cosine, radius * sine)
  }

  /// Turns `values[start ..< start + 16]` from uniform on [0, 1) to normal, in place.
  ///
  /// Element j < 8 gives the length and element j + 8 the angle; the cosine and the sine take
  /// their places.
  ///
  /// Source: PyTorch, `normal_fill_16_AVX2` in `ATen/native/cpu/DistributionTemplates.h`, which is
  /// what an x86 processor with AVX2 or AVX-512 runs.
  static func transformBlock(_ values: inout [Float], at start: Int) {
    for j in start..<start + 8 {
      let radius = (-2 * logarithm(1 - values[j])).squareRoot()
      let (sine, cosine) = sineAndCosine(2 * Float.pi32 * values[j + 8])
      values[j] = radius * cosine + 0  // no negative zero
      values[j + 8] = radius * sine + 0
    }
  }

  /// The natural logarithm of a number in [2⁻²⁴, 1], after Cephes `logf`.
  ///
  /// The mantissa is brought to [√½, √2), where a polynomial of degree 9 is good to an ulp; each of
  /// its steps is one fused multiply and add, as the compiler of PyTorch's builds makes it.
  static func logarithm(_ argument: Float) -> Float {
    var exponent = Float(Int32(argument.bitPattern >> 23) - 126)
    var x = Float(bitPattern: (argument.bitPattern & 0x007f_ffff) | 0x3f00_0000)  // [½, 1)
    if x < 0.707106781186547524 {
      exponent -= 1
      x = (x - 1) + x
    } else {
      x -= 1
    }
    var y: Float = 7.0376836292e-2
    y = (-1.1514610310e-1 as Float).addingProduct(y, x)
    y = (1.1676998740e-1 as Float).addingProduct(y, x)
    y = (-1.2420140846e-1 as Float).addingProduct(y, x)
    y = (1.4249322787e-1 as Float).addingProduct(y, x)
    y = (-1.6668057665e-1 as Float).addingProduct(y, x)
    y = (2.0000714765e-1 as Float).addingProduct(y, x)
    y = (-2.4999993993e-1 as Float).addingProduct(y, x)
    y = (3.3333331174e-1 as Float).addingProduct(y, x)
    let square = x * x
    y = (exponent * -2.12194440e-4).addingProduct(y * x, square)
    y -= 0.5 * square
    return (x + y).addingProduct(exponent, 0.693359375)
  }

  /// The sine and cosine of an angle in [0, 2π), after Cephes `sinf` and `cosf`.
  ///
  /// The angle is brought to [−π/4, π/4] by subtracting an even multiple of π/4 in three pieces.
  static func sineAndCosine(_ angle: Float) -> (sine: Float, cosine: Float) {
    let octant = (Int32(angle * 1.27323954473516) + 1) & ~1
    let multiple = Float(octant)
    let x = angle.addingProduct(multiple, -0.78515625)
      .addingProduct(multiple, -2.4187564849853515625e-4)
      .addingProduct(multiple, -3.77489497744594108e-8)
    let z = x * x

    var c: Float = -1.388731625493765e-3
    c = c.addingProduct(2.443315711809948e-5, z)
    c = (4.166664568298827e-2 as Float).addingProduct(c, z)
    c = (-0.5 * z).addingProduct(c * z, z) + 1
    var s: Float = 8.3321608736e-3
    s = s.addingProduct(-1.9515295891e-4, z)
    s = (-1.6666654611e-1 as Float).addingProduct(s, z)
    s = x.addingProduct(s * z, x)

    let swapped = octant & 2 != 0
    let sine = swapped ? c : s
    let cosine = swapped ? s : c
    return (octant & 4 != 0 ? -sine : sine, (octant - 2) & 4 == 0 ? -cosine : cosine)
  }
}

extension Float {
  /// π rounded to the nearest `Float`; `Float.pi` is rounded toward zero.
  fileprivate static let pi32 = Float(Double.pi)
}
