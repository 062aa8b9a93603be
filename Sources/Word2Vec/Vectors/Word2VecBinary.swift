import Files

/// word2vec's binary form, as word2vec.c and gensim write it.
///
/// The first line is "V d", then come each word, a space and its d numbers, little-endian `Float`.
/// word2vec.c ends each row with a line feed and gensim does not: none is written, either is read.
enum Word2VecBinary: WordVectorsCoder {
  static func recognises(_ beginning: UnsafeRawBufferPointer) -> Bool {
    Word2VecHeader.isBinary(beginning: beginning) == true
  }

  static func write(_ vectors: WordVectors, to output: inout OutputFile) throws(FileError) {
    var bytes = Array("\(vectors.words.count) \(vectors.dimension)\n".utf8)
    for (row, word) in vectors.words.enumerated() {
      bytes.append(contentsOf: word.utf8)
      bytes.append(0x20)
      for value in vectors[row] {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
      if bytes.count >= 1 << 18 {
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try output.write(bytes)
  }

  static func read(_ input: inout BufferedInput) throws(FileError) -> WordVectors {
    let header = try Word2VecHeader(&input)
    let path = input.path
    var words: [String] = []
    var values: [Float] = []
    var table = WordTable()
    values.reserveCapacity(header.expectedValues(size: input.size, bytes: 4))
    while words.count < header.rows {
      while try input.peek(1).first == 0x0A { _ = try input.take(1) }
      let place = FileError.Place.byte(input.offset)
      guard let (bytes, found) = try input.take(upTo: 0x20, limit: Word2VecHeader.wordLimit) else {
        throw FileError(
          path, at: place,
          .malformed("begins a word that does not end; the dimension in the header may be wrong"))
      }
      guard found else { throw header.cutShort(path, row: words.count + 1) }
      guard let word = String(validating: bytes, as: UTF8.self) else {
        throw FileError(
          path, at: place,
          .malformed("begins a word that is not UTF-8; the dimension in the header may be wrong"))
      }
      guard try append(header.dimension, from: &input, to: &values) else {
        throw header.cutShort(path, row: words.count + 1)
      }
      guard values.suffix(header.dimension).allSatisfy(\.isFinite) else {
        throw FileError(
          path, at: place, .malformed("begins the word \"\(word)\", whose vector is not finite"))
      }
      guard Int(table.insert(word)) == words.count else {
        throw FileError(
          path, at: place, .malformed("begins the word \"\(word)\" again; keep one of its rows"))
      }
      words.append(word)
    }
    while let rest = try input.peek(1).first {
      guard rest == 0x0A else {
        throw FileError(
          path, at: .byte(input.offset),
          .malformed("comes after all \(header.rows) rows of the header; correct the header"))
      }
      _ = try input.take(1)
    }
    return WordVectors(
      table, words: words, vectors: Tensor(shape: [words.count, header.dimension], values: values))
  }

  /// Appends some numbers; false where the file ends before.
  private static func append(
    _ count: Int, from input: inout BufferedInput, to values: inout [Float]
  ) throws(FileError) -> Bool {
    var rest = count
    while rest > 0 {
      let wanted = min(rest, 1 << 14)  // a header of any size takes no more than the file gives
      let bytes = try input.take(4 * wanted)
      guard bytes.count == 4 * wanted else { return false }
      for i in 0..<wanted {
        let bits = bytes.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
        values.append(Float(bitPattern: UInt32(littleEndian: bits)))
      }
      rest -= wanted
    }
    return true
  }
}
