import Figures
import Foundation
import Word2Vec

/// How often each word occurs before and after subsampling, and its share of the text and of the
/// noise words, against the word's rank.
func countChart(_ corpus: Corpus, _ subsampled: Corpus) -> Panels {
  let before = corpus.vocabulary.counts.dropFirst().map(Double.init)
  let after = counts(in: subsampled)
  let noise = corpus.vocabulary.noiseWeights
  func panel(_ name: String, _ lines: [(name: String, values: [Double])]) -> LineChart {
    LineChart(
      title: "", x: Axis("rank of the word", scale: .logarithmic),
      y: Axis(name, scale: .logarithmic),
      series: lines.map { Series($0.name, points: byRank($0.values), marks: .line) },
      names: .legend)
  }
  return Panels(
    title: "Frequent words: rarer after subsampling, and as noise", columns: 2,
    [
      panel("count", [("in the text", before), ("after subsampling", after)]),
      panel("share (%)", [("of the text", shares(before)), ("of the noise words", shares(noise))]),
    ])
}

/// What the chart shows, with its numbers.
func countSentence(_ corpus: Corpus, _ subsampled: Corpus) -> String {
  let first = corpus.vocabulary.counts.count > 1 ? corpus.vocabulary.tokens[1] : ""
  let before = shares(corpus.vocabulary.counts.dropFirst().map(Double.init))
  let after = shares(counts(in: subsampled))
  let noise = shares(corpus.vocabulary.noiseWeights)
  return String(
    format:
      "The most frequent word, “%@”, is %.2f %% of the known words, %.2f %% after subsampling "
      + "and %.2f %% of the noise words; the hundred most frequent together are %.1f, %.1f and "
      + "%.1f %%.", first as NSString, before[0], after[0], noise[0],
    before.prefix(100).reduce(0, +), after.prefix(100).reduce(0, +),
    noise.prefix(100).reduce(0, +))
}

/// How often each word but `<unk>` occurs in a corpus.
private func counts(in corpus: Corpus) -> [Double] {
  var counts = [Double](repeating: 0, count: corpus.vocabulary.count)
  for token in corpus.tokens { counts[Int(token)] += 1 }
  return Array(counts.dropFirst())
}

/// Each value as a percentage of the sum.
private func shares(_ values: [Double]) -> [Double] {
  let sum = values.reduce(0, +)
  return values.map { 100 * $0 / sum }
}

/// About ten points for each factor of ten in rank, each with the mean of the ranks up to the next.
private func byRank(_ values: [Double]) -> [(x: Double, y: Double)] {
  var points: [(x: Double, y: Double)] = []
  var first = 0
  while first < values.count {
    let end = min(values.count, max(first + 1, Int(Double(first + 1) * 1.26)))
    let mean = values[first..<end].reduce(0, +) / Double(end - first)
    let middle = (Double(first + 1) * Double(end)).squareRoot()
    points.append((x: (middle * 100).rounded() / 100, y: rounded(mean)))
    first = end
  }
  return points
}

/// Five digits.
private func rounded(_ value: Double) -> Double {
  Double(String(format: "%.4e", value)) ?? value
}
