extension Float {
  /// Reads a decimal number, such as `-0.25` or `1e-7`: the nearest `Float`, in any locale.
  ///
  /// Nil where the text is anything else: empty, with blanks, "nan", hexadecimal, or beyond the
  /// range of finite numbers.
  ///
  /// Of up to 2⁵³ for the digits and 22 for the power of ten, both are exact as `Double` and their
  /// product or quotient is rounded once. It rounds to the same `Float` as the decimal does, unless
  /// it lies half-way between two: that, and what is larger or smaller, goes to the standard library.
  ///
  /// - Parameter text: The number's characters, ASCII.
  /// - Source: Clinger, "How to read floating point numbers accurately", 1990.
  package init?(decimal text: UnsafeRawBufferPointer) {
    var i = 0
    let isNegative = text.first == 0x2D
    if isNegative || text.first == 0x2B { i = 1 }
    var digits: UInt64 = 0
    var (count, places, significant) = (0, 0, 0)
    var hasPoint = false
    while i < text.count {
      let byte = text[i]
      if byte == 0x2E, !hasPoint {
        hasPoint = true
      } else if case 0x30...0x39 = byte {
        count += 1
        if hasPoint { places += 1 }
        if significant > 0 || byte != 0x30 { significant += 1 }
        if significant <= 19 { digits = digits &* 10 &+ UInt64(byte & 15) }
      } else {
        break
      }
      i += 1
    }
    guard count > 0 else { return nil }
    var power = 0
    if i < text.count {
      guard text[i] | 0x20 == 0x65 else { return nil }
      i += 1
      let isDivided = i < text.count && text[i] == 0x2D
      if isDivided || i < text.count && text[i] == 0x2B { i += 1 }
      guard i < text.count else { return nil }
      while i < text.count {
        guard case 0x30...0x39 = text[i] else { return nil }
        power = min(100_000, power * 10 + Int(text[i] & 15))
        i += 1
      }
      if isDivided { power = -power }
    }
    power -= places

    if significant <= 19, digits <= 1 << 53, -22...22 ~= power {
      let scale = powersOfTen[abs(power)]
      let value = power < 0 ? Double(digits) / scale : Double(digits) * scale
      let isHalfWay = value.bitPattern & 0x1FFF_FFFF == 0x1000_0000
      let isNormal = value >= Double(Float.leastNormalMagnitude) && value < 0x1p127
      if digits == 0 || isNormal && !isHalfWay {
        self = isNegative ? -Float(value) : Float(value)
        return
      }
    }
    guard let value = Float(String(decoding: text, as: UTF8.self)), value.isFinite else {
      return nil
    }
    self = value
  }
}

/// 10⁰ to 10²², which are exact as `Double`.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]
