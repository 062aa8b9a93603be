/// Where the rows of a table lie: words are dealt like cards, word w to hand w mod 64.
///
/// A hand's rows lie side by side, so a range of rows holds rare and frequent words in the mixture of
/// the whole vocabulary, which is sorted by frequency. Parts of the table are then equal in rows and
/// nearly so in work, and each keeps to the cache of the processor that takes it.
struct RowOrder: Sendable {
  // By `&` and `>>` below: `%` and `/` are slower for signed numbers.
  private static let handBits = 6
  private static let hands = 1 << handBits
  private let rowsPerHand: Int

  /// The order of the rows of `vocabularySize` words.
  init(vocabularySize: Int) {
    rowsPerHand = (vocabularySize + Self.hands - 1) / Self.hands
  }

  /// The number of rows, up to 63 of them unused.
  var rowCount: Int { Self.hands * rowsPerHand }

  /// The row of a word.
  @inline(__always)
  func row(of word: Int) -> Int {
    (word & (Self.hands - 1)) &* rowsPerHand &+ word >> Self.handBits
  }

  /// The part that a word's row is in, of `parts`, a power of two up to 64.
  @inline(__always)
  static func part(of word: Int, parts: Int) -> Int { ((word & (hands - 1)) &* parts) >> handBits }

  /// The rows of a part.
  func rows(ofPart part: Int, parts: Int) -> Range<Int> {
    rowCount / parts * part..<rowCount / parts * (part + 1)
  }
}
