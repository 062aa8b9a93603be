import Files
import Foundation

/// Text that a chapter shows, with the parts in it that may differ from run to run marked.
///
/// Written as a string literal:
/// ```swift
/// show("loss \(loss, places: 3, within: 0.002), \(volatile: rate, places: 1) tokens/sec")
/// ```
/// Plain parts are compared byte for byte, `within:` parts as numbers, `volatile:` parts by form.
public struct Shown: ExpressibleByStringInterpolation, Sendable, Equatable {
  /// The parts, in order; two exact ones never meet.
  package private(set) var parts: [Part] = []

  /// The text as it is printed.
  public var text: String { parts.map(\.text).joined() }

  /// Creates text that is exact throughout.
  public init(stringLiteral value: String) { append(Part(value)) }

  /// Creates the text of an interpolated literal.
  public init(stringInterpolation: StringInterpolation) {
    for part in stringInterpolation.parts { append(part) }
  }

  package init(parts: [Part]) {
    for part in parts { append(part) }
  }

  private mutating func append(_ part: Part) {
    guard !part.text.isEmpty else { return }
    if let last = parts.last, last.kind == .exact, part.kind == .exact {
      parts[parts.count - 1] = Part(last.text + part.text)
    } else {
      parts.append(part)
    }
  }
}

/// A stretch of shown text that is compared in one way.
package struct Part: Sendable, Equatable {
  /// How a part is compared with what was recorded before.
  package enum Kind: Sendable, Equatable {
    /// Byte for byte.
    case exact
    /// By form: digits for digits, the same number of decimals.
    case volatile
    /// As a number, no further away than this.
    case within(Double)
  }

  package var text: String
  package var kind: Kind

  package init(_ text: String, _ kind: Kind = .exact) {
    self.text = text
    self.kind = kind
  }
}

extension Shown {
  /// Collects the parts of an interpolated literal.
  ///
  /// A `width` pads with spaces: on the left where it is positive, on the right where it is
  /// negative, as in C's `printf`.
  public struct StringInterpolation: StringInterpolationProtocol {
    package var parts: [Part] = []

    /// Creates an empty collection; the sizes are hints and not used.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends a literal stretch.
    public mutating func appendLiteral(_ literal: String) { parts.append(Part(literal)) }

    /// Appends a value, exact.
    public mutating func appendInterpolation<T>(_ value: T, width: Int = 0) {
      parts.append(Part(padded("\(value)", to: width)))
    }

    /// Appends text that carries its own marks.
    public mutating func appendInterpolation(_ shown: Shown) { parts += shown.parts }

    /// Appends a number with fixed decimals, rounded as C's `printf` does, with no locale.
    public mutating func appendInterpolation(
      _ value: some BinaryFloatingPoint, places: Int, width: Int = 0
    ) {
      parts.append(Part(padded(fixed(Double(value), places: places), to: width)))
    }

    /// Appends a number with fixed decimals that may differ by as much as `tolerance`.
    public mutating func appendInterpolation(
      _ value: some BinaryFloatingPoint, places: Int, width: Int = 0, within tolerance: Double
    ) {
      require(tolerance > 0, "a tolerance is greater than 0, this one is \(tolerance)")
      let text = padded(fixed(Double(value), places: places), to: width)
      parts.append(Part(text, .within(tolerance)))
    }

    /// Appends a number with fixed decimals that differs by machine.
    public mutating func appendInterpolation(
      volatile value: some BinaryFloatingPoint, places: Int, width: Int = 0
    ) {
      let text = padded(fixed(Double(value), places: places), to: width)
      parts.append(Part(text, .volatile))
    }

    /// Appends a value that differs by machine; what is not a digit in it is still compared.
    public mutating func appendInterpolation(
      volatile value: some CustomStringConvertible, width: Int = 0
    ) {
      parts.append(Part(padded(value.description, to: width), .volatile))
    }
  }
}

/// A number with exactly `places` decimals and a point, whatever the locale.
private func fixed(_ value: Double, places: Int) -> String {
  require((0...17).contains(places), "0 to 17 decimals can be shown, not \(places)")
  return String(format: "%.\(places)f", value)
}

private func padded(_ text: String, to width: Int) -> String {
  let spaces = String(repeating: " ", count: max(0, abs(width) - text.count))
  return width < 0 ? text + spaces : spaces + text
}
