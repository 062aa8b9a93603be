import CSIMD
import Files
import Foundation

/// A set of words that numbers them by first appearance: an open-addressing hash table on bytes.
///
/// Words are equal when their bytes are, as in Python, where Swift's `String` would also hold two
/// spellings of "é" for the same. The bytes of all words lie one after the other in one array.
struct WordTable: Sendable {
  /// Bytes behind a word to be looked up that must be readable: its first sixteen are loaded at once.
  static let padding = 16

  /// The bytes of every word.
  private var bytes: [UInt8] = []
  /// Word `i` is `bytes[starts[i]..<starts[i + 1]]`.
  private var starts = [0]
  private var slots = [Slot](repeating: Slot(), count: 1 << 10)
  /// How many words ahead a slot is asked for.
  private static let lookAhead = 32

  /// A place in the hash table, with enough of its word to settle almost every comparison: a second
  /// look at `bytes` would be a second miss of the cache.
  fileprivate struct Slot: BitwiseCopyable {
    var hash: UInt64 = 0
    /// The word's first eight bytes and the next eight, zeros behind its end.
    var head: UInt64 = 0
    var rest: UInt64 = 0
    /// The word's length in bytes.
    var length: UInt32 = 0
    /// The word's number plus 1; 0 where the slot is free.
    var mark: Int32 = 0
  }

  /// The number of different words.
  var count: Int { starts.count - 1 }

  /// A word on its way to its number.
  struct Probe {
    fileprivate let word: UnsafeRawBufferPointer
    fileprivate let hash: UInt64

    /// Begins to look up a word.
    ///
    /// - Parameter word: Its bytes, with `padding` readable bytes behind them. They must stay where
    ///   they are until the probe is used.
    @inline(__always)
    init(_ word: UnsafeRawBufferPointer) {
      self.word = word
      hash = WordTable.hash(word)
    }

    /// What the slot of the word holds, but for the word's number.
    @inline(__always)
    fileprivate var slot: Slot {
      Slot(
        hash: hash, head: WordTable.eightBytes(of: word, at: 0),
        rest: WordTable.eightBytes(of: word, at: 8),
        length: UInt32(truncatingIfNeeded: word.count))
    }
  }

  /// Appends the numbers of some words, of which those that are new are added.
  ///
  /// Most slots of a large table are far away in memory. Each is asked for some words before it is
  /// its turn.
  ///
  /// - Complexity: O(length), expected.
  mutating func insert(_ probes: [Probe], appendingNumbersTo numbers: inout [Int32]) {
    for i in probes.indices {
      if i + Self.lookAhead < probes.count { prefetchSlot(of: probes[i + Self.lookAhead]) }
      numbers.append(insert(probes[i]))
    }
  }

  /// Appends the numbers of some words, 0 for those that are not in the table.
  ///
  /// - Complexity: O(length), expected.
  func find(_ probes: [Probe], appendingNumbersTo numbers: inout [Int32]) {
    for i in probes.indices {
      if i + Self.lookAhead < probes.count { prefetchSlot(of: probes[i + Self.lookAhead]) }
      numbers.append(max(0, slots[search(probes[i].slot, probes[i].word)].mark - 1))
    }
  }

  @inline(__always)
  private func prefetchSlot(of probe: Probe) {
    slots.withUnsafeBufferPointer { slots in
      if let first = slots.baseAddress { simd_prefetch(first + home(of: probe.hash)) }
    }
  }

  /// The number of a word, which is added if it is new.
  @inline(__always)
  private mutating func insert(_ probe: Probe) -> Int32 {
    var wanted = probe.slot
    let slot = search(wanted, probe.word)
    if slots[slot].mark != 0 { return slots[slot].mark - 1 }
    require(count < Int32.max - 1, "there are more than \(count) different words")
    bytes.append(contentsOf: probe.word)
    starts.append(bytes.count)
    wanted.mark = Int32(count)
    slots[slot] = wanted
    growIfNeeded()
    return wanted.mark - 1
  }

  /// The number of a word, which is added if it is new.
  mutating func insert(_ word: String) -> Int32 {
    Self.withPaddedBytes(of: word) { insert(Probe($0)) }
  }

