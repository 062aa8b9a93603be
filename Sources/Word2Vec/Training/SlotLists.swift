/// What is noted of a slot: its example, and whether it is a context word.
struct SlotNote: BitwiseCopyable {
  private let bits: Int32

  /// A note of a slot of example `example`.
  @inline(__always)
  init(example: Int, isContext: Bool) {
    bits = Int32(truncatingIfNeeded: example) << 1 | (isContext ? 1 : 0)
  }

  /// The example.
  @inline(__always)
  var example: Int { Int(bits >> 1) }
  /// The label y: 1 for a context word, 0 for a noise word.
  @inline(__always)
  var label: Float { Float(bits & 1) }
}

/// Some slots of a minibatch, each by its row and a note, by plain pointers.
struct SlotList: @unchecked Sendable {
  let count: Int
  let rows: UnsafePointer<Int32>
  let notes: UnsafePointer<SlotNote>
}

/// The slots of some examples, dealt out to the parts of a table that their rows are in.
final class SlotLists: @unchecked Sendable {
  private let order: RowOrder
  private let parts: Int
  private var capacity = 0
  // By part, then in the examples' order.
  private let rows = GrowingBuffer<Int32>()
  private let notes = GrowingBuffer<SlotNote>()
  /// The number of slots by part.
  private let counts = GrowingBuffer<Int>()

  /// Creates empty lists for `parts` parts of a table, a power of two up to 64.
  init(_ order: RowOrder, parts: Int) {
    (self.order, self.parts) = (order, parts)
    counts.resize(to: parts)
  }

  /// Makes all lists empty, and room for `capacity` slots in each.
  func removeAll(capacity: Int) {
    self.capacity = capacity
    rows.resize(to: parts * capacity)
    notes.resize(to: parts * capacity)
    for part in 0..<parts { counts.pointer[part] = 0 }
  }

  /// Deals out some words of an example.
  @inline(__always)
  func deal(_ words: Slice<UnsafeBufferPointer<Int32>>, example: Int, areContexts: Bool) {
    let (rows, notes, counts, capacity) = (rows.pointer, notes.pointer, counts.pointer, capacity)
    let note = SlotNote(example: example, isContext: areContexts)
    for word in words {
      let part = RowOrder.part(of: Int(word), parts: parts)
      let place = part &* capacity &+ counts[part]
      rows[place] = Int32(truncatingIfNeeded: order.row(of: Int(word)))
      notes[place] = note
      counts[part] &+= 1
    }
  }

  /// The slots of a part; valid until the next `removeAll`.
  subscript(part: Int) -> SlotList {
    SlotList(
      count: counts.pointer[part], rows: rows.pointer + part * capacity,
      notes: notes.pointer + part * capacity)
  }
}
