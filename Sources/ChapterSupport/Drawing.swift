import Figures
import Literate
import ProgramSupport

/// Draws a chart to its file, its numbers as CSV beside it, and records it as a figure of the page;
/// one that cannot be written is told of, and costs the run only its status.
///
/// - Parameters:
///   - chart: The chart.
///   - path: The file; its ending names the format. Its folder is made where it is not.
///   - sentence: What the chart shows, with its numbers, for those who cannot see it.
///   - line: The source line that the figure belongs to.
///   - file: The source file of that line.
public func draw(
  _ chart: some Chart, to path: String, saying sentence: String, line: UInt = #line,
  file: String = #fileID
) {
  draw(chart, to: OutputPath(nil, default: path), saying: sentence, line: line, file: file)
}

/// Draws a chart to its place; the folder is made where the place is the package's own choice.
///
/// What a page draws whose code someone has changed goes beside the book's figure.
public func draw(
  _ chart: some Chart, to output: OutputPath, saying sentence: String, line: UInt = #line,
  file: String = #fileID
) {
  let output = ThisPage.place(of: output)
  orGoOn {
    try OutputPath.check([output, output.table()])
    try output.makeFolder()
    try chart.write(to: output.path, description: sentence)
    figure(output.path, alt: "\(sentence)", line: line, file: file)
  }
}

extension OutputPath {
  /// The table of numbers that is written beside a figure.
  ///
  /// - Throws: `FileError` where the figure's ending names no format.
  public func table() throws -> OutputPath {
    _ = try FigureFormat(ofFile: path)
    return withEnding("csv")
  }
}

extension CorpusOptions {
  /// Where a figure goes: the committed figures are those of the Penn Treebank and the document's
  /// settings, others carry the name of their corpus and what was changed.
  public func figurePath(_ name: String, changes: [String] = []) -> String {
    let corpus = shortName == "ptb" ? [] : [shortName]
    return "figures/\(([name] + corpus + changes + self.changes).joined(separator: "-")).svg"
  }
}
