import Testing

@testable import Word2Vec

@Suite("Window")
struct WindowTests {
  @Test("is cut at the ends of the sentence")
  func cut() {
    let tokens: [Int32] = [9, 9, 1, 2, 3, 4, 5, 9]  // the sentence is 1 2 3 4 5
    let contexts = { (center: Int, radius: Int) -> [Int32] in
      let window = Window(center: center, radius: radius, in: 2..<7)
      return [Int32](count: window.contextCount) { window.copyContexts(of: tokens, to: $0) }
    }
    #expect(contexts(4, 1) == [2, 4])
    #expect(contexts(4, 2) == [1, 2, 4, 5])
    #expect(contexts(2, 2) == [2, 3])
    #expect(contexts(6, 1) == [4])
    #expect(contexts(3, 100) == [1, 3, 4, 5])
  }
}
