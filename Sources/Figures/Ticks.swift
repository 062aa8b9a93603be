import Foundation

/// The marks of an axis and the range that it shows.
struct Ticks {
  /// Values of the marks, ascending.
  let values: [Double]
  /// A label for each value.
  let labels: [String]
  /// The end of the axis at its first tick or before.
  let lower: Double
  /// The end of the axis at its last tick or beyond.
  let upper: Double

  /// Ticks 1, 2 or 5 times a power of ten apart that cover `range`, at most `count` + 2 of them.
  static func linear(_ range: ClosedRange<Double>, about count: Int) -> Ticks {
    var (low, high) = (range.lowerBound, range.upperBound)
    if high - low <= max(abs(low), abs(high), 1e-280) * 1e-9 {  // one value: make room around it
      let room = abs(low) < 1e-280 ? 1 : abs(low) * 0.1
      (low, high) = (low - room, high + room)
    }
    let (mantissa, exponent) = step(atLeast: (high - low) / Double(count))
    func value(_ index: Int) -> Double {
      exponent < 0
        ? Double(index * mantissa) / power(-exponent) : Double(index * mantissa) * power(exponent)
    }
    let step = value(1)
    let first = Int((low / step + 1e-9).rounded(.down))
    let last = Int((high / step - 1e-9).rounded(.up))
    let values = (first...last).map(value)
    return Ticks(
      values: values, labels: values.map { label($0, decimals: max(0, -exponent)) },
      lower: value(first), upper: value(last))
  }

  /// Powers of ten that cover `range`, which lies above zero, with 2 and 5 times them where it is
  /// short; `count` says about how many labels there is room for.
  static func logarithmic(_ range: ClosedRange<Double>, about count: Int) -> Ticks {
    let low = log10(range.lowerBound)
    let high = log10(range.upperBound)
    let decades = Int((low + 1e-9).rounded(.down))...Int((high - 1e-9).rounded(.up))
    if 3 * (high - low) <= Double(count) {
      let fine = (decades.lowerBound - 1...decades.upperBound).flatMap { exponent in
        [1, 2, 5].map { $0 * power(exponent) }
      }
      let first = fine.lastIndex { $0 <= range.lowerBound * (1 + 1e-9) } ?? 0
      let last = fine.firstIndex { $0 >= range.upperBound * (1 - 1e-9) } ?? fine.count - 1
      let values = Array(fine[first...max(last, first + 1)])
      return Ticks(values: values, exponents: decades)
    }
    let stride = max(1, Int((Double(decades.count - 1) / Double(count)).rounded(.up)))
    let steps = (decades.count - 1 + stride - 1) / stride
    let exponents = (0...max(1, steps)).map { decades.lowerBound + $0 * stride }
    return Ticks(values: exponents.map(power), exponents: decades)
  }

  /// Ticks at given values, which lie in `range`, on an axis that ends where it ends; with millions
  /// among them, 10,000 and more are written as powers of ten.
  static func at(_ values: [Double], on range: ClosedRange<Double>) -> Ticks {
    let values = Set(values).sorted()
    let hasMillions = values.last.map { $0 >= 1e6 } ?? false
    return Ticks(
      values: values, labels: values.map { shortLabel($0, powersFrom: hasMillions ? 1e4 : 1e6) },
      lower: range.lowerBound, upper: range.upperBound)
  }

  /// The same ticks on an axis that ends where the data end, if two of them still lie on it.
  func trimmed(to range: ClosedRange<Double>) -> Ticks {
    let slack = (range.upperBound - range.lowerBound) * 1e-9
    let inside = zip(values, labels).filter {
      $0.0 >= range.lowerBound - slack && $0.0 <= range.upperBound + slack
    }
    guard inside.count > 1 else { return self }
    return Ticks(
      values: inside.map(\.0), labels: inside.map(\.1), lower: range.lowerBound,
      upper: range.upperBound)
  }

  /// A marked place for each name, the first at the far end of the axis.
  static func categories(_ names: [String]) -> Ticks {
    Ticks(
      values: names.indices.map(Double.init), labels: names,
      lower: Double(names.count) - 0.5, upper: -0.5)
  }

  private init(values: [Double], labels: [String], lower: Double, upper: Double) {
    self.values = values
    self.labels = labels
    self.lower = lower
    self.upper = upper
  }

  /// Logarithmic ticks; labelled 0.01 … 100,000 where that is short, else 10⁻³ … 10⁶.
  private init(values: [Double], exponents: ClosedRange<Int>) {
    let isPlain = exponents.lowerBound >= -4 && exponents.upperBound <= 5
    let labels = values.map { value -> String in
      let exponent = Int((log10(value) + 1e-9).rounded(.down))
      if isPlain { return label(value, decimals: max(0, -exponent)) }
      let mantissa = Int((value / power(exponent)).rounded())
      return (mantissa == 1 ? "" : "\(mantissa)×") + "10" + superscript(exponent)
    }
    self.init(
      values: values, labels: labels, lower: values.first ?? 1, upper: values.last ?? 10)
  }
}

/// The smallest step of 1, 2 or 5 times a power of ten that is `size` or more.
private func step(atLeast size: Double) -> (mantissa: Int, exponent: Int) {
  let exponent = Int(log10(size).rounded(.down))
  for mantissa in [1, 2, 5] where Double(mantissa) * power(exponent) >= size * (1 - 1e-9) {
    return (mantissa, exponent)
  }
  return (1, exponent + 1)
}

/// 10 to the power of `exponent`, correctly rounded.
private func power(_ exponent: Int) -> Double {
  Double("1e\(exponent)") ?? .infinity
}

/// A number with as few decimals as it has: 0.0005 … 100,000, else 5×10⁻⁵ … 2.5×10⁶.
private func shortLabel(_ value: Double, powersFrom large: Double = 1e6) -> String {
  let size = abs(value)
  guard size != 0, size < 1e-4 || size >= large else {
    let decimals = (0...9).first { Double(String(format: "%.\($0)f", value)) == value }
    return label(value, decimals: decimals ?? 9)
  }
  let exponent = Int((log10(size) + 1e-9).rounded(.down))
  let mantissa = shortLabel((size / power(exponent) * 1e9).rounded() / 1e9)
  return (value < 0 ? "−" : "") + (mantissa == "1" ? "" : mantissa + "×") + "10"
    + superscript(exponent)
}

/// The digits of a whole number, raised.
private func superscript(_ exponent: Int) -> String {
  let digits = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
  let raised = String(exponent.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] }
  return (exponent < 0 ? "⁻" : "") + raised.joined()
}

/// A number for people: fixed decimals, a true minus sign, thousands apart from 10,000 on.
func label(_ value: Double, decimals: Int) -> String {
  guard value.isFinite else { return "–" }
  guard abs(value) < 1e15 else { return "\(value)" }
  let digits = String(format: "%.\(decimals)f", abs(value))
  let isZero = !digits.contains { $0 != "0" && $0 != "." }
  let parts = digits.split(separator: ".")
  var whole = String(parts[0])
  if whole.count > 4 {
    for position in stride(from: whole.count - 3, to: 0, by: -3) {
      whole.insert(",", at: whole.index(whole.startIndex, offsetBy: position))
    }
  }
  return (value < 0 && !isZero ? "−" : "") + whole + (parts.count > 1 ? ".\(parts[1])" : "")
}
