/// The work of one step of the fused engine, cut into pieces that threads may take in any order.
///
/// The pieces do not depend on the number of threads. Only plain pointers here: a reference or an
/// array touched in these loops would be counted atomically, at a third of the time.
struct StepWork: @unchecked Sendable {
  /// The rows of one table that the minibatch touches, and what their gradients are made of.
  ///
  /// The gradient of row g is the sum of `weights`[`places`[i]] · `vectors`[`owners`[i]] over the i
  /// in `starts[g]..<starts[g + 1]`.
  struct Rows: @unchecked Sendable {
    let table: LazyAdamTable
    let shardStarts: UnsafePointer<Int32>
    let groups: UnsafePointer<Int32>
    let words: UnsafePointer<Int32>
    let starts: UnsafePointer<Int32>
    let places: UnsafePointer<Int32>
    let owners: UnsafePointer<Int32>
    let vectors: UnsafePointer<Lanes>
    let weights: UnsafePointer<Float>

    init(
      _ index: WordIndex, table: LazyAdamTable, vectors: UnsafePointer<Lanes>,
      weights: UnsafePointer<Float>
    ) {
      self.table = table
      self.vectors = vectors
      self.weights = weights
      shardStarts = UnsafePointer(index.shardStarts.pointer)
      groups = UnsafePointer(index.groupsByShard.pointer)
      words = UnsafePointer(index.words.pointer)
      starts = UnsafePointer(index.starts.pointer)
      places = UnsafePointer(index.places.pointer)
      owners = UnsafePointer(index.owners.pointer)
    }

    /// The groups of a shard.
    func groups(of shard: Int) -> UnsafeBufferPointer<Int32> {
      let start = Int(shardStarts[shard])
      return UnsafeBufferPointer(
        start: groups + start, count: Int(shardStarts[shard + 1]) - start)
    }
  }

  private static let examplesPerPiece = 16

  let tableU: LazyAdamTable
  let tableV: LazyAdamTable
  let blocks: Int
  /// B: the number of examples.
  let count: Int
  /// The context and noise words' rows.
  let words: Rows
  /// The centre words' rows.
  let centerWords: Rows
  /// Where each example's slots begin, shape (B + 1).
  let offsets: UnsafePointer<Int32>
  /// The slots' words.
  let slots: UnsafePointer<Int32>
  /// The centre words, shape (B).
  let centers: UnsafePointer<Int32>
  /// How many slots of an example have the label 1, shape (B).
  let contextCounts: UnsafePointer<Int32>
  /// ∂l/∂x of each slot.
  let coefficients: UnsafeMutablePointer<Float>
  /// Copies of the centre words' rows, shape (B, blocks).
  let centerRows: UnsafeMutablePointer<Lanes>
  /// The gradients by those rows, shape (B, blocks).
  let centerGradients: UnsafeMutablePointer<Lanes>
  /// The examples' losses, shape (B).
  let losses: UnsafeMutablePointer<Float>

  /// The number of pieces of `catchUpRows` and `updateRows`: the shards of both tables.
  var rowPieces: Int { 2 * WordIndex.shardCount }
  /// The number of pieces of `runExamples`.
  var examplePieces: Int {
    (count + StepWork.examplesPerPiece - 1) / StepWork.examplesPerPiece
  }

  /// Brings the rows of a piece up to the present step.
  func catchUpRows(_ piece: Int, _ present: LazyAdamSchedule.Present) {
    switch blocks {
    case 4: catchUpRows(piece, present, Blocks4())
    case 7: catchUpRows(piece, present, Blocks7())
    case 8: catchUpRows(piece, present, Blocks8())
    default: catchUpRows(piece, present, Blocks(blocks: blocks))
    }
  }

  private func catchUpRows(
    _ piece: Int, _ present: LazyAdamSchedule.Present, _ width: some RowWidth
  ) {
    let (rows, groups) = self.rows(of: piece)
    for i in 0..<groups.count {
      if i + 1 < groups.count {
        let next = Int(rows.words[Int(groups[i + 1])])
        rows.table.prefetchForCatchUp(next, to: present, blocks: width.blocks)
      }
      let row = Int(rows.words[Int(groups[i])])
      rows.table.catchUp(row, to: present, blocks: width.blocks)
    }
  }

