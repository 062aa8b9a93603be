import Files

/// word2vec's binary form, as word2vec.c and gensim write it.
///
/// The first line is "V d", then come each word, a space and its d numbers, little-endian `Float`.
/// word2vec.c ends each row with a line feed and gensim does not: none is written, either is read.
///
/// A file is read in pieces and not mapped into memory: its rows, of any offset and with words
/// between, would be copied all the same, and a mapped file that is cut short ends the program.
enum Word2VecBinary: WordVectorsCoder {
  static func recognises(_ beginning: UnsafeRawBufferPointer) -> Bool {
    Word2VecHeader.isBinary(beginning: beginning) == true
  }

  static func write(_ vectors: WordVectors, to path: String) throws(FileError) {
    try vectors.requireWords(for: path) { 0x20 == $0 || 0x0A == $0 }
    var output = try PackedOutput(path: path)
    var bytes = Array("\(vectors.words.count) \(vectors.dimension)\n".utf8)
    for (row, word) in vectors.words.enumerated() {
      bytes.append(contentsOf: word.utf8)
      bytes.append(0x20)
      vectors[row].withUnsafeBytes { bytes.append(contentsOf: $0) }
      if bytes.count >= 1 << 18 {
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try output.write(bytes)
    try output.commit()
  }

  static func read(
    _ input: inout BufferedInput, _ reading: VectorsReading
  ) throws(FileError) -> WordVectors {
    let header = try Word2VecHeader(&input)
    let path = input.path
    var rows = RowCollector(
      path, declared: header.rows, dimension: header.dimension,
      room: input.size / 4, reading)
    var row: [Float] = []
    while true {
      while try input.peek(1).first == 0x0A { _ = try input.take(1) }
      let place = FileError.Place.byte(input.offset)
      if try input.peek(1).isEmpty { return try rows.vectors() }
      try rows.checkExtra(at: place)
      guard let (bytes, found) = try input.take(upTo: 0x20, limit: VectorLines.wordLimit) else {
        throw FileError(
          path, at: place,
          .malformed("begins a word that does not end; the dimension in the header may be wrong"))
      }
      guard found else { return try rows.vectors(isCut: true) }
      let valid = String(validating: bytes, as: UTF8.self)
      guard let word = valid ?? (reading.isLenient ? String(decoding: bytes, as: UTF8.self) : nil)
      else {
        throw FileError(
          path, at: place,
          .malformed(
            "begins a word that is not UTF-8; the dimension in the header may be wrong, or read "
              + "leniently"))
      }
      row.removeAll(keepingCapacity: true)
      guard try input.appendFloats(header.dimension, to: &row) else {
        return try rows.vectors(isCut: true)
      }
      if areFinite(row[...]) {
        try rows.append(word, at: place, row)
      } else {
        try rows.leaveOut(
          FileError(
            path, at: place,
            .malformed("begins the word \"\(word)\", whose vector is not finite")))
      }
    }
  }
}
