import CSIMD

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
  /// A note of another example, so many behind this one's.
  @inline(__always)
  func moved(by count: Int32) -> SlotNote { SlotNote(bits: bits &+ count << 1) }

  private init(bits: Int32) { self.bits = bits }

  /// Whether it is a slot of a context word.
  var isContext: Bool { bits & 1 == 1 }

  /// The labels y of sixteen slots: 1 for a context word, 0 for a noise word.
  @inline(__always)
  static func labels(_ notes: UnsafePointer<SlotNote>) -> Lanes {
    simd_to_float(UnsafeRawPointer(notes).loadUnaligned(as: SIMD16<Int32>.self) & 1)
  }
}

/// A slot of a minibatch with its place in a table: the row of its word, and a note.
struct PlacedSlot: BitwiseCopyable {
  let row: Int32
  let note: SlotNote
}

/// The slots of some examples, by the parts of a table that their rows are in.
final class SlotLists: @unchecked Sendable {
  private let order: RowOrder
  private let parts: Int
  private var capacity = 0
  /// By part, then in the examples' order.
  private let slots = GrowingBuffer<PlacedSlot>()
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
    slots.resize(to: parts * capacity)
    for part in 0..<parts { counts.pointer[part] = 0 }
  }

  /// Appends some words of an example, each to the list of its part.
  @inline(__always)
  func append(_ words: UnsafeBufferPointer<Int32>, example: Int, areContexts: Bool) {
    for word in words { append(word, SlotNote(example: example, isContext: areContexts)) }
  }

  /// Appends a word to the list of its part.
  @inline(__always)
  func append(_ word: Int32, _ note: SlotNote) {
    let (word, counts) = (Int(word), counts.pointer)
    let part = RowOrder.part(of: word, parts: parts)
    let rank = counts[part]
    slots.pointer[part &* capacity &+ rank] = PlacedSlot(
      row: Int32(truncatingIfNeeded: order.row(of: word)), note: note)
    counts[part] = rank &+ 1
  }

  /// The slots of a part; valid until the next `removeAll`.
  subscript(part: Int) -> UnsafeBufferPointer<PlacedSlot> {
    UnsafeBufferPointer(start: slots.pointer + part * capacity, count: counts.pointer[part])
  }
}
