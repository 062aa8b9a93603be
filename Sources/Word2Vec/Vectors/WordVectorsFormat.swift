import Files

/// How word vectors lie in a file.
public enum WordVectorsFormat: String, Sendable, CaseIterable {
  /// word2vec's text: a line "V d", then a line for each word with its d decimal numbers.
  case word2vecText
  /// word2vec's binary form: a line "V d", then each word, a space and d little-endian `Float`.
  case word2vecBinary

  /// What reads and writes the format.
  var coder: any WordVectorsCoder.Type {
    switch self {
    case .word2vecText: Word2VecText.self
    case .word2vecBinary: Word2VecBinary.self
    }
  }
}

/// One way in which word vectors lie in a file.
///
/// A new format is a type of this kind and a case of `WordVectorsFormat`.
protocol WordVectorsCoder {
  /// Tells whether a file is of this format, by how it begins.
  ///
  /// - Parameter beginning: The first bytes, up to 64 KiB of them.
  /// - Returns: Whether it is; no file is of two formats.
  static func recognises(_ beginning: UnsafeRawBufferPointer) -> Bool

  /// Reads a whole file, and takes no more memory than it fills, whatever it says of itself.
  ///
  /// - Throws: `FileError` with the place of what is not well-formed.
  static func read(_ input: inout BufferedInput) throws(FileError) -> WordVectors

  /// Writes a whole file.
  ///
  /// - Throws: `FileError` if it cannot be written.
  static func write(_ vectors: WordVectors, to output: inout OutputFile) throws(FileError)
}

extension WordVectors {
  /// Reads a file of vectors.
  ///
  /// Memory is taken for what the file holds, whatever it says of itself.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - format: Its format; by its content where none is given.
  /// - Throws: `FileError` if there is no such file, or it is not whole and well-formed.
  /// - Complexity: O(bytes).
  public init(
    contentsOf path: String, format: WordVectorsFormat? = nil
  ) throws(FileError) {
    var input = try BufferedInput(path: path)
    let beginning = try input.peek(1 << 16)
    let recognised = WordVectorsFormat.allCases.first { $0.coder.recognises(beginning) }
    guard let format = format ?? recognised else {
      let kind = ContentKind(beginning: beginning)
      throw kind.map { FileError(path, .malformed($0.remark(wanted: "word vectors"))) }
        ?? Word2VecHeader.fault(path)
    }
    self = try format.coder.read(&input)
  }

  /// Writes the vectors to a file, whole or not at all.
  ///
  /// `<unk>` is a word like the others.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - format: Its format.
  ///   - file: The caller's file, for a word that is empty or has white space in it, which no file
  ///     can hold.
  ///   - line: The caller's line.
  /// - Throws: `FileError.Problem.unwritable`; a file of before is then as it was.
  /// - Complexity: O(V·d).
  public func write(
    to path: String, format: WordVectorsFormat = .word2vecText, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(FileError) {
    for word in words {
      require(
        !word.isEmpty && !word.utf8.contains { $0 == 0x20 || 0x09...0x0D ~= $0 },
        "the word \"\(word)\" is empty or has white space, and cannot be written to \(path)",
        file: file, line: line)
    }
    var output = try OutputFile(path: path)
    try format.coder.write(self, to: &output)
    try output.commit()
  }
}
