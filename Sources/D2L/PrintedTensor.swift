import Foundation
import Word2Vec

// How NumPy and PyTorch print arrays of float32. Both choose one form for the whole array from its
// largest and smallest magnitudes, pad the numbers to one width and break long rows.
// Sources: numpy/_core/arrayprint.py (`FloatingFormat`, `_formatArray`), torch/_tensor_str.py.
// Both leave out the middle of an array of more than 1,000 elements; here all of it is printed.

extension Tensor {
  /// The shape as MXNet and NumPy print it: `(2, 1, 4)`.
  public var numpyShape: String { shapeText(shape) }

  /// The shape as PyTorch prints it: `torch.Size([2, 1, 4])`.
  public var torchSize: String {
    "torch.Size([\(shape.map(String.init).joined(separator: ", "))])"
  }

  /// The array as MXNet's NumPy interface prints it: up to 8 digits behind the point.
  ///
  /// A number has as many digits as tell it from its neighbours among all Floats, 8 at most.
  public var numpyDescription: String {
    if count == 0 {
      return shape.count == 1 ? "array([])" : "array([], shape=\(shapeText(shape)))"
    }
    let indent = "array(".count
    let words = numpyWords(values)
    let layout = Layout(shape: shape, words: words) { row, depth in
      // 75 columns, less the array's own closing sign and a bracket for each axis.
      breakRow(row, indent: indent + depth, limit: 75 - 1 - depth)
    }
    return "array(\(layout.text(indent: indent)))"
  }

  /// The tensor as PyTorch prints it: four digits behind the point.
  ///
  /// - Parameter gradientFunction: What PyTorch would name as the tensor's origin, such as
  ///   `EmbeddingBackward`; none for a tensor without gradient.
  /// - Returns: The text, of one line or several.
  public func torchDescription(gradientFunction: String? = nil) -> String {
    let indent = "tensor(".count
    var text: String
    if count == 0 {
      let size = shape.map(String.init).joined(separator: ", ")
      text = shape.count == 1 ? "[]" : "[], size=(\(size))"
    } else {
      let (words, width) = torchWords(values)
      let layout = Layout(shape: shape, words: words) { row, depth in
        let perLine = max(1, (80 - (indent + depth - 1)) / (width + 2))
        return stride(from: 0, to: row.count, by: perLine)
          .map { row[$0..<min($0 + perLine, row.count)].joined(separator: ", ") }
          .joined(separator: ",\n" + spaces(indent + depth))
      }
      text = layout.text(indent: indent)
    }
    if let gradientFunction {
      let suffix = "grad_fn=<\(gradientFunction)>"
      let lastLine = text.split(separator: "\n").last?.count ?? 0
      let fits = lastLine + (text.contains("\n") ? 0 : indent) + suffix.count + 4 <= 80
      text += (fits ? ", " : ",\n" + spaces(indent)) + suffix
    }
    return "tensor(\(text))"
  }
}

/// Nested brackets around words, rows broken by a rule of the library's own.
private struct Layout {
  let shape: [Int]
  let words: [String]
  /// The text of a row, given its words and the number of brackets that are open at it.
  let row: ([String], Int) -> String

  func text(indent: Int) -> String {
    shape.isEmpty ? words[0] : text(axis: 0, words[...], indent: indent)
  }

  private func text(axis: Int, _ words: ArraySlice<String>, indent: Int) -> String {
    if axis == shape.count - 1 { return "[" + row(Array(words), axis + 1) + "]" }
    let stride = words.count / shape[axis]
    let separator =
      "," + String(repeating: "\n", count: shape.count - 1 - axis) + spaces(indent + axis + 1)
    let parts = (0..<shape[axis]).map { part in
      let start = words.startIndex + part * stride
      return text(axis: axis + 1, words[start..<start + stride], indent: indent)
    }
    return "[" + parts.joined(separator: separator) + "]"
  }
}

private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }

private func padded(_ text: String, to width: Int) -> String { spaces(width - text.count) + text }

/// Joins words, beginning a new line before one that would pass `limit` columns.
private func breakRow(_ words: [String], indent: Int, limit: Int) -> String {
  var (text, column) = ("", indent)
  for (position, word) in words.enumerated() {
    // The sign behind the word, a comma or the closing bracket, must fit too.
    if position > 0, column + word.count > limit {
      text = text.trimmingSuffix(" ") + "\n" + spaces(indent)
      column = indent
    }
    text += word
    column += word.count
    if position < words.count - 1 {
      text += ", "
      column += 2
    }
  }
  return text
}

