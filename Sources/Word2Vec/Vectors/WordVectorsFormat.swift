import Files

/// How word vectors lie in a file.
public enum WordVectorsFormat: String, Sendable, CaseIterable {
  /// word2vec's text: a line "V d", then a line for each word with its d decimal numbers; fastText's
  /// `.vec` is the same.
  case word2vecText
  /// word2vec's binary form: a line "V d", then each word, a space and d little-endian `Float`.
  case word2vecBinary
  /// GloVe's text: a line for each word with its d decimal numbers.
  case glove
  /// An array in `NAME.npy` and its words in `NAME.words.txt`.
  case npy
  /// Tab-separated vectors in `NAME.tsv` and their words in `NAME.metadata.tsv`.
  case projector

  /// What reads and writes the format.
  var coder: any WordVectorsCoder.Type {
    switch self {
    case .word2vecText: Word2VecText.self
    case .word2vecBinary: Word2VecBinary.self
    case .glove: GloVeText.self
    case .npy: NPYArray.self
    case .projector: ProjectorTSV.self
    }
  }

  /// The format that the ending of a file's name stands for: `.vec`, `.bin`, `.npy`, `.tsv`, each
  /// also with `.gz` behind it; nil for any other.
  public init?(ending path: String) {
    let name = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    let endings: [(String, WordVectorsFormat)] = [
      (".vec", .word2vecText), (".bin", .word2vecBinary), (".npy", .npy), (".tsv", .projector),
    ]
    guard let format = endings.first(where: { name.hasSuffix($0.0) })?.1 else { return nil }
    self = format
  }

  /// The other file of a format that has two, for the vectors in a file of this name; nil where there
  /// is none.
  public func wordList(beside path: String) -> String? {
    switch self {
    case .npy: WordList.path(beside: path, as: NPYArray.listName)
    case .projector: WordList.path(beside: path, as: ProjectorTSV.listName)
    default: nil
    }
  }

  /// Whether the numbers are written as text.
  package var isText: Bool { self != .word2vecBinary && self != .npy }

  /// The bytes that a file of trained vectors has, from the fewest to the most.
  ///
  /// A number takes 9 to 14 characters as text, of which gzip leaves 3 to 7 bytes; of the 4 bytes of
  /// the other formats it leaves more than 3.
  ///
  /// - Parameters:
  ///   - words: The words.
  ///   - dimension: d, the numbers of a vector.
  ///   - path: The file, whose name says whether it is packed.
  /// - Returns: The bytes of the file itself, without a list of words beside it.
  package func expectedBytes(
    of words: some Collection<String>, dimension: Int, at path: String
  ) -> ClosedRange<Double> {
    let isPacked = path.hasSuffix(".gz")
    let number: ClosedRange<Double> =
      switch (isText, isPacked) {
      case (true, false): 9...14
      case (true, true): 3...7
      case (false, false): 4...4
      case (false, true): 3...4.1
      }
    let count = Double(words.count * dimension)
    let letters =
      wordList(beside: path) == nil ? words.reduce(0.0) { $0 + Double($1.utf8.count + 1) } : 0
    return count * number.lowerBound + (isPacked ? 0 : letters)...count * number.upperBound
      + letters + 256
  }
}

/// One way in which word vectors lie in a file, which may be packed by gzip.
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
  static func read(
    _ input: inout BufferedInput, _ reading: VectorsReading
  ) throws(FileError) -> WordVectors

  /// Writes a whole file, and the one beside it where the format has two.
  ///
  /// - Throws: `FileError` if it cannot be written, or cannot hold a word.
  static func write(_ vectors: WordVectors, to path: String) throws(FileError)
}

extension WordVectors {
  /// Reads a file of vectors, packed by gzip or not.
  ///
  /// Memory is taken for what the file holds, whatever it says of itself. Where a word has several
  /// rows the first one counts.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - format: Its format; by its content where none is given.
  ///   - isLenient: Whether to take what can be read of a file that is not well-formed: rows are
  ///     counted and not believed to be as many as the file says, a row that cannot be read is left
  ///     out, and what is not UTF-8 in a word of a binary file is replaced by U+FFFD.
  ///   - remark: Takes what was odd and did not stop the reading, a sentence for each kind.
  /// - Throws: `FileError` if there is no such file, or it is not whole and well-formed.
  /// - Complexity: O(bytes).
  public init(
    contentsOf path: String, format: WordVectorsFormat? = nil, isLenient: Bool = false,
    remark: @escaping (FileError) -> Void = { _ in }
  ) throws(FileError) {
    self = try Self.read(
      contentsOf: path, format: format, isLenient: isLenient, remark: remark
    ).vectors
  }

  /// Reads a file of vectors as `init(contentsOf:)` does, and tells its format.
  package static func read(
    contentsOf path: String, format: WordVectorsFormat? = nil, isLenient: Bool = false,
    remark: @escaping (FileError) -> Void = { _ in }
  ) throws(FileError) -> (vectors: WordVectors, format: WordVectorsFormat) {
    var input = try BufferedInput(path: path)
    guard try !input.peek(1).isEmpty else {
      throw FileError(path, .malformed("is empty; give a file of word vectors"))
    }
    let start = try input.peek(1 << 16)
    let recognised = WordVectorsFormat.allCases.first { $0.coder.recognises(start) }
    guard let format = format ?? recognised else {
      let beginning = try input.peek(ContentKind.bytesLookedAt)
      throw ContentKind(ofNoText: beginning)
        .map { FileError(path, .malformed($0.remark(wanted: "word vectors"))) }
        ?? Word2VecHeader.fault(path)
    }
    let reading = VectorsReading(isLenient: isLenient, remark: remark)
    return (try format.coder.read(&input, reading), format)
  }

  /// Writes the vectors to a file, whole or not at all; packed by gzip if its name ends in `.gz`.
  ///
  /// `<unk>` is a word like the others.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - format: Its format; by the ending of its name where none is given, word2vec's text if that
  ///     says nothing.
  /// - Throws: `FileError`: it cannot be written, and a file of before is as it was; or the format
  ///   cannot hold a word that is empty or has white space.
  /// - Complexity: O(V·d).
  public func write(
    to path: String, format: WordVectorsFormat? = nil
  ) throws(FileError) {
    try (format ?? WordVectorsFormat(ending: path) ?? .word2vecText).coder.write(self, to: path)
  }

  /// Checks that a format can hold all words.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isReserved: Whether a byte separates words from something else in it.
  /// - Throws: `FileError` about the first word that it cannot hold.
  func requireWords(
    for path: String, without isReserved: (UInt8) -> Bool
  ) throws(FileError) {
    guard let word = words.first(where: { $0.isEmpty || $0.utf8.contains(where: isReserved) })
    else { return }
    let what = word.isEmpty ? "an empty word" : "the word \(word.debugDescription)"
    throw FileError(
      path,
      .malformed("cannot hold \(what), whose white space is a separator there; choose .npy or .tsv")
    )
  }
}