  /// Sums the gradients of the rows of a piece and makes Adam's step on them.
  func updateRows(_ piece: Int, _ present: LazyAdamSchedule.Present) {
    switch blocks {
    case 4: updateRows(piece, present, Blocks4())
    case 7: updateRows(piece, present, Blocks7())
    case 8: updateRows(piece, present, Blocks8())
    default: updateRows(piece, present, Blocks(blocks: blocks))
    }
  }

  private func updateRows(
    _ piece: Int, _ present: LazyAdamSchedule.Present, _ width: some RowWidth
  ) {
    let (rows, groups) = self.rows(of: piece)
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: width.blocks) { room in
      guard let gradient = room.baseAddress else { return }
      for i in 0..<groups.count {
        if i + 4 < groups.count {
          let next = Int(rows.words[Int(groups[i + 4])])
          rows.table.prefetch(next, blocks: width.blocks)
        }
        let group = Int(groups[i])
        let (start, end) = (Int(rows.starts[group]), Int(rows.starts[group + 1]))
        FusedKernels.weightedSum(
          rows.vectors, rows.owners + start, rows.weights, at: rows.places + start,
          count: end - start, blocks: width.blocks, into: gradient)
        rows.table.update(
          Int(rows.words[group]), gradient: gradient, at: present, blocks: width.blocks)
      }
    }
  }

  /// Computes scores, losses and gradients of the examples of a piece.
  func runExamples(_ piece: Int) {
    switch blocks {
    case 4: runExamples(piece, Blocks4())
    case 7: runExamples(piece, Blocks7())
    case 8: runExamples(piece, Blocks8())
    default: runExamples(piece, Blocks(blocks: blocks))
    }
  }

  private func runExamples(_ piece: Int, _ width: some RowWidth) {
    let first = piece * StepWork.examplesPerPiece
    let end = min(first + StepWork.examplesPerPiece, count)
    var longest = 0
    for example in first..<end {
      longest = max(longest, Int(offsets[example + 1] - offsets[example]))
    }
    let tiles = (longest + 15) / 16
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: tiles + 16) { room in
      guard let scores = room.baseAddress else { return }
      for example in first..<end {
        run(example, scores, scratch: scores + tiles, blocks: width.blocks)
      }
    }
  }

  @inline(__always)
  private func run(
    _ example: Int, _ x: UnsafeMutablePointer<Lanes>, scratch: UnsafeMutablePointer<Lanes>,
    blocks: Int
  ) {
    let start = Int(offsets[example])
    let slotCount = Int(offsets[example + 1]) - start
    let v = centerRows + example * blocks
    let row = tableV.weights + Int(centers[example]) * blocks
    for block in 0..<blocks { v[block] = row[block] }
    for tile in 0..<(slotCount + 15) / 16 {
      x[tile] = FusedKernels.scores(
        v, tableU.weights, slots + start, from: 16 * tile, to: slotCount, blocks: blocks,
        scratch: scratch)
    }
    losses[example] = FusedKernels.loss(
      x, count: slotCount, positives: Int(contextCounts[example]))
    let g = UnsafeMutableRawPointer(x).assumingMemoryBound(to: Float.self)
    FusedKernels.weightedSum(
      tableU.weights, slots + start, g, count: slotCount, blocks: blocks,
      into: centerGradients + example * blocks)
    for slot in 0..<slotCount { coefficients[start + slot] = g[slot] }
  }

  @inline(__always)
  private func rows(of piece: Int) -> (Rows, UnsafeBufferPointer<Int32>) {
    let rows = piece < WordIndex.shardCount ? words : centerWords
    return (rows, rows.groups(of: piece % WordIndex.shardCount))
  }
}

/// The length of a padded row in units of 16, where it can as a type of its own: the compiler makes
/// a copy of the loops for each, unrolls them, and keeps sums in registers.
private protocol RowWidth {
  var blocks: Int { get }
}

/// Rows of up to 64.
private struct Blocks4: RowWidth {
  var blocks: Int { 4 }
}

/// Rows of up to 112, such as the document's 100.
private struct Blocks7: RowWidth {
  var blocks: Int { 7 }
}

/// Rows of up to 128.
private struct Blocks8: RowWidth {
  var blocks: Int { 8 }
}

/// Rows of any length.
private struct Blocks: RowWidth {
  let blocks: Int
}
