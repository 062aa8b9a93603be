/// The work of one step of the fused engine, cut into pieces that threads may take in any order.
///
/// The pieces do not depend on the number of threads. Only plain pointers here: a reference or an
/// array touched in these loops would be counted atomically, at a third of the time.
struct StepWork: @unchecked Sendable {
  /// The rows of one table that the minibatch touches, and what their gradients are made of.
  ///
  /// The gradient of row g is the sum of `weights`[i] · `vectors`[`owners`[i]] over the places i in
  /// `starts[g]..<starts[g + 1]`.
  struct Rows: @unchecked Sendable {
    let table: LazyAdamTable
    let count: Int
    let words: UnsafePointer<Int32>
    let starts: UnsafePointer<Int32>
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
      count = index.words.count
      words = UnsafePointer(index.words.pointer)
      starts = UnsafePointer(index.starts.pointer)
      owners = UnsafePointer(index.owners.pointer)
    }

    var pieces: Int { (count + rowsPerPiece - 1) / rowsPerPiece }

    func range(of piece: Int) -> Range<Int> {
      piece * rowsPerPiece..<min((piece + 1) * rowsPerPiece, count)
    }
  }

  private static let examplesPerPiece = 16
  private static let rowsPerPiece = 32

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
  /// Where each slot stands among the slots grouped by word.
  let ranks: UnsafePointer<Int32>
  /// ∂l/∂x by rank.
  let coefficients: UnsafeMutablePointer<Float>
  /// Copies of the centre words' rows, shape (B, blocks).
  let centerRows: UnsafeMutablePointer<Lanes>
  /// The gradients by those rows, shape (B, blocks).
  let centerGradients: UnsafeMutablePointer<Lanes>
  /// The examples' losses, shape (B).
  let losses: UnsafeMutablePointer<Float>

  /// The number of pieces of `catchUpRows` and `updateRows`.
  var rowPieces: Int { words.pieces + centerWords.pieces }
  /// The number of pieces of `runExamples`.
  var examplePieces: Int {
    (count + StepWork.examplesPerPiece - 1) / StepWork.examplesPerPiece
  }

  /// Brings the rows of a piece up to the present step.
  func catchUpRows(_ piece: Int, _ present: LazyAdamSchedule.Present) {
    let (rows, range) = self.rows(of: piece)
    withConstantBlocks { blocks in
      for group in range {
        if group + 1 < range.upperBound {
          rows.table.prefetchForCatchUp(Int(rows.words[group + 1]), to: present, blocks: blocks)
        }
        rows.table.catchUp(Int(rows.words[group]), to: present, blocks: blocks)
      }
    }
  }

  /// Sums the gradients of the rows of a piece and makes Adam's step on them.
  func updateRows(_ piece: Int, _ present: LazyAdamSchedule.Present) {
    let (rows, range) = self.rows(of: piece)
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: blocks) { room in
      guard let gradient = room.baseAddress else { return }
      withConstantBlocks { blocks in
        for group in range {
          if group + 1 < range.upperBound {
            rows.table.prefetch(Int(rows.words[group + 1]), blocks: blocks)
          }
          let (start, end) = (Int(rows.starts[group]), Int(rows.starts[group + 1]))
          FusedKernels.weightedSum(
            rows.vectors, rows.owners + start, rows.weights + start, count: end - start,
            blocks: blocks, into: gradient)
          rows.table.update(
            Int(rows.words[group]), gradient: gradient, at: present, blocks: blocks)
        }
      }
    }
  }

  /// Computes scores, losses and gradients of the examples of a piece.
  func runExamples(_ piece: Int) {
    let first = piece * StepWork.examplesPerPiece
    let end = min(first + StepWork.examplesPerPiece, count)
    var longest = 0
    for example in first..<end {
      longest = max(longest, Int(offsets[example + 1] - offsets[example]))
    }
    let tiles = (longest + 15) / 16
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: tiles + 16) { room in
      guard let scores = room.baseAddress else { return }
      withConstantBlocks { blocks in
        for example in first..<end {
          run(example, scores, scratch: scores + tiles, blocks: blocks)
        }
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
    for slot in 0..<slotCount { coefficients[Int(ranks[start + slot])] = g[slot] }
  }

  /// Calls `body` with `blocks`, as a constant for the usual embedding sizes: the compiler then
  /// unrolls the loops over a row and keeps sums in registers.
  @inline(__always)
  private func withConstantBlocks(_ body: (Int) -> Void) {
    switch blocks {
    case 4: body(4)  // up to 64
    case 7: body(7)  // up to 112, the document's 100
    case 8: body(8)  // up to 128
    default: body(blocks)
    }
  }

  @inline(__always)
  private func rows(of piece: Int) -> (Rows, Range<Int>) {
    let rows = piece < words.pieces ? words : centerWords
    return (rows, rows.range(of: piece < words.pieces ? piece : piece - words.pieces))
  }
}
