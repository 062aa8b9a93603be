import CSIMD

/// How the rows of a table lie in memory.
struct RowLayout: Sendable {
  /// V: the number of words.
  let vocabularySize: Int
  /// d: the length of a vector without its padding.
  let dimension: Int
  /// Where the words' rows lie.
  let order: RowOrder

  /// The layout of an embedding's table.
  init(_ embedding: Embedding) {
    (vocabularySize, dimension) = (embedding.vocabularySize, embedding.dimension)
    order = RowOrder(vocabularySize: embedding.vocabularySize)
  }

  /// The length of a padded vector in `Lanes`.
  var lanes: Int { (dimension + 15) / 16 }
}

/// Counts the steps of a run, and knows what a row has to know of them.
protocol RowClock: AnyObject, Sendable {
  associatedtype Rows: RowTable

  /// The rows of a table before the first step.
  func makeRows(_ embedding: Embedding) -> Rows

  /// The number of steps begun.
  var step: Int { get }
  /// Begins the next step, made with learning rate η.
  func advance(learningRate: Double)
  /// Does what is left of a step that was begun, beside the work on the rows.
  func close()
  /// The step begun last; valid until the next `advance`.
  var present: Rows.Present { get }
  /// The step before; valid until the next `advance`.
  var previous: Rows.Present { get }
  /// Whether the rows must be settled before the next step.
  var needsSweep: Bool { get }

  /// The optimiser with its numbers, in one line.
  var optimizer: String { get }
  /// What the steps made so far have left, to be given to `restore`.
  var memory: [Double] { get }
  /// Goes to a step, as the clock of the same optimiser was that had this memory.
  ///
  /// - Parameters:
  ///   - step: The number of steps that were made; this clock has begun none.
  ///   - memory: What they left.
  /// - Returns: Whether there can be such a memory.
  func restore(step: Int, memory: [Double]) -> Bool
}

/// A table whose rows are brought up to date when they are needed.
///
/// Rows may be worked on by several threads at once, each row by one.
protocol RowTable: Sendable {
  /// What a row must know of a step.
  associatedtype Present: Sendable
  /// An update of one row.
  associatedtype Update: RowUpdating

  var layout: RowLayout { get }

  /// Frees the memory.
  func deallocate()

  /// The weights of a row, shape (`lanes`).
  func weights(_ row: Int) -> UnsafeMutablePointer<Lanes>
  /// Prefetches a row's weights, which will be written.
  func prefetchWeights(_ row: Int)
  /// Prefetches what else a row has, which will be written.
  func prefetchState(_ row: Int)

  /// Prefetches all of a row for `copyWeights`.
  func prefetchToCopy(_ row: Int)

  /// Moves a row's weights by the steps made since its last gradient; `update` must follow before
  /// another `catchUp`.
  func catchUp(_ row: Int, to present: Present)
  /// Copies a row's weights as of now; the table is left as it is.
  func copyWeights(_ row: Int, at present: Present, to copy: UnsafeMutablePointer<Lanes>)
  /// Begins an update of a row that `catchUp` has brought to the step before.
  func update(_ row: Int, at present: Present) -> Update
  /// Moves a row that nothing more will move until its next gradient.
  func settle(_ row: Int, at present: Present)

  /// How many words of 32 bits `save` writes of a row.
  var savedSize: Int { get }
  /// Writes all that is known of a row, brought up to date or not.
  func save(_ row: Int, to words: UnsafeMutablePointer<UInt32>)
  /// Takes what `save` wrote; false where no row can be so after `step` steps.
  func restore(_ row: Int, from words: UnsafePointer<UInt32>, step: Int) -> Bool
}

/// An update of one row, sixteen weights at a time.
protocol RowUpdating {
  /// Moves the weights at an index of the row by their gradients.
  mutating func move(_ index: Int, by gradient: Lanes)
  /// Ends the update: all weights have been moved.
  func end()
}

extension RowTable {
  /// The weights of all words as of now, shape (V, d); the table is left as it is.
  func embedding(at present: Present) -> Embedding {
    let now = GrowingBuffer<Lanes>(capacity: layout.lanes)
    let (vocabularySize, dimension) = (layout.vocabularySize, layout.dimension)
    let floats = UnsafeRawPointer(now.pointer).assumingMemoryBound(to: Float.self)
    var weights: [Float] = []
    weights.reserveCapacity(vocabularySize * dimension)
    for word in 0..<vocabularySize {
      copyWeights(layout.order.row(of: word), at: present, to: now.pointer)
      weights.append(contentsOf: UnsafeBufferPointer(start: floats, count: dimension))
    }
    return Embedding(weight: Tensor(shape: [vocabularySize, dimension], values: weights))
  }

  /// Copies the weights of an embedding into the rows.
  func setWeights(_ embedding: Embedding) {
    let dimension = layout.dimension
    embedding.weight.values.withUnsafeBytes { values in
      for word in 0..<layout.vocabularySize {
        UnsafeMutableRawBufferPointer(
          start: weights(layout.order.row(of: word)), count: 4 * dimension
        ).copyMemory(
          from: UnsafeRawBufferPointer(
            rebasing: values[4 * word * dimension..<4 * (word + 1) * dimension]))
      }
    }
  }
}

/// Prefetches the cache lines of some `Lanes`, a line each.
@inline(__always)
func prefetch(_ first: UnsafePointer<Lanes>, _ count: Int) {
  for line in 0..<count { simd_prefetch(first + line) }
}

/// Prefetches the cache lines of some `Lanes`, a line each, which will be written.
@inline(__always)
func prefetchToWrite(_ first: UnsafeMutablePointer<Lanes>, _ count: Int) {
  for line in 0..<count { simd_prefetch_to_write(first + line) }
}
