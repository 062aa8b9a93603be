import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Windows")
struct WindowsTests {
  @Test("are cut at the ends of the sentence")
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

  @Test("are drawn for each word of sentences of two words or more, 1 to the widest")
  func drawn() {
    let corpus = Corpus.ofNumbers(
      [[1], [1, 2], [], [Int32](repeating: 3, count: 3000)], vocabulary: 4)
    var python = PythonRandom(seed: 1)
    let windows = corpus.windows(upTo: 5, using: &python)
    #expect(windows.map(\.center) == Array(1..<3003))
    let inner = windows.filter { (20..<2980).contains($0.center) }
    var counts = [Int](repeating: 0, count: 12)
    for window in inner { counts[window.contextCount] += 1 }
    #expect(counts.enumerated().allSatisfy { [2, 4, 6, 8, 10].contains($0) || $1 == 0 })
    #expect([2, 4, 6, 8, 10].allSatisfy { abs(counts[$0] - inner.count / 5) < 110 })
  }
}
