import Files

/// The k nearest words of many words at once, to be compared with what is expected of them.
///
/// By cosine, the nearest first, ties by index; `<unk>`, row 0, is nobody's neighbour. The numbers
/// are of `Float` and added in one order, so that the lists do not depend on the processor.
public struct NeighbourLists: Sendable, Equatable {
  /// The words asked for.
  public let queries: [Int]
  /// The neighbours of each, shape (queries, k).
  public let neighbours: [[Int]]

  /// Finds the neighbours of some rows.
  ///
  /// - Parameters:
  ///   - queries: Rows of the table.
  ///   - embedding: The vectors, shape (V, d).
  ///   - k: How many neighbours, 1…V − 2.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Complexity: O(queries · V · (d + k)).
  public init(
    of queries: [Int], in embedding: Embedding, k: Int, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    let (count, d) = (embedding.vocabularySize, embedding.dimension)
    require(
      1..<max(2, count - 1) ~= k, "\(k) neighbours among \(count) words", file: file, line: line)
    require(
      queries.allSatisfy { 1..<count ~= $0 }, "a query is not in 1..<\(count)", file: file,
      line: line)
    // By columns, unit vectors: then many words' sums grow side by side.
    var columns = [Float](repeating: 0, count: count * d)
    for row in 0..<count {
      let vector = embedding.weight.values[row * d..<(row + 1) * d]
      for (k, value) in scaledToUnitLength(vector).enumerated() {
        columns[k * count + row] = value
      }
    }
    var cosines = [Float](repeating: 0, count: count)
    self.queries = queries
    neighbours = queries.map { query in
      cosines.withUnsafeMutableBufferPointer { sums in
        columns.withUnsafeBufferPointer { columns in
          sums.update(repeating: 0)
          for k in 0..<d {
            let x = columns[k * count + query]
            let column = UnsafeBufferPointer(rebasing: columns[k * count..<(k + 1) * count])
            for row in 0..<count { sums[row] += x * column[row] }
          }
        }
      }
      return greatest(k, of: cosines, without: query)
    }
  }

  /// The mean share of neighbours that two lists of the same words have in common, 0…1.
  ///
  /// - Parameters:
  ///   - other: The other lists.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The share.
  public func agreement(
    with other: NeighbourLists, file: StaticString = #fileID, line: UInt = #line
  ) -> Double {
    require(
      queries == other.queries, "the lists are of different words", file: file, line: line)
    let shares = zip(neighbours, other.neighbours).map { mine, theirs in
      Double(mine.count { theirs.contains($0) }) / Double(mine.count)
    }
    return shares.reduce(0, +) / Double(shares.count)
  }

  /// How many of all neighbours are as wanted, 0…1.
  public func share(where isWanted: (_ query: Int, _ neighbour: Int) -> Bool) -> Double {
    let all = neighbours.reduce(0) { $0 + $1.count }
    let wanted = zip(queries, neighbours).reduce(0) { sum, list in
      sum + list.1.count { isWanted(list.0, $0) }
    }
    return Double(wanted) / Double(all)
  }

  /// How many of the words have the word wanted of them among their neighbours, 0…1.
  ///
  /// - Parameters:
  ///   - partners: The word wanted of each query, shape (queries).
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The share of queries.
  public func hitRate(
    of partners: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Double {
    require(
      partners.count == queries.count, "\(partners.count) for \(queries.count) words", file: file,
      line: line)
    let hits = zip(neighbours, partners).count { $0.contains($1) }
    return Double(hits) / Double(queries.count)
  }
}

/// The indices of the k greatest values, the greatest first, ties by index; not 0, not `excluded`.
private func greatest(_ k: Int, of values: [Float], without excluded: Int) -> [Int] {
  var best: [Int] = []
  for index in 1..<values.count where index != excluded {
    if best.count == k, let last = best.last, values[index] <= values[last] { continue }
    let place = best.firstIndex { values[$0] < values[index] } ?? best.count
    best.insert(index, at: place)
    if best.count > k { best.removeLast() }
  }
  return best
}

extension Vocabulary {
  /// Words and their forms in -s, such as `chip` and `chips`: words that should be neighbours.
  ///
  /// Found by spelling alone, both in the vocabulary, three letters and more.
  public var wordsWithPlural: [(word: Int, plural: Int)] {
    tokens.indices.dropFirst().compactMap { index in
      let word = tokens[index]
      guard word.count >= 3, word.allSatisfy({ $0.isLetter && $0.isASCII }),
        let plural = self.index(of: word + "s")
      else { return nil }
      return (index, plural)
    }
  }
}
