import Files

/// Two files of tab-separated values: `NAME.tsv` with a vector a line, `NAME.metadata.tsv` with a
/// word a line.
///
/// A list of several columns has a first line that names them; words are its first column.
///
/// - Source: TensorBoard's Embedding Projector.
enum ProjectorTSV: WordVectorsCoder {
  /// How the name's ending and its word list's go together.
  static let listName = (".tsv", ".metadata.tsv")

  static func recognises(_ beginning: UnsafeRawBufferPointer) -> Bool {
    let line = beginning.prefix { $0 != 0x0A && $0 != 0x0D }
    let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
    guard line.count < beginning.count || beginning.count < 1 << 16 else { return false }
    return fields.count >= 2
      && fields.allSatisfy { Float(decimal: UnsafeRawBufferPointer(rebasing: $0)) != nil }
  }

  static func read(
    _ input: inout BufferedInput, _ reading: VectorsReading
  ) throws(FileError) -> WordVectors {
    let dimension = VectorLines.firstFields(try input.peek(1 << 22))?.count ?? 0
    guard dimension > 0 else { throw Word2VecHeader.fault(input.path) }
    var words = try WordList.read(
      beside: input,
      as: [listName, ("tensor.tsv", "metadata.tsv"), ("vectors.tsv", "metadata.tsv")])
    if words.first?.contains("\t") == true { words.removeFirst() }
    return try VectorLines.read(
      &input, words: words.map { String($0.prefix { $0 != "\t" }) }, declared: words.count,
      dimension: dimension, says: "the first line has", reading)
  }

  static func write(_ vectors: WordVectors, to path: String) throws(FileError) {
    try vectors.requireWords(for: path) { 0x09...0x0D ~= $0 }
    var output = try PackedOutput(path: path)
    try VectorLines.write(
      vectors, VectorLines.Form(hasWord: false, separator: 0x09), to: &output)
    try WordList.write(vectors.words, beside: path, as: listName, &output)
  }
}

/// The words of vectors whose own file has none: another file beside it, with a word a line.
enum WordList {
  /// The name of the list that is written beside a file.
  static func path(beside path: String, as name: (String, String)) -> String {
    Self.path(beside: path, name.0, name.1) ?? path + name.1
  }

  /// The name of the list of a file: its name with another ending, packed if the file is.
  ///
  /// - Returns: The name; nil where the file's name does not end so.
  static func path(beside path: String, _ ending: String, _ other: String) -> String? {
    for packed in ["", ".gz"] where path.hasSuffix(ending + packed) {
      return path.dropLast(ending.count + packed.count) + other + packed
    }
    return nil
  }

  /// Reads the list of a file; where there is none of that name, one that is packed and the file is
  /// not, or the other way round.
  ///
  /// - Parameters:
  ///   - file: The file, which is open.
  ///   - names: How endings of the file's name and of the list's go together.
  /// - Returns: The words.
  /// - Throws: `FileError` where there is no list, it is not UTF-8, or both were written anew since the
  ///   file was opened.
  static func read(
    beside file: borrowing BufferedInput, as names: [(String, String)]
  ) throws(FileError) -> [String] {
    let path = file.path
    let lists = names.compactMap { Self.path(beside: path, $0.0, $0.1) } + [path + names[0].1]
    for list in lists + lists.map({ $0.hasSuffix(".gz") ? String($0.dropLast(3)) : $0 + ".gz" }) {
      var input: BufferedInput
      do throws(FileError) {
        input = try BufferedInput(path: list)
      } catch {
        if error.problem == .noSuchFile { continue }
        throw error
      }
      if let version = file.version, (try? InputFile(path: path))?.version != version {
        throw FileError(path, .malformed("was written anew while it was read; read it again"))
      }
      var words: [String] = []
      while let line = try input.nextLineOfText(limit: VectorLines.wordLimit) {
        let endsInReturn = line.utf8.last == 0x0D
        words.append(endsInReturn ? String(line.unicodeScalars.dropLast()) : line)
      }
      return words
    }
    // Where the file itself was not put in its place yet, its words are those of before.
    let ending = OutputFile.leftovers(of: path).isEmpty ? ".part" : ".before"
    let left = OutputFile.leftovers(of: lists[0]).first { $0.hasSuffix(ending) }
    throw FileError(
      path,
      .malformed(
        "has vectors without their words; its words belong in \(lists[0]), one a line"
          + (left.map { ": a program that was ended left them in \($0), to be renamed" } ?? "")))
  }

  /// Writes the list of a file, and puts both in their places.
  static func write(
    _ words: [String], beside path: String, as name: (String, String),
    _ output: inout PackedOutput
  ) throws(FileError) {
    var list = try PackedOutput(path: Self.path(beside: path, as: name))
    try list.write(words.flatMap { Array($0.utf8) + [0x0A] })
    try output.commit(with: &list)
  }
}
