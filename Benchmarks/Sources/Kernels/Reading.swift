import Foundation
import Word2Vec

/// How fast a text is read, counted and numbered.
enum Reading {
  /// The reading of one text, its words all kept.
  static func measurements(path: String) throws -> [Measurement] {
    let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    let corpus = try Corpus(contentsOf: path, minimumCount: 1)
    let sizes = [
      "megabytes": bytes / 1_000_000, "tokens": corpus.tokens.count,
      "vocabulary": corpus.vocabulary.count,
    ]
    return [
      try .timing("read", sizes: sizes, bytes: Double(bytes), runs: 3) {
        _ = try Corpus(contentsOf: path, minimumCount: 10)
      }
    ]
  }
}