extension String {
  /// The text without what is `character` at its end.
  func trimmingSuffix(_ character: Character) -> String {
    var text = self
    while text.last == character { text.removeLast() }
    return text
  }
}

// MARK: - NumPy's numbers

/// The numbers in NumPy's form, all of one width.
private func numpyWords(_ values: [Float]) -> [String] {
  let magnitudes = values.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
  let (least, greatest) = (magnitudes.min() ?? 1, magnitudes.max() ?? 1)
  let words: [String]
  if greatest >= 1e8 || least < 1e-4 || greatest / least > 1000 {
    words = scientificWords(values)
  } else {
    let parts = values.filter(\.isFinite).map(positionalParts)
    let fractionWidth = parts.map(\.fraction.count).max() ?? 0
    words = values.map { value in
      guard value.isFinite else { return specialWord(value) }
      let part = positionalParts(value)
      return part.whole + "." + part.fraction + spaces(fractionWidth - part.fraction.count)
    }
  }
  let width = words.map(\.count).max() ?? 0
  return words.map { padded($0, to: width) }
}

/// The digits before and behind the point: as few as name the Float, 8 behind the point at most.
private func positionalParts(_ value: Float) -> (whole: String, fraction: String) {
  let sign = value.sign == .minus ? "-" : ""
  let (digits, exponent) = shortestDigits(value.magnitude)
  if digits.count - 1 - exponent <= 8 {
    let whole = exponent < 0 ? "0" : String((digits + zeros(exponent)).prefix(exponent + 1))
    let fraction =
      exponent < 0 ? zeros(-exponent - 1) + digits : String(digits.dropFirst(exponent + 1))
    return (sign + whole, fraction.trimmingSuffix("0"))
  }
  let rounded = String(format: "%.8f", Double(value.magnitude)).split(separator: ".")
  return (sign + rounded[0], String(rounded[1]).trimmingSuffix("0"))
}

private func zeros(_ count: Int) -> String { String(repeating: "0", count: max(count, 0)) }

/// The numbers with an exponent, all with as many digits as the longest needs.
private func scientificWords(_ values: [Float]) -> [String] {
  let digitCounts = values.filter(\.isFinite).map { shortestDigits($0.magnitude).digits.count }
  let digitCount = digitCounts.max() ?? 1
  return values.map { value in
    guard value.isFinite else { return specialWord(value) }
    let part = shortestDigits(value.magnitude)
    let digits = part.digits + zeros(digitCount - part.digits.count)
    let exponent = (part.exponent < 0 ? "e-" : "e+") + String(format: "%02d", abs(part.exponent))
    let sign = value.sign == .minus ? "-" : ""
    return "\(sign)\(digits.prefix(1)).\(digits.dropFirst())\(exponent)"
  }
}

/// The fewest digits that name the Float, and the power of ten of the first of them.
private func shortestDigits(_ value: Float) -> (digits: String, exponent: Int) {
  guard value != 0 else { return ("0", 0) }
  let halves = value.description.split(separator: "e")
  let mantissa = halves[0].split(separator: ".")
  var (whole, fraction) = (String(mantissa[0]), mantissa.count > 1 ? String(mantissa[1]) : "")
  var exponent = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
  fraction = fraction.trimmingSuffix("0")
  exponent += whole.count - 1
  whole += fraction
  let digits = String(whole.drop { $0 == "0" })
  exponent -= whole.count - digits.count
  return (digits.trimmingSuffix("0"), exponent)
}

private func specialWord(_ value: Float) -> String {
  value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
}

// MARK: - PyTorch's numbers

/// The numbers in PyTorch's form, and the width that it reckons with.
private func torchWords(_ values: [Float]) -> (words: [String], width: Int) {
  let finite = values.filter { $0.isFinite && $0 != 0 }.map(Double.init)
  let (least, greatest) = (finite.map(abs).min() ?? 1, finite.map(abs).max() ?? 1)
  let whole = finite.allSatisfy { $0 == $0.rounded() }
  let wide = greatest / least > 1000 || greatest > 1e8
  func word(_ value: Double) -> String {
    if wide || (!whole && least < 1e-4) { return String(format: "%.4e", value) }
    return whole ? String(format: "%.0f.", value) : String(format: "%.4f", value)
  }
  let width = finite.map { word($0).count }.max() ?? 1
  let words = values.map { value in
    padded(value.isFinite ? word(Double(value)) : specialWord(value), to: width)
  }
  return (words, width)
}
