import Testing

@testable import Word2Vec

@Suite("Large pages")
struct LargePagesTests {
  @Test("hold arrays that grow, small and large", arguments: [0, 1, 600_000])
  func arrays(count: Int) {
    var grown = [Int32](largeCapacity: count)
    #expect(grown.isEmpty && grown.capacity >= count)
    for i in 0..<Int32(count) { grown.append(i) }
    #expect(grown.elementsEqual(0..<Int32(count)))
  }
}
