import ArgumentParser
import Explorer
import Files
import ProgramSupport
import Word2Vec

struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Makes a page to look around in the vectors with a browser.",
    discussion: """
      Example: word2vec explore text.vec -o text.html

      One file that needs no network: a map of the words, and each word's neighbours.
      """)

  @OptionGroup var vectors: VectorsOptions
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The page to write. (default: the file's name with the ending .html)",
    completion: .file(extensions: ["html"]))
  var output: String?
  @OptionGroup var result: JSONOption

  func validate() throws { try requirePaths(["--output": output]) }

  func run() throws {
    let stem = vectors.file == "-" ? "vectors" : PathName.parts(of: vectors.file).stem
    let path = output ?? stem + ".html"
    try OutputPath.check([OutputPath(path, default: path)], apartFrom: vectors.files)
    let read = try vectors.read()
    guard read.count >= 2 else {
      throw FileError(vectors.file, .malformed("has one word, which makes no map"))
    }
    let page = ExplorerPage(of: read, title: visible(PathName.name(of: vectors.file)))
    try page.write(to: path)
    guard result.json else {
      return Output.print("\(visible(path)): \(page.wordCount) words; open it in a browser")
    }
    JSON.object([("file", .text(path)), ("words", .integer(page.wordCount))]).print()
  }
}
