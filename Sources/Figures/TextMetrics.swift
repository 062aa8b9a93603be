/// How wide a text is taken to be, whatever fonts a machine has.
///
/// Layout must give the same bytes everywhere, so it asks no font: widths are those of a wide
/// sans-serif (DejaVu Sans), in which most others fit.
enum TextMetrics {
  /// The size of titles in points.
  static let titleSize = 16.0
  /// The size of labels and legends in points.
  static let labelSize = 14.0
  /// The size of tick labels and of values in cells in points.
  static let tickSize = 13.0

  /// The width in points of `string` set in a font of `size` points.
  static func width(_ string: String, size: Double = labelSize) -> Double {
    string.unicodeScalars.reduce(0) { $0 + width(of: $1) } * size
  }

  /// The box of a line of text whose left end lies on `baseline`.
  static func box(_ string: String, baseline: Point, size: Double = labelSize) -> Rectangle {
    Rectangle(
      x: baseline.x, y: baseline.y - 0.78 * size, width: width(string, size: size),
      height: size)
  }

  /// Breaks a text at its spaces into lines of at most `limit` points, where words allow.
  static func lines(_ string: String, size: Double, within limit: Double) -> [String] {
    var lines: [String] = []
    for word in string.split(separator: " ") {
      if let last = lines.last, width("\(last) \(word)", size: size) <= limit {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// The width of one character in units of the font's size.
  private static func width(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "|", "!", "'", " ": 0.32
    case "f", "t", "r", "(", ")", "[", "]", "-", "/", "\"", "⁻", "⁰"..."⁹", "¹", "²", "³": 0.42
    case "m", "w", "M", "W", "%", "@", "—": 0.96
    case "−", "+", "=", "<", ">", "×", "√": 0.84
    case "A"..."Z": 0.72
    case "\u{1100}"...: scalar.value < 0x2000 || scalar.value >= 0x2E80 ? 1.05 : 0.65
    default: 0.63
    }
  }
}
