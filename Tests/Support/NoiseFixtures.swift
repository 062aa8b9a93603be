import Foundation
import Testing
import Word2Vec

/// A vocabulary whose noise words are known, and whether draws are by them.
public enum NoiseFixtures {
  /// Words of frequencies 1000, 500, 333, …, and many unknown ones.
  public static func vocabulary(words: Int) -> Vocabulary {
    Vocabulary(
      tokens: ["<unk>"] + (1...words).map { "w\($0)" },
      counts: [1_000_000] + (1...words).map { max(1, 1000 / $0) })
  }

  /// The probability of each word as noise.
  public static func shares(of vocabulary: Vocabulary) -> [Double] {
    let weights = [0] + vocabulary.counts.dropFirst().map { pow(Double($0), 0.75) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// Expects χ² within five deviations of its mean.
  public static func expectNoise(
    _ counts: [Int], of vocabulary: Vocabulary, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(counts[0] == 0, "<unk> is no noise word", sourceLocation: sourceLocation)
    let draws = Double(counts.reduce(0, +))
    let chiSquare = zip(counts, shares(of: vocabulary)).dropFirst().reduce(0) { sum, pair in
      let expected = draws * pair.1
      return sum + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
    }
    let freedom = Double(vocabulary.count - 2)
    let deviation = (chiSquare - freedom) / max(1, (2 * freedom).squareRoot())
    #expect(abs(deviation) < 5, "χ² is \(chiSquare)", sourceLocation: sourceLocation)
  }
}
