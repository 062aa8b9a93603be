import Dispatch
import Synchronization

/// The lengths of a table's rows, found once and then kept.
final class RowLengths: Sendable {
  /// What is known of the rows.
  struct Found: Sendable {
    /// |w| of each row, shape (V), from sums of `Double` that run from left to right.
    let lengths: [Double]
    /// 1 / |w| of each row, 0 where it has no length.
    let inverses: [Float]
    /// Whether products of rows scaled to length 1 can neither overflow `Float` nor vanish in it.
    let areModerate: Bool
  }

  private let found = Mutex<Found?>(nil)

  /// Finds the lengths of the rows of a table, which must be the same one at each call.
  func callAsFunction(of table: Tensor) -> Found {
    found.withLock { found in
      if let found { return found }
      let new = Self.find(table)
      found = new
      return new
    }
  }

  private static func find(_ table: Tensor) -> Found {
    let (count, d) = (table.shape[0], table.shape[1])
    let lengths = [Double](unsafeUninitializedCapacity: count) { lengths, initialized in
      nonisolated(unsafe) let lengths = lengths  // each is set by one thread
      let rowsAtOnce = 4096
      table.values.withUnsafeBufferPointer { values in
        nonisolated(unsafe) let values = values
        DispatchQueue.concurrentPerform(iterations: (count + rowsAtOnce - 1) / rowsAtOnce) { i in
          for row in i * rowsAtOnce..<min(count, (i + 1) * rowsAtOnce) {
            var sum = 0.0
            for k in row * d..<(row + 1) * d { sum += Double(values[k]) * Double(values[k]) }
            lengths.initializeElement(at: row, to: sum.squareRoot())
          }
        }
      }
      initialized = count
    }
    return Found(
      lengths: lengths, inverses: lengths.map { $0 > 0 ? Float(1 / $0) : 0 },
      areModerate: lengths.allSatisfy { $0 == 0 || 1e-12...1e12 ~= $0 })
  }
}
