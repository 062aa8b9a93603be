/// What a file that was taken for text is, by its first bytes.
package enum ContentKind: Equatable, Sendable {
  /// Text in an encoding that shows, such as "UTF-16".
  case encoded(String)
  /// A compressed file or an archive, such as "a gzip file".
  case compressed(String)
  /// Something else that is no text, such as "a PNG picture".
  case binary(String)

  /// How many bytes of the beginning say what a file is.
  package static let bytesLookedAt = 512

  private static let signatures: [(bytes: [UInt8], kind: ContentKind)] = [
    ([0xFF, 0xFE, 0, 0], .encoded("UTF-32")), ([0, 0, 0xFE, 0xFF], .encoded("UTF-32")),
    ([0xFF, 0xFE], .encoded("UTF-16")), ([0xFE, 0xFF], .encoded("UTF-16")),
    ([0x1F, 0x8B], .compressed("a gzip file")),
    (Array("PK\u{3}\u{4}".utf8), .compressed("a zip archive")),
    (Array("BZh".utf8), .compressed("a bzip2 file")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .compressed("an xz file")),
    ([0x28, 0xB5, 0x2F, 0xFD], .compressed("a zstd file")),
    ([0x89, 0x50, 0x4E, 0x47], .binary("a PNG picture")),
    ([0xFF, 0xD8, 0xFF], .binary("a JPEG picture")),
    (Array("%PDF-".utf8), .binary("a PDF document")),
    ([0x7F, 0x45, 0x4C, 0x46], .binary("an executable program")),
    ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], .binary("a NumPy array")),
    ([0x89, 0x48, 0x44, 0x46], .binary("an HDF5 file")),
    ([0xBA, 0x16, 0x4F, 0x2F], .binary("a fastText model")),
    ([0x80, 0x04, 0x95], .binary("a pickled Python object")),
    (Array("SQLite format 3".utf8), .binary("an SQLite database")),
  ]

  /// Tells what a file is that begins so; nil where it may be text.
  ///
  /// Zero bytes stand in no text of UTF-8 or of an older encoding.
  package init?(beginning: some Collection<UInt8>) {
    let beginning = Array(beginning.prefix(Self.bytesLookedAt))
    if let known = Self.signatures.first(where: { beginning.starts(with: $0.bytes) }) {
      self = known.kind
    } else if let name = Self.wideEncoding(beginning) {
      self = .encoded(name)
    } else if beginning.contains(0) {
      self = .binary("a binary file")
    } else {
      return nil
    }
  }

  /// Tells what a file is that begins so and is not UTF-8; nil where it may be text all the same.
  ///
  /// A file with control characters that no text has is binary: vectors, for example, that have no zero
  /// byte near their beginning.
  package init?(ofNoText beginning: some Collection<UInt8>) {
    if let kind = ContentKind(beginning: beginning) {
      self = kind
    } else if beginning.contains(where: Self.isForeign) {
      self = .binary("a binary file")
    } else {
      return nil
    }
  }

  /// Whether a byte is a control character that stands in no text.
  fileprivate static func isForeign(_ byte: UInt8) -> Bool {
    byte < 0x08 || 0x0E...0x1A ~= byte || 0x1C...0x1F ~= byte
  }

  /// The encoding of a text without a mark whose characters have two bytes, of which Latin letters have
  /// one that is zero: a quarter of all bytes at least, and each an even or each an odd one.
  package static func wideEncoding(_ beginning: some Collection<UInt8>) -> String? {
    var zeros = (even: 0, odd: 0)
    for (i, byte) in beginning.enumerated() where byte == 0 {
      if i % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    guard min(zeros.even, zeros.odd) == 0, beginning.count >= 16,
      4 * (zeros.even + zeros.odd) >= beginning.count
    else { return nil }
    return zeros.even > 0 ? "UTF-16BE" : "UTF-16LE"
  }

  /// What the file is and what to do, to follow its name in a sentence.
  ///
  /// - Parameter wanted: What it should be, such as "UTF-8 text".
  /// - Returns: The rest of the sentence, without the full stop.
  package func remark(wanted: String) -> String {
    switch self {
    case .encoded(let name):
      "is \(name) text; convert it, for example with iconv -f \(name) -t UTF-8"
    case .compressed(let what): "is \(what), not \(wanted); unpack it first"
    case .binary(let what): "is \(what), not \(wanted); check the path"
    }
  }
}

extension FileError {
  /// The error for bytes that are not UTF-8, which says what the file is where that shows.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - line: The line of the first such bytes.
  ///   - beginning: The first bytes of the file, 512 where it has them.
  ///   - near: Bytes around the first that are not UTF-8.
  /// - Returns: The error.
  package static func notUTF8(
    _ path: String, line: Int, beginning: some Collection<UInt8>, near: [UInt8] = []
  ) -> FileError {
    if let kind = ContentKind(ofNoText: beginning) {
      return FileError(path, .malformed(kind.remark(wanted: "UTF-8 text")))
    }
    return FileError(
      path, at: .line(line),
      .malformed(
        near.contains(where: ContentKind.isForeign)
          ? "has bytes that no text has; the file is damaged there, or binary from there on"
          : "is not UTF-8; convert the file, for example with iconv -f ISO-8859-1 -t UTF-8 if it is "
            + "Latin-1"))
  }
}
