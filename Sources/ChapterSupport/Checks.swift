import Files
import Literate
import Word2Vec

/// Shows a line that holds only where a condition does; where it does not, ends the program with the
/// line and the place of the call.
///
/// - Parameters:
///   - isTrue: The condition, such as that a page's own function gives what the library's gives.
///   - text: The line.
///   - file: The caller's file.
///   - line: The caller's line.
public func check(
  _ isTrue: Bool, _ text: Shown, file: StaticString = #fileID, line: UInt = #line
) {
  require(isTrue, "not equal, \(text.text)", file: file, line: line)
  show("equal, \(text)", line: line, file: "\(file)")
}

/// Shows how near a row of a gradient comes to slopes that were measured; where it does not come
/// near, ends the program with the place of the call.
///
/// - Parameters:
///   - gradient: The gradient of a table, shape (V, d).
///   - row: The row.
///   - slopes: The slopes at the row's d numbers.
///   - name: What the row is.
///   - file: The caller's file.
///   - line: The caller's line.
public func expectClose(
  _ gradient: Tensor, row: Int, _ slopes: [Float], _ name: String, file: StaticString = #fileID,
  line: UInt = #line
) {
  let differences = slopes.enumerated().map { abs(gradient[row, $0.offset] - $0.element) }
  let (worst, steepest) = (differences.max() ?? 0, slopes.map(abs).max() ?? 0)
  require(
    worst < 2e-5,
    "\(name) the gradient differs from a slope by \(worst), and the steepest slope is \(steepest)",
    file: file, line: line)
  show(
    "\(name): slopes up to \(steepest, places: 4, within: 1e-4), none off by 0.00002",
    line: line, file: "\(file)")
}

/// The sum of a tensor's elements.
public func sum(_ tensor: Tensor) -> Float { tensor.values.reduce(0, +) }
