import Testing

@testable import Word2Vec

@Suite("Large pages")
struct LargePagesTests {
  private struct Refused: Error, Equatable {}

  @Test("hold arrays that are set or grow, small and large", arguments: [0, 1, 600_000])
  func arrays(count: Int) {
    let set = [Int32](largeCount: count) { for i in 0..<count { $0[i] = Int32(i) } }
    #expect(set.elementsEqual(0..<Int32(count)))
    var grown = [Int32](largeCapacity: count)
    #expect(grown.isEmpty && grown.capacity >= count)
    for i in 0..<Int32(count) { grown.append(i) }
    #expect(grown == set)
  }

  @Test("pass on what setting an array throws")
  func error() {
    #expect(throws: Refused()) {
      try [Int32](largeCount: 3) { elements throws(Refused) in
        elements[0] = 1
        throw Refused()
      }
    }
  }
}
