import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Slot lists")
struct SlotListsTests {
  @Test("list each slot with the part of its row, in order, with its note")
  func parts() {
    let (vocabulary, parts) = (200, 4)
    let order = RowOrder(vocabularySize: vocabulary)
    let lists = SlotLists(order, parts: parts)
    var random = Philox(key: 3)
    for examples in [0, 1, 32] {  // the same lists again: nothing stays from the time before
      let words = (0..<examples).map { _ in
        (0..<random.below(30)).map { _ in Int32(random.below(vocabulary)) }
      }
      lists.removeAll(capacity: words.joined().count)
      for (example, words) in words.enumerated() {
        words.withUnsafeBufferPointer {
          let noise = words.count / 3
          lists.append(.init(rebasing: $0[..<noise]), example: 100 + example, areContexts: true)
          lists.append(.init(rebasing: $0[noise...]), example: 100 + example, areContexts: false)
        }
      }
      for part in 0..<parts {
        let list = lists[part]
        let found = list.map { [Int($0.row), $0.note.example, $0.note.isContext ? 1 : 0] }
        let expected = words.enumerated().flatMap { example, words in
          words.enumerated().filter { RowOrder.part(of: Int($1), parts: parts) == part }.map {
            [order.row(of: Int($1)), 100 + example, $0 < words.count / 3 ? 1 : 0]
          }
        }
        #expect(found == expected)
      }
    }
  }
}
