import Testing

@testable import Word2Vec

@Suite("Relay")
struct RelayTests {
  @Test("works on each item in turn and gives the one before")
  func turns() {
    let relay = Relay(0, [Int]()) { sum, item in
      sum += item.reduce(0, +)
      item.append(sum)
    }
    var (item, given): ([Int], [[Int]]) = ([1], [])
    for next in 2...1000 {
      relay.exchange(&item)
      given.append(item)
      item = [next]
    }
    let expected = (1..<999).map { [$0, $0 * ($0 + 1) / 2] }
    #expect(given == [[]] + expected)
    #expect(relay.finish(leaving: -1) == 999 * 1000 / 2)
    #expect(relay.finish(leaving: 0) == -1)
  }
}
