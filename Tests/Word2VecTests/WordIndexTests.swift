import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Word index")
struct WordIndexTests {
  @Test("groups random lists as the definition does", arguments: 0..<20)
  func randomLists(seed: UInt64) {
    var random = Philox(key: seed)
    let index = WordIndex(vocabularySize: 50)
    for _ in 0..<5 {  // the same index again and again: nothing stays from the list before
      let owners = random.below(12)
      let lengths = (0..<owners).map { _ in random.below(3) * random.below(20) }  // many empty
      let words = 1 + random.below(50)
      let list = lengths.flatMap { (0..<$0).map { _ in Int32(random.below(words)) } }
      expectGroups(index, of: list, lengths: lengths)
    }
  }

  @Test("groups no words, one word, and one word many times")
  func small() {
    let index = WordIndex(vocabularySize: 3)
    expectGroups(index, of: [], lengths: [])
    expectGroups(index, of: [], lengths: [0, 0])
    expectGroups(index, of: [2], lengths: [0, 1, 0])
    expectGroups(index, of: [2, 2, 2, 2], lengths: [1, 3])
    expectGroups(index, of: [0, 2, 1, 2], lengths: [4])
  }

  @Test("leaves a vocabulary of a million clean for the next list")
  func large() {
    let index = WordIndex(vocabularySize: 1_000_000)
    for _ in 0..<2 { expectGroups(index, of: [999_999, 0, 500_000, 0], lengths: [2, 2]) }
    expectGroups(index, of: [1, 0], lengths: [1, 1])
  }

  private func expectGroups(
    _ index: WordIndex, of list: [Int32], lengths: [Int],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var ends: [Int32] = []
    for length in lengths { ends.append((ends.last ?? 0) + Int32(length)) }
    list.withUnsafeBufferPointer { list in
      ends.withUnsafeBufferPointer { index.group(list, ends: $0) }
    }

    let owners = lengths.enumerated().flatMap { Array(repeating: Int32($0), count: $1) }
    var words: [Int32] = []
    for word in list where !words.contains(word) { words.append(word) }
    let places = words.flatMap { word in list.indices.filter { list[$0] == word } }
    let starts = words.indices.map { group in list.filter { words[..<group].contains($0) }.count }
    #expect(Array(index.words.elements) == words, sourceLocation: sourceLocation)
    #expect(
      index.starts.elements.map(Int.init) == starts + [list.count], sourceLocation: sourceLocation)
    #expect(
      Array(index.owners.elements) == places.map { owners[$0] }, sourceLocation: sourceLocation)
    #expect(index.places.elements.map(Int.init) == places, sourceLocation: sourceLocation)

    let shards = (0..<WordIndex.shardCount).map { shard in
      let range =
        Int(index.shardStarts.elements[shard])..<Int(index.shardStarts.elements[shard + 1])
      return index.groupsByShard.elements[range].map(Int.init)
    }
    #expect(shards.joined().sorted() == Array(words.indices), sourceLocation: sourceLocation)
    for groups in shards {
      #expect(groups == groups.sorted(), sourceLocation: sourceLocation)
    }
    for (shard, groups) in shards.enumerated() {
      for word in groups.map({ words[$0] }) {
        let near = words.indices.filter { words[$0] / 16 == word / 16 }
        #expect(near.allSatisfy { shards[shard].contains($0) }, sourceLocation: sourceLocation)
      }
    }
  }
}
