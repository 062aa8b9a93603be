import Files

/// How a file of vectors is read.
struct VectorsReading {
  /// Whether what can be read is taken from a file that is not as it should be.
  let isLenient: Bool
  /// Takes what was odd and did not stop the reading.
  let remark: (FileError) -> Void
}

/// The rows of a file of vectors as they are read, of whatever format.
///
/// The first row of a word counts. Nothing is believed of what the file says of itself: memory is
/// taken for rows that are there.
struct RowCollector {
  private let path: String
  private let reading: VectorsReading
  /// How many rows the file says it has; nil where it does not say.
  let declared: Int?
  /// d.
  let dimension: Int
  /// The rows seen so far, whether or not they count.
  private(set) var seen = 0
  private var words: [String] = []
  private var values: [Float] = []
  private var table = WordTable()
  private var repeated = Several()
  private var leftOut = Several()

  /// Something that was seen several times: the first of it, and how often.
  private struct Several {
    var first: FileError?
    var count = 0

    mutating func add(_ error: FileError) {
      if first == nil { first = error }
      count += 1
    }
  }

  /// Begins with no row.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - declared: How many rows it says it has.
  ///   - dimension: d.
  ///   - room: How many numbers a file of its size can hold; 0 where that is not known.
  ///   - reading: How it is read.
  init(
    _ path: String, declared: Int?, dimension: Int, room: Int, _ reading: VectorsReading
  ) {
    (self.path, self.declared) = (path, declared)
    (self.dimension, self.reading) = (dimension, reading)
    let (count, overflow) = (declared ?? 0).multipliedReportingOverflow(by: dimension)
    values.reserveCapacity(overflow ? room : min(count, room))
  }

  /// Whether the next row, if there is one, is one more than the file says it has, which is an error
  /// unless the reading is lenient.
  func checkExtra(at place: FileError.Place) throws(FileError) {
    guard let declared, seen >= declared, !reading.isLenient else { return }
    throw FileError(
      path, at: place,
      .malformed(
        "comes after all \(declared) rows of the header; correct the header, or read leniently"))
  }

  /// Takes a row.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - place: Where the row begins.
  ///   - row: Its numbers, d of them.
  /// - Throws: `FileError` where it is one more than the file says it has.
  mutating func append(
    _ word: String, at place: FileError.Place, _ row: some Collection<Float>
  ) throws(FileError) {
    try checkExtra(at: place)
    seen += 1
    guard Int(table.insert(word)) == words.count else {
      repeated.add(FileError(path, at: place, .malformed("has the word \"\(word)\" again")))
      return
    }
    words.append(word)
    values.append(contentsOf: row)
  }

  /// Leaves a row out that is not well-formed.
  ///
  /// - Throws: What is wrong with it, unless the reading is lenient.
  mutating func leaveOut(_ error: FileError) throws(FileError) {
    guard reading.isLenient else { throw error }
    seen += 1
    leftOut.add(error)
  }

  /// Makes the vectors of the rows, at the end of the file.
  ///
  /// - Parameter isCut: Whether the file ends within a row.
  /// - Returns: The vectors.
  /// - Throws: `FileError` where a row is missing, unless the reading is lenient.
  consuming func vectors(isCut: Bool = false) throws(FileError) -> WordVectors {
    if isCut || seen != declared ?? seen {
      let said = declared.map { " where the header says \($0)" } ?? ""
      if !reading.isLenient {
        let what =
          isCut
          ? "ends in row \(seen + 1)\(declared.map { " of \($0)" } ?? ""); the file is cut short: "
            + "make it again"
          : "has \(seen) rows\(said); the file is cut short, or its header is wrong: make it again, "
            + "correct the header"
        throw FileError(path, .malformed(what + ", or read leniently"))
      }
      reading.remark(
        FileError(path, .malformed("has \(seen) rows\(said); those that are there were read")))
    }
    if let first = leftOut.first {
      guard !words.isEmpty else { throw first }
      reading.remark(first.with(", and the row was left out\(others(leftOut))"))
    }
    guard !words.isEmpty else { throw FileError(path, .malformed("has no row to read")) }
    if let first = repeated.first {
      reading.remark(first.with("; the first row of a word counts\(others(repeated))"))
    }
    return WordVectors(
      table, words: words, vectors: Tensor(shape: [words.count, dimension], values: values))
  }

  private func others(_ several: Several) -> String {
    several.count > 1 ? " (\(several.count) such rows)" : ""
  }
}

extension FileError {
  /// The same error with more at the end of its sentence.
  fileprivate func with(_ more: String) -> FileError {
    guard case .malformed(let what) = problem else { return self }
    return FileError(path, at: place, .malformed(what + more))
  }
}
