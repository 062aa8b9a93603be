import Synchronization

/// The lengths of a table's rows, found once and then kept.
final class RowLengths: Sendable {
  /// What is known of the rows.
  struct Found: Sendable {
    /// 1 / |w| of each row, shape (V), 0 where it has no length; from sums of `Double` that run from
    /// left to right.
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
    let rowsAtOnce = 4096
    let parts = table.values.withUnsafeBufferPointer { values in
      parallelMap((count + rowsAtOnce - 1) / rowsAtOnce) { part in
        (part * rowsAtOnce..<min(count, (part + 1) * rowsAtOnce)).map { row in
          var sum = 0.0
          for k in row * d..<(row + 1) * d { sum += Double(values[k]) * Double(values[k]) }
          return sum.squareRoot()
        }
      }
    }
    let lengths = parts.joined()
    return Found(
      inverses: lengths.map { $0 > 0 ? Float(1 / $0) : 0 },
      areModerate: lengths.allSatisfy { $0 == 0 || 1e-12...1e12 ~= $0 })
  }
}
