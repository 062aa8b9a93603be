import Word2Vec

/// What is done with a file of vectors: loading, single questions, many, analogies.
enum VectorFiles {
  /// Times them on `FOLDER/vectors.vec`, `vectors.bin` and `analogies.txt`, which
  /// `peers/gensim_vectors.py` writes.
  static func measurements(folder: String) throws -> [Measurement] {
    let (text, binary) = (folder + "/vectors.vec", folder + "/vectors.bin")
    let vectors = try WordVectors(contentsOf: binary)
    let sizes = ["words": vectors.count, "dimension": vectors.dimension]
    let numbers = Double(vectors.count * vectors.dimension)
    let words = (0..<1000).map { vectors.words[$0 * 7919 % vectors.count] }
    let questions = words.map { WordVectors.Question(positive: [$0]) }
    let analogies = try Analogies(contentsOf: folder + "/analogies.txt")
    var next = 0
    return [
      try .timing("load text", sizes: sizes, runs: 1) { _ = try WordVectors(contentsOf: text) },
      try .timing("load binary", sizes: sizes, bytes: 4 * numbers, runs: 3) {
        _ = try WordVectors(contentsOf: binary)
      },
      try .timing("similar", sizes: sizes, bytes: 4 * numbers, runs: 20) {
        next = (next + 1) % words.count
        _ = try vectors.mostSimilar(to: words[next])
      },
      try .timing("similar, 1000 at once", sizes: sizes, operations: 2000 * numbers, runs: 1) {
        _ = try vectors.mostSimilar(questions)
      },
      .timing("analogies", sizes: sizes.merging(["questions": analogies.count]) { $1 }, runs: 1) {
        _ = analogies.score(vectors)
      },
    ]
  }
}
