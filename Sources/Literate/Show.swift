import Files
import ProgramSupport

/// Prints a result of the chapter, and records under which source line it spoke.
///
/// The text goes to stdout with a newline, at once; ``Output/failed`` remembers where it cannot. Where
/// the environment variable `LITERATE_RECORD` names a file, one line of JSON is appended to it; the
/// weaver and the golden tests read that. Results are printed by this function only: text that
/// `print` writes is refused by the weaver.
///
/// - Parameters:
///   - text: What to print; see ``Shown`` for the marks of values that may differ.
///   - line: The source line that the text belongs to: where the call stands.
///   - file: The source file of that line.
public func show(_ text: Shown, line: UInt = #line, file: String = #fileID) {
  Output.print(text.text)
  Record(.output, text, line: line, file: file).append()
}

/// Prints text that was made elsewhere, exact throughout.
@_disfavoredOverload
public func show(_ text: String, line: UInt = #line, file: String = #fileID) {
  show(Shown(parts: [Part(text)]), line: line, file: file)
}

/// Records a value for the prose, which uses it as `{{name}}`; prints nothing.
///
/// A name used twice keeps its last value.
public func record(_ name: String, _ value: Shown, line: UInt = #line, file: String = #fileID) {
  require(
    !name.isEmpty && !name.contains { "{}".contains($0) },
    "the name \"\(name)\" of a value is empty or has braces in it")
  Record(.value(name), value, line: line, file: file).append()
}

/// Records that a figure was drawn, to be shown under the code; its name goes to stderr.
///
/// - Parameters:
///   - path: The file, relative to the package's root, such as `figures/loss.svg`.
///   - alt: What the figure shows, as one sentence with its numbers, for those who cannot see it.
///   - line: The source line that the figure belongs to.
///   - file: The source file of that line.
public func figure(_ path: String, alt: Shown, line: UInt = #line, file: String = #fileID) {
  let sentence = alt.text.filter { !$0.isWhitespace }
  require(!sentence.isEmpty, "the figure \(path) needs a sentence that says what it shows")
  note("figure: \(path)")
  Record(.figure(path), alt, line: line, file: file).append()
}
