/// A set of words that numbers them by first appearance: an open-addressing hash table on bytes.
///
/// Words are equal when their bytes are, as in Python, where Swift's `String` would also hold two
/// spellings of "é" for the same. The bytes of all words lie one after the other in one array.
struct WordTable: Sendable {
  /// Bytes behind a word that must be readable: words are compared and hashed eight at a time.
  static let padding = 8

  /// The bytes of every word, then `padding` zeros.
  private var bytes = [UInt8](repeating: 0, count: padding)
  /// Word `i` is `bytes[starts[i]..<starts[i + 1]]`.
  private var starts = [0]
  /// 0 where free, else the upper half of the word's hash, then its number plus 1.
  private var slots = [UInt64](repeating: 0, count: 1 << 10)

  /// The number of different words.
  var count: Int { starts.count - 1 }

  /// The number of a word, which is added if it is new. O(length) expected.
  ///
  /// - Parameter word: Its bytes, with `padding` readable bytes behind them.
  mutating func insert(_ word: UnsafeRawBufferPointer) -> Int32 {
    let hash = Self.hash(word)
    let slot = self.slot(of: word, hash: hash)
    if let number = Self.number(in: slots[slot]) { return number }
    return append(word, hash: hash, slot: slot)
  }

  /// The number of a word, which is added if it is new. O(length) expected.
  mutating func insert(_ word: String) -> Int32 {
    Self.withPaddedBytes(of: word) { insert($0) }
  }

  /// The number of a word, nil if it is not in the table. O(length) expected.
  func number(of word: String) -> Int32? {
    Self.withPaddedBytes(of: word) { Self.number(in: slots[slot(of: $0, hash: Self.hash($0))]) }
  }

  /// The word of a number.
  subscript(number: Int) -> String {
    String(decoding: bytes[starts[number]..<starts[number + 1]], as: UTF8.self)
  }

  private static func withPaddedBytes<Result>(
    of word: String, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let padded = Array(word.utf8) + [UInt8](repeating: 0, count: padding)
    return padded.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0.dropLast(padding))) }
  }

  // MARK: Slots

  /// The slot that holds the word, or the free one where it belongs (linear probing).
  private func slot(of word: UnsafeRawBufferPointer, hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if (slots[slot] ^ hash) >> 32 == 0, let number = Self.number(in: slots[slot]),
        isEqual(Int(number), word)
      {
        break
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private static func number(in slot: UInt64) -> Int32? {
    let number = Int32(truncatingIfNeeded: slot)
    return number == 0 ? nil : number - 1
  }

  private mutating func append(_ word: UnsafeRawBufferPointer, hash: UInt64, slot: Int) -> Int32 {
    let number = count
    precondition(number < Int32.max - 1, "more than \(number) different words")
    bytes.removeLast(Self.padding)
    bytes.append(contentsOf: word)
    starts.append(bytes.count)
    bytes.append(contentsOf: repeatElement(0, count: Self.padding))
    slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number + 1)
    if 2 * count > slots.count { grow() }
    return Int32(number)
  }

  /// Doubles the slots. At most half of them are ever taken.
  private mutating func grow() {
    let mask = 2 * slots.count - 1
    var larger = [UInt64](repeating: 0, count: mask + 1)
    bytes.withUnsafeBytes { bytes in
      for number in 0..<count {
        let word = UnsafeRawBufferPointer(rebasing: bytes[starts[number]..<starts[number + 1]])
        let hash = Self.hash(word)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while larger[slot] != 0 { slot = (slot + 1) & mask }
        larger[slot] = hash & ~0xFFFF_FFFF | UInt64(number + 1)
      }
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

  private static func hash(_ word: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: word.count)
    for offset in stride(from: 0, to: word.count, by: 8) {
      hash = (hash ^ eightBytes(of: word, at: offset)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
    }
    return hash
  }

  private func isEqual(_ number: Int, _ word: UnsafeRawBufferPointer) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == word.count else { return false }
    return bytes.withUnsafeBytes { bytes in
      let known = UnsafeRawBufferPointer(rebasing: bytes[start..<start + word.count])
      for offset in stride(from: 0, to: word.count, by: 8)
      where Self.eightBytes(of: known, at: offset) != Self.eightBytes(of: word, at: offset) {
        return false
      }
      return true
    }
  }
}

extension WordTable: Equatable {
  /// Whether both have the same words, byte for byte, under the same numbers.
  static func == (a: WordTable, b: WordTable) -> Bool {
    a.starts == b.starts && a.bytes == b.bytes
  }
}
