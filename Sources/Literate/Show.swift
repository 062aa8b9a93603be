import Foundation

/// Prints a result of the chapter, and records under which source line it spoke.
///
/// The text goes to stdout with a newline and is flushed. Where the environment variable
/// `LITERATE_RECORD` names a file, one line of JSON is appended to it; the weaver and the golden
/// tests read that. Results are printed by this function only: text that `print` writes is refused
/// by the weaver.
///
/// - Parameters:
///   - text: What to print; see ``Shown`` for the marks of values that may differ.
///   - line: The source line that the text belongs to: where the call stands.
///   - file: The source file of that line.
public func show(_ text: Shown, line: UInt = #line, file: String = #fileID) {
  print(text.text)
  fflush(nil)
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
  precondition(!name.isEmpty && !name.contains("{") && !name.contains("}"), "name: \(name)")
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
  precondition(!sentence.isEmpty, "the figure \(path) needs a sentence that says what it shows")
  note("figure: \(path)")
  Record(.figure(path), alt, line: line, file: file).append()
}

/// Writes a remark to stderr; it is no result and is not recorded.
public func note(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
