import ArgumentParser
import Files
import ProgramSupport
import Word2Vec

/// A file format by the name that it has among the options.
enum FormatName: String, ExpressibleByArgument, CaseIterable {
  case text, binary, glove, npy, tsv

  var format: WordVectorsFormat {
    switch self {
    case .text: .word2vecText
    case .binary: .word2vecBinary
    case .glove: .glove
    case .npy: .npy
    case .tsv: .projector
    }
  }

  init(_ format: WordVectorsFormat) {
    self =
      switch format {
      case .word2vecText: .text
      case .word2vecBinary: .binary
      case .glove: .glove
      case .npy: .npy
      case .projector: .tsv
      }
  }
}

/// The file of vectors that a command reads.
struct VectorsOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The vectors: word2vec text or binary, fastText's .vec, GloVe's text, .npy with its "
        + ".words.txt, .tsv with its .metadata.tsv, each also packed by gzip. The format is told by "
        + "the content; - is stdin.", valueName: "file"),
    completion: .file())
  var file: String

  @Option(help: "Read the file as text, binary, glove, npy or tsv, whatever it looks like.")
  var from: FormatName?

  @Flag(
    help:
      "Take what can be read of a file that is not well-formed, such as one with a wrong header.")
  var lenient = false

  func validate() throws { try requirePaths(["<file>": file]) }

  /// The files that are read.
  var files: [String] { Self.files(file) }

  /// The files that vectors are read from, the list of their words among them.
  static func files(_ file: String) -> [String] {
    guard file != "-" else { return ["/dev/stdin"] }
    return [file] + (WordVectorsFormat(ending: file)?.wordList(beside: file).map { [$0] } ?? [])
  }

  /// Reads the vectors; what is odd about them is said on stderr.
  func read() throws -> WordVectors { try readWithFormat().vectors }

  /// Reads the vectors, and tells the format of their file.
  func readWithFormat() throws -> (vectors: WordVectors, format: WordVectorsFormat) {
    do {
      return try WordVectors.read(
        contentsOf: files[0], format: from?.format, isLenient: lenient,
        remark: { note("note: \(visible($0.description))") })
    } catch {
      guard case .malformed = error.problem, !lenient || from != nil else { throw error }
      throw WithAdvice(error: error, isForced: from != nil)
    }
  }

  /// An error in a file, with the option that may help.
  private struct WithAdvice: Error, CustomStringConvertible {
    let error: FileError
    /// Whether a format was given.
    let isForced: Bool
    var description: String {
      let sentence = error.description
      if isForced {
        let fault = sentence.prefix { $0 != ";" }
        return (fault.hasSuffix(".") ? fault.dropLast() : fault)
          + "; without --from the format is told by the content."
      }
      if sentence.contains("leniently") { return sentence.dropLast() + " (--lenient)." }
      return sentence.contains("is not UTF-8")
        ? sentence.dropLast() + ", or leave such rows out (--lenient)." : sentence
    }
  }
}

/// Whether results are printed for programs.
struct JSONOption: ParsableArguments {
  @Flag(help: "Print the result as JSON, on one line.")
  var json = false
}

/// How many neighbours are listed.
struct CountOption: ParsableArguments {
  @Option(name: .customLong("k"), parsing: .unconditional, help: "How many neighbours are listed.")
  var k = 10

  func validate() throws {
    guard k >= 1 else { throw ValidationError("--k is \(k); give 1 or more.") }
  }
}

/// The place of vectors that a command writes, checked before the work.
struct VectorsOutput {
  let path: String
  let format: WordVectorsFormat

  /// - Throws: `ValidationError` where neither the option nor the name's ending gives a format;
  ///   `FileError` where there is a folder of that name.
  init(_ path: String, _ format: FormatName?) throws {
    guard path != "-" else {
      throw ValidationError("Vectors are written whole or not at all, not to stdout; name a file.")
    }
    guard !Folder.exists(path) else { throw FileError(path, .isFolder) }
    guard let format = format?.format ?? WordVectorsFormat(ending: path) else {
      throw ValidationError(
        "\(path) has an ending that stands for no format: let it end in .vec (text), .bin (binary), "
          + ".npy or .tsv, each also .gz, or give --format.")
    }
    (self.path, self.format) = (path, format)
  }

  private init(path: String, format: WordVectorsFormat) {
    (self.path, self.format) = (path, format)
  }

  /// The place beside this one whose name says more, and where nothing is.
  func unused(_ remark: String) -> VectorsOutput {
    VectorsOutput(path: OutputPath(path, default: path).unused(remark).path, format: format)
  }

  /// The files: one, or two where the words go into one of their own.
  var files: [String] { [path] + (format.wordList(beside: path).map { [$0] } ?? []) }

  /// The files as places to be checked.
  var outputs: [OutputPath] { files.map { OutputPath($0, default: $0) } }

  /// Writes vectors that took long to make.
  ///
  /// - Throws: `Rescue` where they went somewhere else; `FileError` where they cannot be written.
  func write(_ vectors: WordVectors) throws {
    try Rescue.write("the vectors", to: path, smaller: ".bin") { path, isSmaller in
      try vectors.write(to: path, format: isSmaller ? .word2vecBinary : format)
    }
  }

  /// What was written, in words.
  func sentence(_ vectors: WordVectors) -> String {
    "\(files.joined(separator: " and ")): \(vectors.count) words of \(vectors.dimension) numbers"
  }
}

extension [WordVectors.Neighbour] {
  /// The neighbours for programs.
  var json: JSON {
    .array(map { .object([("word", .text($0.word)), ("cosine", .single($0.cosine))]) })
  }
}
