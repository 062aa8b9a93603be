internal import COpenBLAS
import Files

/// Finds the rows of a table with the greatest cosines with given vectors.
///
/// A matrix product in `Float` nominates rows: all whose cosine could be among the k greatest, given
/// how far such a product may be off. Their cosines are then computed in `Double` in a fixed order.
/// So neither what is found nor its order depends on the product's last bits, which vary by
/// processor and by the number of threads.
struct NearestRows {
  /// What is sought.
  struct Search: Sendable {
    /// A vector, shape (d).
    let vector: [Double]
    /// Rows that are not to be found.
    let excluded: [Int]
  }

  /// A row and its cosine, in which cosines that differ by their rounding alone are equal.
  struct Found: Sendable, Equatable {
    let row: Int
    let cosine: Float
  }

  private let vectors: WordVectors
  private let limit: Int
  private let lengths: RowLengths.Found
  /// Twice what a nominating cosine may be off: each of d products and sums, and the two lengths,
  /// rounds by at most 2⁻²⁴ of what is at most 1.
  private let slack: Float

  /// Prepares to search the first `limit` rows.
  init(_ vectors: WordVectors, limit: Int) {
    self.vectors = vectors
    self.limit = min(limit, vectors.count)
    lengths = vectors.lengths(of: vectors.vectors)
    slack = 2 * Float(vectors.dimension + 16) * 0x1p-24
  }

  /// Searches in one go.
  ///
  /// - Parameters:
  ///   - searches: What is sought.
  ///   - k: How many rows of each.
  /// - Returns: The rows with the greatest cosines, the greatest first, ties by row.
  func callAsFunction(_ searches: [Search], k: Int) -> [[Found]] {
    _ = openBLASIsSerial
    let k = min(k, limit)
    var found: [[Found]] = []
    for first in stride(from: 0, to: searches.count, by: searchesAtOnce) {
      let batch = searches[first..<min(first + searchesAtOnce, searches.count)]
      let nominated = lengths.areModerate ? nominate(batch, k: k) : nil
      found += parallelMap(batch.count) { i in
        best(k, of: nominated?[i] ?? Array(0..<Int32(limit)), batch[first + i])
      }
    }
    return found
  }

  /// The k greatest cosines among some rows, in `Double`.
  private func best(_ k: Int, of rows: [Int32], _ search: Search) -> [Found] {
    rows.lazy.map(Int.init).filter { !search.excluded.contains($0) }
      .map { Found(row: $0, cosine: Float(vectors.cosine(ofRow: $0, with: search.vector))) }
      .sorted { ($1.cosine, $0.row) < ($0.cosine, $1.row) }
      .prefix(k).map { $0 }
  }

  // MARK: Nominating

  /// How many vectors one product takes at most, and how many rows: their scores stay in the cache.
  private let searchesAtOnce = 256
  private let rowsAtOnce = 1024

  /// The rows that may have one of the greatest cosines with each vector.
  private func nominate(_ batch: ArraySlice<Search>, k: Int) -> [[Int32]] {
    let d = vectors.dimension
    let units = batch.flatMap { scaledToUnitLength($0.vector).map(Float.init) }
    let wanted = batch.map { min(k + $0.excluded.count, limit) }
    let parts = availableProcessorCount
    let share = (limit + parts - 1) / parts
    let nominees = vectors.vectors.values.withUnsafeBufferPointer { table in
      parallelMap(parts) { part in
        let rows = min(limit, part * share)..<min(limit, (part + 1) * share)
        return scan(table, rows: rows, units, wanted: wanted, d: d)
      }
    }
    return batch.indices.map { i in
      let i = i - batch.startIndex
      var all = Nominees(wanted: wanted[i], slack: slack)
      for part in nominees { all.add(part[i]) }
      return all.rows
    }
  }

  /// Goes through some rows.
  private func scan(
    _ table: UnsafeBufferPointer<Float>, rows: Range<Int>, _ units: [Float], wanted: [Int], d: Int
  ) -> [Nominees] {
    var nominees = wanted.map { Nominees(wanted: $0, slack: slack) }
    guard let table = table.baseAddress, d > 0 else { return nominees }
    let count = wanted.count
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count * rowsAtOnce) { scores in
      guard let scores = scores.baseAddress else { return }
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsAtOnce) {
        let n = min(rowsAtOnce, rows.upperBound - first)
        let block = table + first * d
        if count == 1 {
          cblas_sgemv(
            CblasRowMajor, CblasNoTrans, Int32(n), Int32(d), 1, block, Int32(d), units, 1, 0,
            scores, 1)
        } else {
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(count), Int32(n), Int32(d), 1, units,
            Int32(d), block, Int32(d), 0, scores, Int32(n))
        }
        lengths.inverses.withUnsafeBufferPointer { inverses in
          guard let inverses = inverses.baseAddress else { return }
          for i in 0..<count {
            nominees[i].add(scores + i * n, times: inverses + first, count: n, firstRow: first)
          }
        }
      }
    }
    return nominees
  }
}

/// Rows that may have one of the greatest scores.
private struct Nominees {
  private let wanted: Int
  private let slack: Float
  private var best: [(score: Float, row: Int32)] = []
  /// Below this a score is not among the greatest.
  private var least = -Float.infinity
  /// At how many rows those that have fallen behind are let go.
  private var room: Int

  init(wanted: Int, slack: Float) {
    (self.wanted, self.slack) = (wanted, slack)
    room = max(256, 4 * wanted)
  }

  /// The rows, none of which can be left out.
  var rows: [Int32] {
    var all = self
    all.prune()
    return all.best.map(\.row)
  }

  /// Adds the scores of some rows, sixteen at a time.
  mutating func add(
    _ scores: UnsafePointer<Float>, times inverses: UnsafePointer<Float>, count: Int, firstRow: Int
  ) {
    let (scores, inverses) = (UnsafeRawPointer(scores), UnsafeRawPointer(inverses))
    var i = 0
    while i < count {
      let n = min(16, count - i)
      var cosines = SIMD16<Float>(repeating: -.infinity)
      if n == 16 {
        cosines =
          scores.loadUnaligned(fromByteOffset: 4 * i, as: SIMD16<Float>.self)
          * inverses.loadUnaligned(fromByteOffset: 4 * i, as: SIMD16<Float>.self)
        if cosines.max() < least {
          i += 16
          continue
        }
      } else {
        for lane in 0..<n {
          cosines[lane] =
            scores.load(fromByteOffset: 4 * (i + lane), as: Float.self)
            * inverses.load(fromByteOffset: 4 * (i + lane), as: Float.self)
        }
      }
      for lane in 0..<n where cosines[lane] >= least {
        add(cosines[lane], Int32(truncatingIfNeeded: firstRow + i + lane))
      }
      i += n
    }
  }

  /// Adds another part's rows.
  mutating func add(_ other: Nominees) {
    for (score, row) in other.best where score >= least { add(score, row) }
  }

  private mutating func add(_ score: Float, _ row: Int32) {
    best.append((score, row))
    if best.count >= room { prune() }
  }

  /// Lets go of the rows that have fallen behind.
  private mutating func prune() {
    guard best.count > wanted, wanted > 0 else { return }
    best.sort { $0.score > $1.score }
    least = best[wanted - 1].score - slack
    best.removeAll { $0.score < least }
    room = max(room, 2 * best.count)  // where very many are alike
  }
}
