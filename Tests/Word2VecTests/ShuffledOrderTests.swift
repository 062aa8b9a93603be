import Testing

@testable import Word2Vec

@Suite("Shuffled order")
struct ShuffledOrderTests {
  @Test("is a permutation that the seed and the epoch decide")
  func permutation() {
    let order = ShuffledOrder(seed: 7)
    let (first, second) = (order.order(ofEpoch: 0, count: 100), order.order(ofEpoch: 1, count: 100))
    #expect(first.sorted() == (0..<100).map { Int32($0) })
    #expect(first != second && first != first.sorted())
    #expect(second == ShuffledOrder(seed: 7).order(ofEpoch: 1, count: 100))
    #expect(first != ShuffledOrder(seed: 8).order(ofEpoch: 0, count: 100))
    #expect(order.order(ofEpoch: 0, count: 1) == [0] && order.order(ofEpoch: 0, count: 0) == [])
  }

  @Test("has every permutation about equally often")
  func fair() {
    var found: [[Int32]: Int] = [:]
    for epoch in 0..<6000 {
      found[ShuffledOrder(seed: 1).order(ofEpoch: epoch, count: 3), default: 0] += 1
    }
    #expect(found.count == 6 && found.values.allSatisfy { (880...1120).contains($0) }, "\(found)")
  }
}
