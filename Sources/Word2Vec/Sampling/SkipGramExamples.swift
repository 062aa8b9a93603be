import CSIMD
import Files

/// Training examples that are drawn once: for each centre word its contexts and noise words.
///
/// Example e has the slots `slotOffsets[e]..<slotOffsets[e + 1]`: first n context words, then K·n
/// noise words.
public struct SkipGramExamples: ExampleSet {
  /// The centre word of each example.
  public let centers: [Int32]
  /// Where each example's slots begin, and at the end their number.
  public let slotOffsets: [Int]
  /// Context words, then noise words, example after example.
  public let slots: [Int32]
  /// K: noise words drawn for each context word.
  public let noiseWordsPerContext: Int

  /// Takes examples that have been drawn.
  ///
  /// - Parameters:
  ///   - centers: The centre word of each example.
  ///   - slotOffsets: Where each example's slots begin, rising from 0, and at the end their number.
  ///   - slots: n context words, then K·n noise words, example after example.
  ///   - noiseWordsPerContext: K.
  ///   - file: The caller's file, for the sentence where the arrays do not fit each other.
  ///   - line: The caller's line.
  public init(
    centers: [Int32], slotOffsets: [Int], slots: [Int32], noiseWordsPerContext: Int,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(
      noiseWordsPerContext >= 0, "noiseWordsPerContext is \(noiseWordsPerContext), less than 0",
      file: file, line: line)
    require(
      slotOffsets.count == centers.count + 1 && slotOffsets.first == 0
        && slotOffsets.last == slots.count
        && zip(slotOffsets, slotOffsets.dropFirst()).allSatisfy {
          $1 > $0 && ($1 - $0) % (noiseWordsPerContext + 1) == 0
        },
      "the offsets of \(centers.count) examples do not divide \(slots.count) slots into runs of "
        + "\(noiseWordsPerContext + 1)", file: file, line: line)
    (self.centers, self.slotOffsets, self.slots) = (centers, slotOffsets, slots)
    self.noiseWordsPerContext = noiseWordsPerContext
  }

  /// The number of examples.
  public var count: Int { centers.count }
  /// The number of (centre, context) pairs.
  public var contextCount: Int { slots.count / (noiseWordsPerContext + 1) }
  /// The bytes that hold the examples: centre words, offsets, slots.
  public var byteCount: Int {
    4 * centers.count + 8 * slotOffsets.count + 4 * slots.count
  }

  /// The context words of an example.
  ///
  /// - Parameters:
  ///   - example: Its number, 0 ..< `count`.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The words, in the order of the text.
  public func contexts(
    of example: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> ArraySlice<Int32> {
    let range = slotRange(of: example, file: file, line: line)
    return slots[range].prefix(range.count / (noiseWordsPerContext + 1))
  }

  /// The noise words of an example.
  ///
  /// - Parameters:
  ///   - example: Its number, 0 ..< `count`.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The words, in the order in which they were drawn.
  public func noiseWords(
    of example: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> ArraySlice<Int32> {
    let range = slotRange(of: example, file: file, line: line)
    return slots[range].dropFirst(range.count / (noiseWordsPerContext + 1))
  }

  private func slotRange(of example: Int, file: StaticString, line: UInt) -> Range<Int> {
    require(
      centers.indices.contains(example), "there is no example \(example) of \(count)", file: file,
      line: line)
    return slotOffsets[example]..<slotOffsets[example + 1]
  }

  /// Appends copies of some examples to `batch`.
  ///
  /// They lie far apart in memory: each is prefetched some examples before it is its turn, and its
  /// offset earlier still.
  public func append(_ examples: ArraySlice<Int32>, to batch: inout MiniBatch) {
    requireExamples(examples)
    let (soon, later) = (12, 32)
    examples.withUnsafeBufferPointer { examples in
      slotOffsets.withUnsafeBufferPointer { offsets in
        centers.withUnsafeBufferPointer { centers in
          slots.withUnsafeBufferPointer { slots in
            guard
              let offset = offsets.baseAddress, let center = centers.baseAddress,
              let slot = slots.baseAddress
            else { return }
            for i in -later..<examples.count {
              if i + later < examples.count {
                let example = Int(examples[i + later])
                simd_prefetch(offset + example)
                simd_prefetch(center + example)
              }
              if i + soon >= 0, i + soon < examples.count {
                let first = slot + offset[Int(examples[i + soon])]
                for line in 0..<3 { simd_prefetch(first + 16 &* line) }
              }
              guard i >= 0 else { continue }
              let example = Int(examples[i])
              let (first, end) = (offset[example], offset[example + 1])
              batch.slots.append(contentsOf: UnsafeBufferPointer(rebasing: slots[first..<end]))
              batch.close(
                center: center[example], contexts: (end - first) / (noiseWordsPerContext + 1))
            }
          }
        }
      }
    }
  }
}
