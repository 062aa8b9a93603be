/// Where the rows of a table lie: word w is in residue class w mod 64, and a class's rows lie side by
/// side.
///
/// A range of rows then holds rare and frequent words in the mixture of the whole vocabulary, which
/// is sorted by frequency: parts of the table are equal in rows and nearly so in work, and each keeps
/// to the cache of the processor that takes it.
struct RowOrder: Sendable {
  // By `&` and `>>` below: `%` and `/` are slower for signed numbers.
  private static let classBits = 6
  private static let classes = 1 << classBits
  private let rowsPerClass: Int

  /// The order of the rows of `vocabularySize` words.
  init(vocabularySize: Int) {
    rowsPerClass = (vocabularySize + Self.classes - 1) / Self.classes
  }

  /// The number of rows, up to 63 of them unused.
  var rowCount: Int { Self.classes * rowsPerClass }

  /// The row of a word.
  @inline(__always)
  func row(of word: Int) -> Int {
    (word & (Self.classes - 1)) &* rowsPerClass &+ word >> Self.classBits
  }

  /// The part that a word's row is in, of `parts`, a power of two up to 64.
  @inline(__always)
  static func part(of word: Int, parts: Int) -> Int {
    ((word & (classes - 1)) &* parts) >> classBits
  }

  /// The rows of a part.
  func rows(ofPart part: Int, parts: Int) -> Range<Int> {
    rowCount / parts * part..<rowCount / parts * (part + 1)
  }
}
