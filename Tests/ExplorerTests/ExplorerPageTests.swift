import Files
import Foundation
import Testing
import Word2Vec

@testable import Explorer

@Suite("A page to look around in")
struct ExplorerPageTests {
  /// Words in five groups, a group's vectors around a direction of its own.
  private static func vectors(groups: Int = 5, of size: Int = 30, dimension: Int = 8) -> WordVectors
  {
    var state: UInt64 = 1
    func noise() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Float(state >> 40) * 0x1p-24 - 0.5
    }
    let count = groups * size
    let values = (0..<count * dimension).map { i in
      noise() + (i % dimension == i / dimension % groups ? 3 : 0)
    }
    return WordVectors(
      words: (0..<count).map { "w\($0)" },
      vectors: Tensor(shape: [count, dimension], values: values))
  }

  /// What the page's script reads.
  private struct Content: Decodable {
    var title: String
    var words: [String]
    var all: Int
    var dimension: Int
    var places: Data
    var vectors: Data

    func numbers<Number: FixedWidthInteger>(_ data: Data, as _: Number.Type) -> [Number] {
      data.withUnsafeBytes { Array($0.bindMemory(to: Number.self)) }
    }
  }

  private func content(of page: ExplorerPage) throws -> Content {
    let mark = try #require(page.html.range(of: "id=\"data\">"))
    let rest = page.html[mark.upperBound...]
    let end = try #require(rest.range(of: "</script>"))
    return try JSONDecoder().decode(Content.self, from: Data(rest[..<end.lowerBound].utf8))
  }

  @Test("has the library's cosines to four decimals")
  func cosines() throws {
    let vectors = Self.vectors()
    let content = try content(of: ExplorerPage(of: vectors, title: "a test"))
    #expect(content.words == vectors.words)
    #expect(content.all == 150)
    let (numbers, d) = (content.numbers(content.vectors, as: Int16.self), content.dimension)
    func cosine(_ a: Int, _ b: Int) -> Double {
      func product(_ a: Int, _ b: Int) -> Double {
        (0..<d).reduce(0) { $0 + Double(numbers[a * d + $1]) * Double(numbers[b * d + $1]) }
      }
      return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
    }
    for near in try vectors.mostSimilar(to: "w7", k: 149) {
      let row = try #require(vectors.index(of: near.word))
      #expect(abs(cosine(7, row) - Double(near.cosine)) < 5e-5)
    }
  }

  @Test("words and titles cannot end the script or become marks")
  func escaping() throws {
    let words = ["</script>", "<unk>", "a\"b\\c", "çip", "&amp;", "\u{2028}"]
    let vectors = WordVectors(
      words: words, vectors: Tensor((0..<6).map { [Float($0) - 2.5, 1] }))
    let page = ExplorerPage(of: vectors, title: "<b> & \"c\"")
    #expect(try content(of: page).words == words)
    #expect(try content(of: page).title == "<b> & \"c\"")
    #expect(page.html.components(separatedBy: "</script>").count == 3)
    #expect(!page.html.contains("<b>"))
  }

  @Test("asks for no other file")
  func selfContained() {
    let page = ExplorerPage(of: Self.vectors(), title: "a test")
    #expect(page.html.firstMatch(of: /src=|href=|https?:|@import|url\(/) == nil)
  }

  @Test("words of a group lie together on the map, which is the same each time")
  func map() {
    let vectors = Self.vectors()
    let units = vectors.words.flatMap { (vectors.unitVector(of: $0) ?? []).map { Float($0) } }
    let tensor = Tensor(shape: [150, 8], values: units)
    let map = WordMap(of: tensor)
    #expect(map == WordMap(of: tensor))
    #expect(map.places.allSatisfy { 0...1 ~= $0.x && 0...1 ~= $0.y })
    let alike = map.places.indices.count { i in
      let nearest = map.places.indices.filter { $0 != i }.min { a, b in
        let (p, q) = (map.places[a] - map.places[i], map.places[b] - map.places[i])
        return (p * p).sum() < (q * q).sum()
      }
      return nearest.map { $0 % 5 == i % 5 } ?? false
    }
    #expect(alike >= 147, "\(alike) of 150")
  }

  @Test("few words, and words without length, have a place, too")
  func few() throws {
    for count in [2, 3, 4] {
      let vectors = WordVectors(
        words: (0..<count).map { "w\($0)" },
        vectors: Tensor(repeating: 0, shape: [count, 3]))
      let page = ExplorerPage(of: vectors, title: "few")
      let places = try content(of: page)
      #expect(places.numbers(places.places, as: UInt16.self).count == 2 * count)
    }
  }

  @Test("a page has so many words that a browser can hold it")
  func size() {
    #expect(ExplorerPage.wordCount(of: 6719, dimension: 100) == 6719)
    #expect(ExplorerPage.wordCount(of: 500_000, dimension: 100) == 20_000)
    #expect(ExplorerPage.wordCount(of: 500_000, dimension: 300) == 10_000)
  }
}
