import Files

/// word2vec's text, as word2vec.c, gensim and fastText (`.vec`) write it.
///
/// The first line is "V d", then each line is a word and its d numbers, with spaces between.
enum Word2VecText: WordVectorsCoder {
  static func recognises(_ beginning: UnsafeRawBufferPointer) -> Bool {
    Word2VecHeader.isBinary(beginning: beginning) == false
  }

  static func read(
    _ input: inout BufferedInput, _ reading: VectorsReading
  ) throws(FileError) -> WordVectors {
    let header = try Word2VecHeader(&input)
    return try VectorLines.read(
      &input, declared: header.rows, dimension: header.dimension, says: "the header says", reading)
  }

  static func write(_ vectors: WordVectors, to path: String) throws(FileError) {
    try vectors.requireWords(for: path) { 0x20 == $0 || 0x09...0x0D ~= $0 }
    var output = try PackedOutput(path: path)
    try output.write(Array("\(vectors.words.count) \(vectors.dimension)\n".utf8))
    try VectorLines.write(vectors, VectorLines.Form(), to: &output)
    try output.commit()
  }
}

/// Text without a first line: each line is a word and its d numbers, with spaces between.
///
/// - Source: Pennington, Socher and Manning 2014, the files of GloVe.
enum GloVeText: WordVectorsCoder {
  static func recognises(_ beginning: UnsafeRawBufferPointer) -> Bool {
    guard let fields = VectorLines.firstFields(beginning), fields.count >= 2 else { return false }
    let isHeader = fields.count == 2 && fields.allSatisfy { Int($0) != nil }
    return !isHeader && fields.dropFirst().allSatisfy { Float($0) != nil }
      && !ProjectorTSV.recognises(beginning)
  }

  static func read(
    _ input: inout BufferedInput, _ reading: VectorsReading
  ) throws(FileError) -> WordVectors {
    let count = VectorLines.firstFields(try input.peek(1 << 22))?.count ?? 0
    guard count >= 2 else { throw Word2VecHeader.fault(input.path) }
    if try input.peek(3).elementsEqual([0xEF, 0xBB, 0xBF]) { _ = try input.take(3) }
    return try VectorLines.read(
      &input, declared: nil, dimension: count - 1, says: "the first line has", reading)
  }

  static func write(_ vectors: WordVectors, to path: String) throws(FileError) {
    try vectors.requireWords(for: path) { 0x20 == $0 || 0x09...0x0D ~= $0 }
    var output = try PackedOutput(path: path)
    try VectorLines.write(vectors, VectorLines.Form(), to: &output)
    try output.commit()
  }
}
