import Files
import Foundation

/// Some examples, taken together in one training step: flat arrays, end to end, without padding.
///
/// Example e has the centre word `centers[e]` and the slots `offsets[e]..<offsets[e + 1]`, of which
/// the first `contextCounts[e]` are context words and the others noise words. Words are indices into
/// the tables of an engine, which checks them once, where the batch enters it.
public struct MiniBatch: Sendable, Equatable {
  /// The centre word of each example, shape (B).
  public internal(set) var centers: [Int32] = []
  /// How many context words each example has, shape (B).
  public internal(set) var contextCounts: [Int32] = []
  /// Where each example's slots begin, and at the end their number, shape (B + 1).
  public internal(set) var offsets: [Int32] = [0]
  /// Context words, then noise words, example after example.
  public internal(set) var slots: [Int32] = []

  /// Creates an empty batch.
  public init() {}

  /// B: the number of examples.
  public var count: Int { centers.count }

  /// Appends an example.
  ///
  /// - Parameters:
  ///   - center: The centre word.
  ///   - contexts: The words around it, one or more.
  ///   - noiseWords: Words that stand for what is not around it.
  ///   - file: The caller's file, for the sentence where the example has no context word.
  ///   - line: The caller's line.
  public mutating func append(
    center: Int32, contexts: some Collection<Int32>, noiseWords: some Collection<Int32>,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      !contexts.isEmpty, "an example of the centre word \(center) without a context word",
      file: file, line: line)
    slots.append(contentsOf: contexts)
    slots.append(contentsOf: noiseWords)
    close(center: center, contexts: contexts.count)
  }

  /// Removes the examples and keeps the memory.
  public mutating func removeAll() {
    centers.removeAll(keepingCapacity: true)
    contextCounts.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    slots.removeAll(keepingCapacity: true)
  }

  /// Ends an example whose slots have been appended.
  @inline(__always)
  mutating func close(center: Int32, contexts: Int) {
    centers.append(center)
    contextCounts.append(Int32(truncatingIfNeeded: contexts))
    offsets.append(Int32(truncatingIfNeeded: slots.count))
  }

  /// Appends some of another batch's examples.
  mutating func append(_ examples: Range<Int>, of other: MiniBatch) {
    for example in examples {
      slots.append(contentsOf: other.slots[other.slotRange(of: example)])
      close(center: other.centers[example], contexts: Int(other.contextCounts[example]))
    }
  }

  /// The places of an example's slots in `slots`.
  func slotRange(of example: Int) -> Range<Int> {
    Int(offsets[example])..<Int(offsets[example + 1])
  }

  /// The places of an example's noise words in `slots`.
  func noiseRange(of example: Int) -> Range<Int> {
    Int(offsets[example] + contextCounts[example])..<Int(offsets[example + 1])
  }

  /// Checks that examples in a row have the first words of one list as their noise words.
  ///
  /// - Parameters:
  ///   - sharing: How many have.
  ///   - file: Where the batch enters an engine.
  ///   - line: The line of that.
  func requireSharedNoise(by sharing: Int, file: StaticString, line: UInt) {
    slots.withUnsafeBytes { slots in
      for begin in stride(from: 0, to: count, by: sharing) {
        var (longest, words) = (begin, noiseRange(of: begin))
        for example in begin..<min(begin + sharing, count) {
          let noise = noiseRange(of: example)
          let shared = 4 * min(noise.count, words.count)
          guard shared > 0, let start = slots.baseAddress else { continue }
          require(
            memcmp(start + 4 * noise.lowerBound, start + 4 * words.lowerBound, shared) == 0,
            "examples \(longest) and \(example) of a piece, said to share their noise words, have "
              + "others", file: file, line: line)
          if noise.count > words.count { (longest, words) = (example, noise) }
        }
      }
    }
  }

  /// Checks that all words are rows of a table.
  ///
  /// - Parameters:
  ///   - vocabularySize: The number of rows.
  ///   - file: Where the batch enters an engine.
  ///   - line: The line of that.
  /// - Complexity: O(slots), sixteen at a time.
  func requireWords(below vocabularySize: Int, file: StaticString, line: UInt) {
    let limit = UInt32(truncatingIfNeeded: vocabularySize)
    guard centers.greatestUnsigned >= limit || slots.greatestUnsigned >= limit else { return }
    let (name, words) = centers.greatestUnsigned >= limit ? ("centre", centers) : ("slot", slots)
    let place = words.firstIndex { UInt32(bitPattern: $0) >= limit } ?? 0
    requirementFailure(
      "word \(words[place]) at \(name) \(place) of a minibatch is outside tables of "
        + "\(vocabularySize) rows", file: file, line: line)
  }
}

extension RandomAccessCollection<Int32> {
  /// The greatest of some numbers as unsigned ones, a negative one above all others; 0 of none.
  ///
  /// - Complexity: O(n), sixteen at a time where they lie in one piece of memory.
  var greatestUnsigned: UInt32 {
    withContiguousStorageIfAvailable { numbers in
      let bytes = UnsafeRawBufferPointer(numbers)
      var lanes = SIMD16<UInt32>.zero
      var place = 0
      while place &+ 64 <= bytes.count {
        let next = bytes.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt32>.self)
        lanes = pointwiseMax(lanes, next)
        place &+= 64
      }
      var greatest = lanes.max()
      while place < bytes.count {
        greatest = Swift.max(greatest, bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        place &+= 4
      }
      return greatest
    } ?? reduce(0) { Swift.max($0, UInt32(bitPattern: $1)) }
  }
}
