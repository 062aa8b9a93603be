/// An inverted index made by counting: the slots in a part of a table, grouped by row.
///
/// Group g holds the notes `starts[g]..<starts[g + 1]` of the slots of row `rows[g]`, in the order in
/// which they were listed. Groups come by rising row.
final class WordIndex: @unchecked Sendable {
  /// How many groups behind the last may be asked for their row and first note.
  private static let lookAhead = 16

  /// The number of groups.
  private var count = 0
  /// The size of the largest group.
  private(set) var largest = 0
  private let rows = GrowingBuffer<Int32>()
  private let starts = GrowingBuffer<Int32>()
  private let notes = GrowingBuffer<SlotNote>()

  /// The rows that may occur.
  private let range: Range<Int>
  // By row, all zero between two calls.
  private let counts: GrowingBuffer<Int32>
  /// Bit r % 64 of element r / 64: whether the list has row r.
  private let present: GrowingBuffer<UInt64>

  /// Creates an index of rows in `range`.
  init(rows range: Range<Int>) {
    self.range = range
    counts = GrowingBuffer(capacity: range.count)
    counts.resize(to: range.count)
    present = GrowingBuffer(capacity: range.count / 64 + 1)
    present.resize(to: range.count / 64 + 1)
  }

  /// Indices of all parts of a table.
  static func ofParts(_ parts: Int, _ order: RowOrder) -> [WordIndex] {
    (0..<parts).map { WordIndex(rows: order.rows(ofPart: $0, parts: parts)) }
  }

  /// Groups the slots of some lists, which count as one after the other.
  ///
  /// - Parameters:
  ///   - lists: The lists.
  ///   - offsets: What is added to the examples that each list notes.
  /// - Complexity: O(slots + rows / 64).
  func group(_ lists: [UnsafeBufferPointer<PlacedSlot>], offsets: [Int32]? = nil) {
    let (counts, present, first) = (counts.pointer, present.pointer, range.lowerBound)
    for list in lists {
      for slot in list {
        let row = Int(slot.row) &- first
        counts[row] &+= 1
        present[row >> 6] |= 1 &<< UInt64(truncatingIfNeeded: row)
      }
    }
    let total = lists.reduce(0) { $0 + $1.count }
    listRows(atMost: total)
    notes.resize(to: total + Self.lookAhead)
    let notes = notes.pointer
    for beyond in total..<total + Self.lookAhead {
      notes[beyond] = SlotNote(example: 0, isContext: false)
    }
    for (number, list) in lists.enumerated() {
      let offset = offsets?[number] ?? 0
      for slot in list {
        let row = Int(slot.row) &- first
        let rank = counts[row]
        counts[row] = rank &+ 1
        notes[Int(rank)] = slot.note.moved(by: offset)
      }
    }
    let rows = rows.pointer
    for group in 0..<count { counts[Int(rows[group]) - first] = 0 }
  }

  /// Lists the rows that are present, and puts in the place of each count where its group begins.
  private func listRows(atMost limit: Int) {
    rows.resize(to: limit + Self.lookAhead)
    starts.resize(to: limit + 1 + Self.lookAhead)
    let (rows, starts) = (rows.pointer, starts.pointer)
    let (counts, present) = (counts.pointer, present.pointer)
    var (group, start, largest) = (0, Int32(0), Int32(0))
    for word in 0..<self.present.count where present[word] != 0 {
      var bits = present[word]
      present[word] = 0
      while bits != 0 {
        let row = 64 &* word &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        rows[group] = Int32(truncatingIfNeeded: row &+ range.lowerBound)
        starts[group] = start
        largest = max(largest, counts[row])
        (counts[row], start) = (start, start &+ counts[row])
        group += 1
      }
    }
    for beyond in group..<group + Self.lookAhead {
      rows[beyond] = Int32(truncatingIfNeeded: range.lowerBound)
      starts[beyond] = start
    }
    starts[group + Self.lookAhead] = start
    (count, self.largest) = (group, Int(largest))
  }

  /// The groups by plain pointers, valid until the next `group`.
  var groups: Groups {
    Groups(count: count, rows: rows.pointer, starts: starts.pointer, notes: notes.pointer)
  }

  /// The groups, and some behind the last that have no notes of their own, to look ahead to.
  struct Groups: @unchecked Sendable {
    /// The number of groups.
    let count: Int
    fileprivate let rows: UnsafePointer<Int32>
    fileprivate let starts: UnsafePointer<Int32>
    fileprivate let notes: UnsafePointer<SlotNote>

    /// The row of a group.
    @inline(__always)
    func row(_ group: Int) -> Int { Int(rows[group]) }
    /// The number of notes in a group.
    @inline(__always)
    func count(_ group: Int) -> Int { Int(starts[group &+ 1] &- starts[group]) }
    /// The notes of a group.
    @inline(__always)
    func notes(_ group: Int) -> UnsafePointer<SlotNote> { notes + Int(starts[group]) }
  }
}
