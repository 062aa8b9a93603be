import Files

/// A colour of the sRGB space, eight bits a channel.
struct RGB: Hashable {
  /// Red, green and blue, each 0…255.
  let red: UInt8, green: UInt8, blue: UInt8

  /// Creates a colour from its hexadecimal form, such as `0x0072B2`.
  init(_ hex: UInt32) {
    red = UInt8(hex >> 16 & 255)
    green = UInt8(hex >> 8 & 255)
    blue = UInt8(hex & 255)
  }

  /// The CSS form, `#0072b2`.
  var css: String {
    let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

/// A colour by its role, with one value for light pages and one for dark ones.
///
/// Charts name roles only; an SVG carries both values and follows `prefers-color-scheme`, PNG and
/// PDF take the light ones.
enum Ink: CaseIterable {
  /// The opaque ground.
  case panel
  /// Titles, labels, values.
  case ink
  /// Tick labels, axis titles, reference lines.
  case muted
  /// Grid lines.
  case grid
  /// The four colours of data: Okabe and Ito's that reach a contrast of 3 on white, and lighter
  /// kin of theirs on the dark panel.
  case blue, vermillion, green, purple

  /// The value on light pages.
  var light: RGB {
    switch self {
    case .panel: RGB(0xFFFFFF)
    case .ink: RGB(0x1F2328)
    case .muted: RGB(0x59636E)
    case .grid: RGB(0xE2E5E9)
    case .blue: RGB(0x0072B2)
    case .vermillion: RGB(0xD55E00)
    case .green: RGB(0x009E73)
    case .purple: RGB(0xCC79A7)
    }
  }

  /// The value on dark pages.
  var dark: RGB {
    switch self {
    case .panel: RGB(0x0D1117)
    case .ink: RGB(0xE6EDF3)
    case .muted: RGB(0x9BA5B0)
    case .grid: RGB(0x2A3038)
    case .blue: RGB(0x4AA8E0)
    case .vermillion: RGB(0xF0803C)
    case .green: RGB(0x2DBF94)
    case .purple: RGB(0xDD93BC)
    }
  }
}

/// The look of one series: colour, dash and marker together, so that no reader depends on colour.
public enum SeriesStyle: Sendable, CaseIterable {
  /// A solid line with circles.
  case blue
  /// A dashed line with squares.
  case vermillion
  /// A dotted line with triangles.
  case green
  /// A dashed and dotted line with diamonds.
  case purple

  /// The style of the series at `index` where none is given; charts take at most four.
  static func standard(_ index: Int) -> SeriesStyle { allCases[index] }

  /// Checks that there is a style for each of `count` series, or whatever they are called.
  static func requireEnough(
    for count: Int, _ things: String, file: StaticString, line: UInt
  ) {
    require(
      count <= allCases.count,
      "\(count) \(things): a chart tells at most \(allCases.count) apart", file: file, line: line)
  }

  /// The colour.
  var ink: Ink {
    switch self {
    case .blue: .blue
    case .vermillion: .vermillion
    case .green: .green
    case .purple: .purple
    }
  }

  /// Lengths of dash and gap in points; empty for a solid line.
  var dash: [Double] {
    switch self {
    case .blue: []
    case .vermillion: [8, 4]
    case .green: [2.5, 3.5]
    case .purple: [10, 4, 2.5, 4]
    }
  }

  /// The shape of its points.
  var marker: Marker {
    switch self {
    case .blue: .circle
    case .vermillion: .square
    case .green: .triangle
    case .purple: .diamond
    }
  }
}

/// The shape that marks a data point.
enum Marker {
  /// Drawn about its centre, of about equal area.
  case circle, square, triangle, diamond
}
