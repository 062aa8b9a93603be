import Files

/// The words closest in spelling to a mistyped one, the closest first, ties by index.
///
/// `<unk>` and words farther than half the query's length (and than 2) are left out; nothing is close
/// to an empty query.
///
/// - Complexity: O(V · length · distance); of a long query the first 64 characters count.
func closestSpellings(to query: String, among words: [String], count: Int) -> [String] {
  require(count >= 0, "\(count) spellings are asked for")
  let letters = Array(query.unicodeScalars.prefix(64))
  guard !letters.isEmpty else { return [] }
  let farthest = max(2, letters.count / 2)
  var found: [(distance: Int, index: Int)] = []
  for (index, word) in words.enumerated() where word != Vocabulary.unknownToken {
    // A character takes at most four bytes: what is far too long needs no closer look.
    guard word.utf8.count <= 4 * (letters.count + farthest) else { continue }
    if let distance = editDistance(letters, Array(word.unicodeScalars), atMost: farthest) {
      found.append((distance, index))
    }
  }
  return found.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
    .prefix(count).map { words[$0.index] }
}

/// The number of edits from `a` to `b`, nil if it is greater than `limit`.
///
/// An edit inserts, drops or replaces an element, or swaps two neighbours (optimal string
/// alignment, the restricted form of Damerau, 1964).
///
/// - Complexity: O(a.count · limit): only the diagonals that can stay within the limit are filled.
func editDistance<Element: Equatable>(
  _ a: [Element], _ b: [Element], atMost limit: Int
) -> Int? {
  require(limit >= 0, "a limit of \(limit) edits is below 0")
  guard abs(a.count - b.count) <= limit else { return nil }
  let beyond = limit + 1
  // Rows of the table: distances from the first i elements of a to the first j of b.
  var beforeLast = [Int](repeating: beyond, count: b.count + 1)
  var last = (0...b.count).map { min($0, beyond) }
  var row = beforeLast
  for i in stride(from: 1, through: a.count, by: 1) {
    row = [Int](repeating: beyond, count: b.count + 1)
    row[0] = min(i, beyond)
    var least = row[0]
    for j in stride(from: max(1, i - limit), through: min(b.count, i + limit), by: 1) {
      let replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var distance = min(replaced, last[j] + 1, row[j - 1] + 1)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        distance = min(distance, beforeLast[j - 2] + 1)
      }
      row[j] = min(distance, beyond)
      least = min(least, row[j])
    }
    if least > limit { return nil }  // a swap from the row before cannot do better either
    (beforeLast, last) = (last, row)
  }
  return last[b.count] <= limit ? last[b.count] : nil
}