  /// The number of a word, nil if it is not in the table.
  ///
  /// - Complexity: O(length), expected.
  func number(of word: String) -> Int32? {
    let mark = Self.withPaddedBytes(of: word) { slots[search(Probe($0).slot, $0)].mark }
    return mark == 0 ? nil : mark - 1
  }

  /// The table of some of the words, given by their numbers; they are numbered anew in this order.
  ///
  /// - Complexity: O(bytes of these).
  func keeping(_ numbers: some Sequence<Int>) -> WordTable {
    var kept = WordTable()
    for number in numbers { _ = kept.insert(self[number]) }
    return kept
  }

  /// The word of a number.
  subscript(number: Int) -> String {
    String(decoding: bytes[starts[number]..<starts[number + 1]], as: UTF8.self)
  }

  private static func withPaddedBytes<Result>(
    of word: String, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    var word = word
    return word.withUTF8 { bytes in
      withUnsafeTemporaryAllocation(byteCount: bytes.count + padding, alignment: 8) { padded in
        padded.initializeMemory(as: UInt8.self, repeating: 0)
        padded.copyMemory(from: UnsafeRawBufferPointer(bytes))
        return body(UnsafeRawBufferPointer(rebasing: padded[..<bytes.count]))
      }
    }
  }

  // MARK: Slots

  /// Where the search for a word begins.
  @inline(__always)
  private func home(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash) & (slots.count - 1)
  }

  /// The slot that holds the word, or the free one where it belongs (linear probing).
  @inline(__always)
  private func search(_ wanted: Slot, _ word: UnsafeRawBufferPointer) -> Int {
    slots.withUnsafeBufferPointer { slots in
      var place = home(of: wanted.hash)
      while slots[place].mark != 0 {
        let found = slots[place]
        let isSame =
          found.hash == wanted.hash && found.head == wanted.head && found.rest == wanted.rest
          && found.length == wanted.length
        if isSame, word.count <= 16 || isEqual(Int(found.mark - 1), word) { break }
        place = (place &+ 1) & (slots.count &- 1)
      }
      return place
    }
  }

  /// Doubles the slots if one more word would take more than three quarters of them.
  private mutating func growIfNeeded() {
    if 4 * (count + 1) <= 3 * slots.count { return }
    let mask = 2 * slots.count - 1
    var larger = [Slot](largeCapacity: mask + 1)
    larger.append(contentsOf: repeatElement(Slot(), count: mask + 1))
    for old in slots where old.mark != 0 {
      var slot = Int(truncatingIfNeeded: old.hash) & mask
      while larger[slot].mark != 0 { slot = (slot + 1) & mask }
      larger[slot] = old
    }
    slots = larger
  }

  // MARK: Eight bytes at a time

  /// The eight bytes at `offset` of the word, those behind its end as zeros.
  @inline(__always)
  private static func eightBytes(of word: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    guard let start = word.baseAddress else { return 0 }
    let loaded = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    let bits = 8 &* min(8, max(0, word.count &- offset))
    return loaded & (.max >> UInt64(64 &- bits))
  }

  @inline(__always)
  private static func hash(_ word: UnsafeRawBufferPointer) -> UInt64 {
    var hash = mix(UInt64(truncatingIfNeeded: word.count), eightBytes(of: word, at: 0))
    for offset in stride(from: 8, to: word.count, by: 8) {
      hash = mix(hash, eightBytes(of: word, at: offset))
    }
    return hash
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ eightBytes: UInt64) -> UInt64 {
    let product = (hash ^ eightBytes) &* 0x9E37_79B9_7F4A_7C15
    return product ^ product >> 32
  }

  private func isEqual(_ number: Int, _ word: UnsafeRawBufferPointer) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == word.count else { return false }
    return bytes.withUnsafeBytes { bytes in
      guard let known = bytes.baseAddress, let word = word.baseAddress else { return true }
      return memcmp(known + start, word, starts[number + 1] - start) == 0
    }
  }
}

extension WordTable: Equatable {
  /// Whether both have the same words, byte for byte, under the same numbers.
  static func == (a: WordTable, b: WordTable) -> Bool {
    a.starts == b.starts && a.bytes == b.bytes
  }
}
