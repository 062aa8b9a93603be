/// An inverted index made by counting: the slots in a part of a table, by row.
///
/// Entry e holds the notes `starts[e]..<starts[e + 1]` of the slots of row `rows[e]`, in the order in
/// which they were listed. Entries come by rising row.
final class WordIndex: @unchecked Sendable {
  /// How many entries behind the last may be asked for their row and first note.
  private static let lookAhead = 16

  /// The number of entries.
  private var count = 0
  /// The most notes of an entry.
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

  /// Takes the slots of some lists, which count as one after the other.
  ///
  /// - Parameters:
  ///   - lists: The lists.
  ///   - offsets: What is added to the examples that each list notes.
  /// - Complexity: O(slots + rows / 64).
  func fill(with lists: [UnsafeBufferPointer<PlacedSlot>], offsets: [Int32]? = nil) {
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
    for entry in 0..<count { counts[Int(rows[entry]) - first] = 0 }
  }

  /// Lists the rows that are present, and puts in the place of each count where its entry begins.
  private func listRows(atMost limit: Int) {
    rows.resize(to: limit + Self.lookAhead)
    starts.resize(to: limit + 1 + Self.lookAhead)
    let (rows, starts) = (rows.pointer, starts.pointer)
    let (counts, present) = (counts.pointer, present.pointer)
    var (entry, start, largest) = (0, Int32(0), Int32(0))
    for word in 0..<self.present.count where present[word] != 0 {
      var bits = present[word]
      present[word] = 0
      while bits != 0 {
        let row = 64 &* word &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        rows[entry] = Int32(truncatingIfNeeded: row &+ range.lowerBound)
        starts[entry] = start
        largest = max(largest, counts[row])
        (counts[row], start) = (start, start &+ counts[row])
        entry += 1
      }
    }
    for beyond in entry..<entry + Self.lookAhead {
      rows[beyond] = Int32(truncatingIfNeeded: range.lowerBound)
      starts[beyond] = start
    }
    starts[entry + Self.lookAhead] = start
    (count, self.largest) = (entry, Int(largest))
  }

  /// The entries by plain pointers, valid until the next `fill`.
  var entries: Entries {
    Entries(count: count, rows: rows.pointer, starts: starts.pointer, notes: notes.pointer)
  }

  /// The entries, and some behind the last that have no notes of their own, to look ahead to.
  struct Entries: @unchecked Sendable {
    /// The number of entries.
    let count: Int
    fileprivate let rows: UnsafePointer<Int32>
    fileprivate let starts: UnsafePointer<Int32>
    fileprivate let notes: UnsafePointer<SlotNote>

    /// The row of an entry.
    @inline(__always)
    func row(_ entry: Int) -> Int { Int(rows[entry]) }
    /// The number of notes in an entry.
    @inline(__always)
    func count(_ entry: Int) -> Int { Int(starts[entry &+ 1] &- starts[entry]) }
    /// The notes of an entry.
    @inline(__always)
    func notes(_ entry: Int) -> UnsafePointer<SlotNote> { notes + Int(starts[entry]) }
  }
}
