import CSIMD

/// Where minibatches take their examples from.
public protocol ExampleSource: Sendable {
  /// The number of examples.
  var count: Int { get }
  /// Appends an example: its centre word, its n ≥ 1 context words, then its noise words.
  ///
  /// - Precondition: 0 ≤ `example` < `count`.
  func append(_ example: Int, to batch: inout FlatBatch)
  /// Asks for the memory that tells where an example is, some time before `prefetch`.
  func prefetchPlace(of example: Int)
  /// Asks for the memory of an example, some time before `append`.
  func prefetch(_ example: Int)
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
  mutating func close(center: Int32, contexts: Int) {
    centers.append(center)
    contextCounts.append(Int32(contexts))
    offsets.append(Int32(slots.count))
  }
}

extension SkipGramExamples {
  /// Asks for the centre word of an example and the offset of its slots.
  public func prefetchPlace(of example: Int) {
    slotOffsets.withUnsafeBufferPointer { offsets in
      centers.withUnsafeBufferPointer { centers in
        guard let offsets = offsets.baseAddress, let centers = centers.baseAddress else { return }
        simd_prefetch(offsets + example)
        simd_prefetch(centers + example)
      }
    }
  }

  /// Asks for the slots of an example.
  public func prefetch(_ example: Int) {
    let first = slotOffsets[example]
    slots.withUnsafeBufferPointer { slots in
      guard let slots = slots.baseAddress else { return }
      for line in 0..<3 { simd_prefetch(slots + (first &+ 16 &* line)) }
    }
  }

  /// Appends a copy of example `example` to `batch`.
  public func append(_ example: Int, to batch: inout FlatBatch) {
    let (first, end) = (slotOffsets[example], slotOffsets[example + 1])
    slots.withUnsafeBufferPointer {
      batch.slots.append(contentsOf: UnsafeBufferPointer(rebasing: $0[first..<end]))
    }
    batch.close(center: centers[example], contexts: (end - first) / (noiseWords + 1))
  }
}
