/// The places of a list of words, grouped by word: an inverted index made by counting.
///
/// Group g holds the places `starts[g]..<starts[g + 1]` of `places`, all of them places of the word
/// `words[g]`, in rising order. Groups come in the order in which their words first appear. The
/// cost does not depend on the size of the vocabulary.
final class WordIndex: @unchecked Sendable {
  /// The distinct words, in order of first appearance.
  let words = GrowingBuffer<Int32>()
  /// Where each word's places begin, and at the end the number of places.
  let starts = GrowingBuffer<Int32>()
  /// Where each place of the list went: the inverse of the grouping.
  let ranks = GrowingBuffer<Int32>()
  /// For each rank, the number given to that place's owner.
  let owners = GrowingBuffer<Int32>()

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
    ranks.resize(to: list.count)
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

    let (ranks, owners) = (self.ranks.pointer, self.owners.pointer)
    var place = 0
    for owner in 0..<ends.count {
      let end = Int(ends[owner])
      while place < end {
        let word = Int(list[place])
        let rank = counts[word]
        counts[word] = rank + 1
        ranks[place] = rank
        owners[Int(rank)] = Int32(truncatingIfNeeded: owner)
        place += 1
      }
    }
    for group in 0..<distinct { counts[Int(words[group])] = 0 }
  }
}
