import Figures
import Files
import Foundation
import Word2Vec

/// Some words with their neighbours in the plane of the two principal components of their unit
/// vectors; a theme is a colour.
///
/// Words without a vector are passed over.
func mapChart(_ vectors: WordVectors, themes: [[String]], neighbours: Int) throws -> ScatterMap {
  var words: [(word: String, theme: Int)] = []
  let themes = themes.map { $0.filter { vectors.index(of: $0) != nil } }.filter { !$0.isEmpty }
  func add(_ word: String, _ theme: Int) {
    if !words.contains(where: { $0.word == word }) { words.append((word, theme)) }
  }
  for (theme, queries) in themes.enumerated() { for query in queries { add(query, theme) } }
  for (theme, queries) in themes.enumerated() {
    for query in queries {
      for near in try vectors.similarTokens(to: query, k: neighbours) { add(near.word, theme) }
    }
  }
  let units = Tensor(words.map { unitVector(of: $0.word, in: vectors).map { Float($0) } })
  let components = PrincipalComponents(of: units, count: 2)
  let points = zip(words, components(units)).map { word, place in
    LabelledPoint(word.word, x: rounded(place[0]), y: rounded(place[1]), group: word.theme)
  }
  let shares = components.shares.map { Int((100 * $0).rounded()) }
  return ScatterMap(
    title: "Words with their nearest neighbours",
    x: Axis("first principal component (\(shares[0]) % of the variance)"),
    y: Axis("second principal component (\(shares[1]) %)"),
    groups: themes.map { $0.joined(separator: ", ") }, points: points,
    size: Size(width: 640, height: 600))
}

/// How near to each other the words of a theme lie on the map, and how near to those of others.
func mapSentence(_ map: ScatterMap) -> String {
  func distance(_ a: LabelledPoint, _ b: LabelledPoint) -> Double {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }
  func nearest(_ i: Int) -> Int? {
    map.points.indices.filter { $0 != i }
      .min { distance(map.points[i], map.points[$0]) < distance(map.points[i], map.points[$1]) }
  }
  let same = map.points.indices.count { i in
    nearest(i).map { map.points[$0].group == map.points[i].group } ?? false
  }
  return "Of \(map.points.count) words around \(map.groups.joined(separator: ", ")), "
    + "\(same) have a word of their own theme as the nearest one on the map."
}

/// The cosines among a word and its nearest neighbours.
func cosineChart(_ vectors: WordVectors, query: String, neighbours: Int) throws -> HeatMap {
  let words = [query] + (try vectors.similarTokens(to: query, k: neighbours)).map(\.word)
  let units = words.map { unitVector(of: $0, in: vectors) }
  return HeatMap(
    title: "Cosines among “\(query)” and its neighbours", rows: words, columns: words,
    values: units.map { a in
      units.map { b in rounded(zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }) }
    })
}

/// The least, the mean and the greatest cosine off the diagonal.
func cosineSentence(_ chart: HeatMap) -> String {
  var pairs: [(value: Double, words: String)] = []
  for i in chart.rows.indices {
    for j in 0..<i {
      pairs.append((chart.values[i][j], "\(chart.rows[j]) and \(chart.rows[i])"))
    }
  }
  let sorted = pairs.sorted { $0.value < $1.value }
  let mean = pairs.reduce(0) { $0 + $1.value } / Double(max(1, pairs.count))
  guard let least = sorted.first, let greatest = sorted.last else { return "One word alone." }
  return String(
    format: "Among %@ and its %d neighbours the cosines are %.2f on average, from %.2f (%@) to "
      + "%.2f (%@).", chart.rows[0] as NSString, chart.rows.count - 1, mean, least.value,
    least.words as NSString, greatest.value, greatest.words as NSString)
}

private func unitVector(of word: String, in vectors: WordVectors) -> [Double] {
  guard let unit = vectors.unitVector(of: word) else { requirementFailure("no vector of \(word)") }
  return unit
}

/// Three decimals, so that the drawing does not depend on the last digits.
private func rounded(_ value: Double) -> Double {
  let result = (value * 1000).rounded() / 1000
  return result == 0 ? 0 : result
}
