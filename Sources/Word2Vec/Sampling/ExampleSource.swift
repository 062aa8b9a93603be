import CSIMD

/// Where minibatches take their examples from.
public protocol ExampleSource: Sendable {
  /// The number of examples.
  var count: Int { get }
  /// Gathers some examples into `batch`, in the place of what it held.
  ///
  /// An example has its centre word, n ≥ 1 context words, then its noise words.
  ///
  /// - Precondition: All of `examples` are from 0 to `count` − 1.
  func gather(_ examples: ArraySlice<Int32>, into batch: inout FlatBatch)
}

/// The examples of a minibatch end to end, without padding.
///
/// Example e has the slots `offsets[e]..<offsets[e + 1]`, of which the first `contextCounts[e]`
/// are context words.
public struct FlatBatch: Sendable {
  /// The centre word of each example.
  public internal(set) var centers: [Int32] = []
  /// How many context words each example has.
  public internal(set) var contextCounts: [Int32] = []
  /// Where each example's slots begin, and at the end their number.
  public internal(set) var offsets: [Int32] = [0]
  /// Context words, then noise words, example after example.
  public internal(set) var slots: [Int32] = []

  /// Creates an empty batch.
  public init() {}

  /// The number of examples.
  public var count: Int { centers.count }

  /// Removes the examples and keeps the memory.
  mutating func removeAll() {
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
}

extension SkipGramExamples {
  /// Gathers copies of some examples into `batch`.
  ///
  /// They lie far apart in memory: each is asked for some examples before it is its turn, and where
  /// it is earlier still.
  public func gather(_ examples: ArraySlice<Int32>, into batch: inout FlatBatch) {
    let (soon, later) = (12, 32)
    batch.removeAll()
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
              batch.close(center: center[example], contexts: (end - first) / (noiseWords + 1))
            }
          }
        }
      }
    }
  }
}
