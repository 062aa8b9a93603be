import CSIMD
import Files
import Foundation

/// A set of words that numbers and counts them: an open-addressing hash table on bytes.
///
/// The numbers are those of first appearance. Words are equal when their bytes are, as in Python,
/// where Swift's `String` would also hold two spellings of "é" for the same. The bytes of all words
/// lie one after the other in one array.
struct WordTable: Sendable {
  /// Bytes behind a word to be looked up that must be readable: its first sixteen are loaded at once.
  static let padding = 16

  /// The bytes of every word.
  private var bytes: [UInt8] = []
  /// Word `i` is `bytes[starts[i]..<starts[i + 1]]`.
  private var starts = [0]
  /// How often each word was inserted.
  private(set) var counts: [Int] = []
  private var slots = [Slot](repeating: Slot(), count: 1 << 10)
  /// How many words ahead a slot is asked for.
  private static let lookAhead = 32

  /// A place in the hash table, with enough of its word to settle almost every comparison: a second
  /// look at `bytes` would be a second miss of the cache.
  fileprivate struct Slot: BitwiseCopyable {
    var key = Key()
    /// The word's first eight bytes and the next eight, zeros behind its end.
    var head: UInt64 = 0
    var rest: UInt64 = 0
    /// The word's number plus 1; 0 where the slot is free.
    var mark: Int32 = 0
  }

  /// The number of different words.
  var count: Int { starts.count - 1 }

  /// A word's length, 24 bits, and 40 bits of its hash.
  fileprivate struct Key: BitwiseCopyable, Equatable {
    private var bits: UInt64 = 0

    init() {}

    @inline(__always)
    init(_ word: UnsafeRawBufferPointer) {
      bits = WordTable.hash(word) << 24 | UInt64(truncatingIfNeeded: word.count)
    }

    var hash: Int { Int(truncatingIfNeeded: bits >> 24) }
    var length: Int { Int(truncatingIfNeeded: bits & 0xFF_FFFF) }
  }

  /// A word on its way to its number; small, as it goes from one processor to another.
  struct Probe: BitwiseCopyable {
    private let start: UnsafeRawPointer?
    fileprivate let key: Key

    fileprivate var word: UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(start: start, count: key.length)
    }

    /// Begins to look up a word.
    ///
    /// - Parameter word: Its bytes, less than 16 MiB, with `padding` readable bytes behind them. They
    ///   must stay where they are until the probe is used.
    @inline(__always)
    init(_ word: UnsafeRawBufferPointer) {
      (start, key) = (word.baseAddress, Key(word))
    }

