/// The definition of a training step: the document's mathematics, one operation after the other.
///
/// Shapes: B examples, M slots each, V words, vectors of d numbers. A step looks the vectors up,
/// scores them, takes the masked loss, carries its gradient back to the looked-up rows, adds those
/// into two dense gradient tables in the order of the slots, and moves both tables by Adam.
///
/// A minibatch costs O(B·M·d + V·d) and takes 2 · B·M·d floats of memory, kept for the next one.
///
/// Source: "Dive into Deep Learning" 0.17.5, Pretraining word2vec, `train`.
public final class ReferenceEngine: TrainingEngine {
  /// The vectors of words as centres, weight (V, d).
  public private(set) var embedV: Embedding
  /// The vectors of words as contexts, weight (V, d).
  public private(set) var embedU: Embedding

  /// Adam's step size from the next step on.
  public var learningRate: Double {
    get { adamV.learningRate }
    set { (adamV.learningRate, adamU.learningRate) = (newValue, newValue) }
  }

  private let loss = SigmoidBCELoss()
  private var adamV: Adam
  private var adamU: Adam
  private var gradientV: [Float]  // (V, d)
  private var gradientU: [Float]  // (V, d)
  private let scratch = (v: Scratch(), u: Scratch(), dv: Scratch(), du: Scratch())

  /// Creates an engine that trains from the given tables.
  ///
  /// - Parameters:
  ///   - embedV: The vectors of words as centres, weight (V, d).
  ///   - embedU: The vectors of words as contexts, weight (V, d).
  ///   - learningRate: Adam's step size, finite and not negative.
  public init(embedV: Embedding, embedU: Embedding, learningRate: Double) {
    precondition(
      embedV.weight.shape == embedU.weight.shape,
      "tables of shapes \(shapeText(embedV.weight.shape)) and \(shapeText(embedU.weight.shape))")
    self.embedV = embedV
    self.embedU = embedU
    adamV = Adam(count: embedV.weight.count, learningRate: learningRate)
    adamU = Adam(count: embedU.weight.count, learningRate: learningRate)
    gradientV = [Float](repeating: 0, count: embedV.weight.count)
    gradientU = [Float](repeating: 0, count: embedU.weight.count)
  }

  /// Takes one step and returns the sum of the examples' losses before it.
  ///
  /// An example's loss is the mean over its own slots, padding left out; each example has one slot
  /// at least.
  public func step(_ batch: MiniBatch) -> Double {
    step(batch.padded())
  }

  func step(_ batch: PaddedBatch) -> Double {
    let shape = BatchShape(size: batch.size, width: batch.width, dimension: embedV.dimension)
    let (labels, mask) = (
      Tensor(shape: [shape.size, shape.width], values: batch.labels),
      Tensor(shape: [shape.size, shape.width], values: batch.mask)
    )

    // Lookups, and pred = v uᵀ.
    let v = scratch.v.reserve(shape.size * shape.dimension)
    let u = scratch.u.reserve(shape.size * shape.width * shape.dimension)
    embedV.gather(batch.centers, into: v)
    embedU.gather(batch.contextsAndNegatives, into: u)
    var pred = Tensor(repeating: 0, shape: [shape.size, shape.width])
    pred.values.withUnsafeMutableBufferPointer { pred in
      if let pred = pred.baseAddress { multiplyRows(u, by: v, into: pred, shape) }
    }

    // l = loss(pred, label, mask) / mask.sum(axis: 1) · M, and the gradient of l.sum().
    let slots = mask.sumOverLastAxis()
    let l = loss(pred, labels, mask) / slots * Float(shape.width)
    let gradient = loss.gradient(pred, labels, mask)
    let g = gradient.values.indices.map { slot in
      gradient.values[slot] * Float(shape.width) / slots.values[slot / shape.width]
    }

    // Back to the looked-up rows, from there to the tables, and the step.
    let dv = scratch.dv.reserve(shape.size * shape.dimension)
    let du = scratch.du.reserve(shape.size * shape.width * shape.dimension)
    multiplyTransposed(u, by: g, into: dv, shape)
    multiplyOuter(g, by: v, into: du, shape)
    scatter(dv, at: batch.centers, into: &gradientV, dimension: shape.dimension)
    scatter(du, at: batch.contextsAndNegatives, into: &gradientU, dimension: shape.dimension)
    adamV.step(&embedV.weight.values, gradient: gradientV)
    adamU.step(&embedU.weight.values, gradient: gradientU)
    return l.values.reduce(0) { $0 + Double($1) }
  }
}

/// Sets a gradient table to the sums of its words' rows: the transpose of a lookup.
///
/// - Parameters:
///   - rows: The gradients of the looked-up rows, shape (n, d), added in their order.
///   - indices: The rows' places in the table, n of them.
///   - table: The result, shape (V, d); what it held is overwritten.
///   - dimension: d.
private func scatter(
  _ rows: UnsafePointer<Float>, at indices: [Int32], into table: inout [Float], dimension d: Int
) {
  table.withUnsafeMutableBufferPointer { table in
    table.update(repeating: 0)
    for (position, index) in indices.enumerated() {
      let (row, target) = (position * d, Int(index) * d)
      for k in 0..<d { table[target + k] += rows[row + k] }
    }
  }
}

/// A piece of memory that grows when it must and is used again.
private final class Scratch {
  private var buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 0)

  /// Returns room for `count` numbers of any value, good until the next call.
  func reserve(_ count: Int) -> UnsafeMutablePointer<Float> {
    if buffer.count < count || buffer.baseAddress == nil {
      buffer.deallocate()
      buffer = .allocate(capacity: max(count, 1))
      buffer.initialize(repeating: 0)
    }
    guard let base = buffer.baseAddress else { preconditionFailure("no memory of \(count) floats") }
    return base
  }

  deinit { buffer.deallocate() }
}
