import Testing

@testable import Word2Vec

@Suite("Row order")
struct RowOrderTests {
  @Test(
    "gives each word a row of its own, in the part that it says",
    arguments: [1, 3, 63, 64, 65, 1000, 6719])
  func rows(words: Int) {
    let order = RowOrder(vocabularySize: words)
    let rows = (0..<words).map { order.row(of: $0) }
    #expect(Set(rows).count == words)
    #expect(order.rowCount < words + 64)
    for parts in [1, 4, 16, 64] {
      for word in 0..<words {
        let part = RowOrder.part(of: word, parts: parts)
        #expect(order.rows(ofPart: part, parts: parts).contains(rows[word]))
      }
      let ranges = (0..<parts).map { order.rows(ofPart: $0, parts: parts) }
      #expect(ranges.flatMap { Array($0) } == Array(0..<order.rowCount))
    }
  }

  @Test("spreads frequent and rare words evenly over the parts")
  func mixture() {
    for frequent in [64, 128, 640] {
      let parts = (0..<frequent).map { RowOrder.part(of: $0, parts: 4) }
      for part in 0..<4 { #expect(parts.count { $0 == part } == frequent / 4) }
    }
  }
}
