import CSIMD
import Files
import Foundation

/// A set of words that numbers them by first appearance: an open-addressing hash table on bytes.
///
/// Words are equal when their bytes are, as in Python, where Swift's `String` would also hold two
/// spellings of "é" for the same. The bytes of all words lie one after the other in one array.
struct WordTable: Sendable {
  /// Bytes behind a word to be looked up that must be readable: words are hashed eight at a time.
  static let padding = 8

  /// The bytes of every word.
  private var bytes: [UInt8] = []
  /// Word `i` is `bytes[starts[i]..<starts[i + 1]]`.
  private var starts = [0]
  /// The hash of word `i` is `hashes[i]`.
  private var hashes: [UInt64] = []
  private var slots = [Slot](repeating: Slot(), count: 1 << 10)
  /// How many words ahead a slot is asked for.
  private static let lookAhead = 32

  /// A place in the hash table, with enough of its word to settle most comparisons at once: a
  /// second look at `bytes` would be a second miss of the cache.
  fileprivate struct Slot: BitwiseCopyable {
    /// The word's first eight bytes, zeros behind its end.
    var head: UInt64 = 0
    /// The length of a word of up to eight bytes; of a longer one some bits of its hash.
    var tag: UInt32 = 0
    /// The word's number plus 1; 0 where the slot is free.
    var mark: Int32 = 0

    /// The hash of a word of up to eight bytes, which the slot holds whole.
    var hashOfShortWord: UInt64? { tag <= 8 ? WordTable.mix(UInt64(tag), head) : nil }
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
    fileprivate var wanted: Slot {
      Slot(head: WordTable.eightBytes(of: word, at: 0), tag: WordTable.tag(of: word, hash: hash))
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

  /// Appends the numbers of some words, −1 for those that are not in the table.
  ///
  /// - Complexity: O(length), expected.
  func find(_ probes: [Probe], appendingNumbersTo numbers: inout [Int32]) {
    for i in probes.indices {
      if i + Self.lookAhead < probes.count { prefetchSlot(of: probes[i + Self.lookAhead]) }
      numbers.append(slots[search(probes[i])].mark - 1)
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
    let slot = search(probe)
    if slots[slot].mark != 0 { return slots[slot].mark - 1 }
    append(probe, at: slot)
    growIfNeeded()
    return Int32(count - 1)
  }

  /// The number of a word, which is added if it is new.
  mutating func insert(_ word: String) -> Int32 {
    Self.withPaddedBytes(of: word) { insert(Probe($0)) }
  }

  /// The number of a word, nil if it is not in the table.
  ///
  /// - Complexity: O(length), expected.
  func number(of word: String) -> Int32? {
    let mark = Self.withPaddedBytes(of: word) { slots[search(Probe($0))].mark }
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
  private func search(_ probe: Probe) -> Int {
    let (mask, wanted) = (slots.count - 1, probe.wanted)
    var slot = home(of: probe.hash)
    while slots[slot].mark != 0 {
      let found = slots[slot]
      let isSame =
        found.head == wanted.head && found.tag == wanted.tag
        && (probe.word.count <= 8 || isEqual(Int(found.mark - 1), probe.word))
      if isSame { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func append(_ probe: Probe, at slot: Int) {
    require(count < Int32.max - 1, "there are more than \(count) different words")
    bytes.append(contentsOf: probe.word)
    starts.append(bytes.count)
    hashes.append(probe.hash)
    slots[slot] = probe.wanted
    slots[slot].mark = Int32(count)
  }

  /// Doubles the slots if one more word would take more than three quarters of them.
  private mutating func growIfNeeded() {
    if 4 * (count + 1) <= 3 * slots.count { return }
    let mask = 2 * slots.count - 1
    var larger = [Slot](largeCapacity: mask + 1)
    larger.append(contentsOf: repeatElement(Slot(), count: mask + 1))
    for old in slots where old.mark != 0 {
      let hash = old.hashOfShortWord ?? hashes[Int(old.mark) - 1]
      var slot = Int(truncatingIfNeeded: hash) & mask
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
    let rest = word.count - offset
    return rest >= 8 ? loaded : loaded & (1 << UInt64(8 * rest) - 1)
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

  @inline(__always)
  private static func tag(of word: UnsafeRawBufferPointer, hash: UInt64) -> UInt32 {
    word.count <= 8 ? UInt32(word.count) : UInt32(truncatingIfNeeded: hash >> 32) | 16
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
