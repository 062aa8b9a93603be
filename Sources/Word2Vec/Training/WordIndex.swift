/// The places of a list of words, grouped by word: an inverted index made by counting.
///
/// Group g holds the places `starts[g]..<starts[g + 1]` of `places`, all of them places of the word
/// `words[g]`, in rising order. Groups come in the order in which their words first appear; beside
/// it they are listed by shard, a hash of the word: who always works on the same shards finds the
/// rows of their words in its own cache. The cost does not depend on the size of the vocabulary.
final class WordIndex: @unchecked Sendable {
  /// The distinct words, in order of first appearance.
  let words = GrowingBuffer<Int32>()
  /// Where each word's places begin, and at the end the number of places.
  let starts = GrowingBuffer<Int32>()
  /// The groups by shard, those of shard s at `shardStarts[s]..<shardStarts[s + 1]`.
  let groupsByShard = GrowingBuffer<Int32>()
  /// Where each shard's groups begin, and at the end the number of groups.
  let shardStarts = GrowingBuffer<Int32>()
  /// The places of the list, group by group.
  let places = GrowingBuffer<Int32>()
  /// The owner of each of `places`.
  let owners = GrowingBuffer<Int32>()

  /// The number of shards.
  static let shardCount = 32

  private let counts: GrowingBuffer<Int32>  // by word; all zero between two calls

  /// Creates an index of words below `vocabularySize`.
  init(vocabularySize: Int) {
    counts = GrowingBuffer(capacity: vocabularySize)
    counts.resize(to: vocabularySize)
  }

  /// Groups `list`.
  ///
  /// - Parameters:
  ///   - list: The words.
  ///   - ends: Where each owner's places end; owner e has the places up to `ends[e]` that no earlier
  ///     owner has.
  /// - Complexity: O(places).
  func group(_ list: UnsafeBufferPointer<Int32>, ends: UnsafeBufferPointer<Int32>) {
    words.resize(to: list.count)
    places.resize(to: list.count)
    owners.resize(to: list.count)
    let (words, counts) = (self.words.pointer, self.counts.pointer)
    var distinct = 0
    for word in list {
      words[distinct] = word
      let count = counts[Int(word)]
      distinct += count == 0 ? 1 : 0
      counts[Int(word)] = count + 1
    }
    self.words.resize(to: distinct)
    starts.resize(to: distinct + 1)
    var start: Int32 = 0
    for group in 0..<distinct {
      let word = Int(words[group])
      starts.pointer[group] = start
      (counts[word], start) = (start, start + counts[word])
    }
    starts.pointer[distinct] = start

    let (places, owners) = (self.places.pointer, self.owners.pointer)
    var place = 0
    for owner in 0..<ends.count {
      let end = Int(ends[owner])
      while place < end {
        let word = Int(list[place])
        let rank = counts[word]
        counts[word] = rank + 1
        places[Int(rank)] = Int32(truncatingIfNeeded: place)
        owners[Int(rank)] = Int32(truncatingIfNeeded: owner)
        place += 1
      }
    }
    for group in 0..<distinct { counts[Int(words[group])] = 0 }
    listByShard()
  }

  /// The shard of a word: five bits of a multiplicative hash.
  ///
  /// Sixteen words that follow one another are in one shard, so that what is noted of each in four
  /// bytes shares its cache line with no other shard.
  @inline(__always)
  private static func shard(of word: Int32) -> Int {
    Int((UInt32(truncatingIfNeeded: word >> 4) &* 0x9e37_79b1) >> 27)
  }

  /// Sorts the groups by shard, by counting.
  private func listByShard() {
    groupsByShard.resize(to: words.count)
    shardStarts.resize(to: Self.shardCount + 1)
    let (words, groups, starts) = (words.pointer, groupsByShard.pointer, shardStarts.pointer)
    for shard in 0...Self.shardCount { starts[shard] = 0 }
    let count = self.words.count
    for group in 0..<count { starts[Self.shard(of: words[group])] += 1 }
    var end: Int32 = 0
    for shard in 0...Self.shardCount {
      end += starts[shard]
      starts[shard] = end
    }
    for group in stride(from: count - 1, through: 0, by: -1) {
      let shard = Self.shard(of: words[group])
      starts[shard] -= 1
      groups[Int(starts[shard])] = Int32(truncatingIfNeeded: group)
    }
  }
}
