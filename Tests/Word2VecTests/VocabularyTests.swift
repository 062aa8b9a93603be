import Testing

@testable import Word2Vec

@Suite("Vocabulary")
struct VocabularyTests {
  private let vocabulary = Vocabulary(
    tokens: ["<unk>", "the", "chip", "chips", "ship", "microprocessor"], counts: [9, 7, 5, 4, 4, 2])

  @Test("looks words up, and gives 0 for unknown ones")
  func lookup() {
    for (index, token) in vocabulary.tokens.enumerated() {
      #expect(vocabulary[token] == index)
      #expect(vocabulary.index(of: token) == index)
    }
    #expect(vocabulary["nowhere"] == Vocabulary.unknownIndex)
    #expect(vocabulary.index(of: "nowhere") == nil)
    #expect(vocabulary.index(of: "") == nil)
  }

  @Test("keeps words apart that differ in bytes only")
  func bytesNotCharacters() {
    let composed = "caf\u{E9}"
    let decomposed = "cafe\u{301}"
    #expect(composed == decomposed)  // to Swift's String they are one
    let both = Vocabulary(tokens: ["<unk>", composed, decomposed], counts: [0, 1, 1])
    #expect(both[composed] == 1)
    #expect(both[decomposed] == 2)
    #expect(both != Vocabulary(tokens: ["<unk>", decomposed, composed], counts: [0, 1, 1]))
  }

  @Test("offers the closest spellings, ties by index")
  func spellings() {
    func closest(to query: String, count: Int) -> [String] {
      closestSpellings(to: query, among: vocabulary.tokens, count: count)
    }
    #expect(closest(to: "chipp", count: 2) == ["chip", "chips"])
    #expect(closest(to: "hcip", count: 3) == ["chip", "chips", "ship"])
    #expect(closest(to: "micropocessor", count: 3) == ["microprocessor"])
    #expect(closest(to: "zzzzzzzzzzzz", count: 3) == [])
    #expect(closest(to: "chip", count: 0) == [])
    #expect(
      closest(to: String(repeating: "x", count: 1_000_000), count: 1) == [])
  }

  @Test("measures edit distance as the whole table does")
  func editDistances() {
    var random = SplitMix(state: 1)
    for _ in 0..<500 {
      let a = (0..<random.below(9)).map { _ in random.below(3) }
      let b = (0..<random.below(9)).map { _ in random.below(3) }
      let whole = plainEditDistance(a, b)
      for limit in 0...9 {
        #expect(editDistance(a, b, atMost: limit) == (whole <= limit ? whole : nil), "\(a) \(b)")
      }
    }
  }

  /// The plain form: every cell of the table.
  private func plainEditDistance(_ a: [Int], _ b: [Int]) -> Int {
    var table = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        guard i > 0, j > 0 else {
          table[i][j] = i + j
          continue
        }
        let replaced = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        table[i][j] = min(replaced, table[i - 1][j] + 1, table[i][j - 1] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
        }
      }
    }
    return table[a.count][b.count]
  }

  @Test("refuses what is no vocabulary")
  func preconditions() async {
    await #expect(processExitsWith: .failure) { _ = Vocabulary(tokens: ["the"], counts: [1]) }
    await #expect(processExitsWith: .failure) { _ = Vocabulary(tokens: ["<unk>"], counts: []) }
    await #expect(processExitsWith: .failure) {
      _ = Vocabulary(tokens: ["<unk>", "a", "a"], counts: [0, 1, 1])
    }
  }
}