    /// What the slot of the word holds, but for the word's number.
    @inline(__always)
    fileprivate var slot: Slot {
      Slot(
        key: key, head: WordTable.eightBytes(of: word, at: 0),
        rest: WordTable.eightBytes(of: word, at: 8))
    }
  }

  /// Appends the numbers of some words, of which those that are new are added.
  ///
  /// Most slots of a large table are far away in memory. Each is asked for some words before it is
  /// its turn.
  ///
  /// - Complexity: O(length), expected.
  mutating func insert(
    _ probes: UnsafeBufferPointer<Probe>, appendingNumbersTo numbers: inout [Int32]
  ) {
    Self.append(probes.count, to: &numbers) { numbers in
      var done = 0
      while true {
        // Words are known in long runs, through which the table stays as it is.
        let known = withView {
          $0.numbers(of: probes, from: done, into: numbers, passingOverNew: false)
        }
        counts.withUnsafeMutableBufferPointer { counts in
          for number in numbers[done..<known] { counts[Int(number)] += 1 }
        }
        if known == probes.count { return }
        numbers[known] = insert(probes[known])
        done = known + 1
      }
    }
  }

  /// Appends the numbers of some words, 0 for those that are not in the table.
  ///
  /// - Complexity: O(length), expected.
  func find(_ probes: UnsafeBufferPointer<Probe>, appendingNumbersTo numbers: inout [Int32]) {
    Self.append(probes.count, to: &numbers) { numbers in
      _ = withView { $0.numbers(of: probes, from: 0, into: numbers, passingOverNew: true) }
    }
  }

  /// Appends as many numbers as `count`, which `fill` stores.
  private static func append(
    _ count: Int, to numbers: inout [Int32], fill: (UnsafeMutableBufferPointer<Int32>) -> Void
  ) {
    let first = numbers.count
    numbers.append(contentsOf: repeatElement(0, count: count))
    numbers.withUnsafeMutableBufferPointer {
      fill(UnsafeMutableBufferPointer(rebasing: $0[first...]))
    }
  }

  /// The number of a word, which is added if it is new.
  private mutating func insert(_ probe: Probe) -> Int32 {
    var wanted = probe.slot
    let slot = withView { $0.search(wanted, probe.word) }
    if slots[slot].mark != 0 {
      counts[Int(slots[slot].mark - 1)] += 1
      return slots[slot].mark - 1
    }
    require(count < Int32.max - 1, "there are more than \(count) different words")
    bytes.append(contentsOf: probe.word)
    starts.append(bytes.count)
    counts.append(1)
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
    let mark = Self.withPaddedBytes(of: word) { word in
      withView { $0.slots[$0.search(Probe(word).slot, word)].mark }
    }
    return mark == 0 ? nil : mark - 1
  }

  /// The table of some of the words, given by their numbers; they are numbered anew in this order.
  ///
  /// - Complexity: O(bytes of these).
  func keeping(_ numbers: [Int]) -> WordTable {
    var kept = WordTable()
    for number in numbers { _ = kept.insert(self[number]) }
    kept.counts = numbers.map { counts[$0] }
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
      require(bytes.count < 1 << 24, "a word of \(bytes.count) bytes")
      return withUnsafeTemporaryAllocation(byteCount: bytes.count + padding, alignment: 8) {
        padded in
        padded.initializeMemory(as: UInt8.self, repeating: 0)
        padded.copyMemory(from: UnsafeRawBufferPointer(bytes))
        return body(UnsafeRawBufferPointer(rebasing: padded[..<bytes.count]))
      }
    }
  }

  // MARK: Slots

  /// The table as it is, through plain pointers: an array's owner is counted at each access.
  private struct View {
    let slots: UnsafeBufferPointer<Slot>
    let starts: UnsafeBufferPointer<Int>
    let bytes: UnsafeBufferPointer<UInt8>

    /// The slot that holds the word, or the free one where it belongs (linear probing).
    @inline(__always)
    func search(_ wanted: Slot, _ word: UnsafeRawBufferPointer) -> Int {
      var place = home(of: wanted.key)
      while slots[place].mark != 0 {
        let found = slots[place]
        let isSame =
          found.key == wanted.key && found.head == wanted.head && found.rest == wanted.rest
        if isSame, word.count <= 16 || isEqual(Int(found.mark - 1), word) { break }
        place = (place &+ 1) & (slots.count &- 1)
      }
      return place
    }

    /// Looks up the words from one on, as far as they are known or are passed over with 0.
    ///
    /// - Returns: The place of the first that is new, or the number of words.
    func numbers(
      of probes: UnsafeBufferPointer<Probe>, from first: Int,
      into numbers: UnsafeMutableBufferPointer<Int32>, passingOverNew: Bool
    ) -> Int {
      for i in first..<probes.count {
        if i + WordTable.lookAhead < probes.count, let start = slots.baseAddress {
          simd_prefetch(start + home(of: probes[i + WordTable.lookAhead].key))
        }
        let mark = slots[search(probes[i].slot, probes[i].word)].mark
        if mark == 0, !passingOverNew { return i }
        numbers[i] = max(0, mark - 1)
      }
      return probes.count
    }

    /// Where the search for a word begins.
    @inline(__always)
    private func home(of key: Key) -> Int { key.hash & (slots.count - 1) }

    private func isEqual(_ number: Int, _ word: UnsafeRawBufferPointer) -> Bool {
      let start = starts[number]
      guard starts[number + 1] - start == word.count else { return false }
      guard let known = bytes.baseAddress, let word = word.baseAddress else { return true }
      return memcmp(known + start, word, starts[number + 1] - start) == 0
    }
  }

  @inline(__always)
  private func withView<Result>(_ body: (View) -> Result) -> Result {
    slots.withUnsafeBufferPointer { slots in
      starts.withUnsafeBufferPointer { starts in
        bytes.withUnsafeBufferPointer { body(View(slots: slots, starts: starts, bytes: $0)) }
      }
    }
  }

  /// Doubles the slots if one more word would take more than three quarters of them.
  private mutating func growIfNeeded() {
    if 4 * (count + 1) <= 3 * slots.count { return }
    let mask = 2 * slots.count - 1
    var larger = [Slot](largeCapacity: mask + 1)
    larger.append(contentsOf: repeatElement(Slot(), count: mask + 1))
    for old in slots where old.mark != 0 {
      var slot = old.key.hash & mask
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
}

extension WordTable: Equatable {
  /// Whether both have the same words, byte for byte, under the same numbers.
  static func == (a: WordTable, b: WordTable) -> Bool {
    a.starts == b.starts && a.bytes == b.bytes
  }
}
