import Testing

@testable import Word2Vec

@Suite("Filled arrays")
struct FilledArrayTests {
  private struct Refused: Error, Equatable {}

  @Test("hold what is set", arguments: [0, 1, 1000])
  func elements(count: Int) {
    let array = [Int32](count: count) { for i in 0..<count { $0[i] = Int32(i) } }
    #expect(array.elementsEqual(0..<Int32(count)))
  }

  @Test("pass on what setting them throws")
  func error() {
    #expect(throws: Refused()) {
      try [Int32](count: 3) { elements throws(Refused) in
        elements[0] = 1
        throw Refused()
      }
    }
  }
}
