import Files

/// The definition of a training step: the model's mathematics, one operation after the other.
///
/// Shapes: B examples, M slots each, V words, vectors of d numbers. A step looks the vectors up,
/// scores them, takes the masked loss, carries its gradient back to the looked-up rows, adds those
/// into two dense gradient tables in the order of the slots, and moves both tables by the optimiser.
///
/// A minibatch costs O(B·M·d + V·d) and takes 2 · B·M·d floats of memory, kept for the next one.
///
/// - Source: "Dive into Deep Learning" 0.17.5, Pretraining word2vec, `train`.
public final class ReferenceEngine: TrainingEngine {
  /// The vectors of words as centres, weight (V, d).
  public private(set) var embedV: Embedding
  /// The vectors of words as contexts, weight (V, d).
  public private(set) var embedU: Embedding
  /// The step size from the next step on.
  public var learningRate = 0.0

  private let slotWeight: SlotWeight
  private let loss = SigmoidBCELoss()
  private var stateV: any OptimizerState
  private var stateU: any OptimizerState
  private var gradientV: [Float]  // (V, d)
  private var gradientU: [Float]  // (V, d)
  private let scratch = (v: Scratch(), u: Scratch(), dv: Scratch(), du: Scratch())

  /// Creates an engine that trains from the given tables.
  ///
  /// - Parameters:
  ///   - embedV: The vectors of words as centres, weight (V, d).
  ///   - embedU: The vectors of words as contexts, weight (V, d).
  ///   - optimizer: How the weights are moved.
  ///   - slotWeight: How much a slot counts in the gradient.
  ///   - file: The caller's file, for the sentence where the tables do not fit each other.
  ///   - line: The caller's line.
  public init(
    embedV: Embedding, embedU: Embedding, optimizer: some Optimizer = Adam(),
    slotWeight: SlotWeight = .mean, file: StaticString = #fileID, line: UInt = #line
  ) {
    requireSameShape(embedV, embedU, file: file, line: line)
    self.embedV = embedV
    self.embedU = embedU
    self.slotWeight = slotWeight
    stateV = optimizer.makeState(count: embedV.weight.count)
    stateU = optimizer.makeState(count: embedU.weight.count)
    gradientV = [Float](repeating: 0, count: embedV.weight.count)
    gradientU = [Float](repeating: 0, count: embedU.weight.count)
  }

  /// A minibatch that is made when it is stepped on.
  private final class Pending: PreparedBatch {
    var make: (() -> MiniBatch)?

    init(_ outline: BatchOutline, make: @escaping () -> MiniBatch) {
      self.make = make
      super.init(outline)
    }
  }

  /// Takes note of a minibatch, which is made when it is stepped on.
  public func prepare(
    _ batch: BatchOutline, file: StaticString, line: UInt,
    fill: @escaping @Sendable (Range<Int>, inout MiniBatch) -> Void
  ) -> PreparedBatch {
    let fill = batch.checked(
      fill, vocabularySize: embedV.vocabularySize, file: file, line: line)
    return Pending(batch) {
      var made = MiniBatch()
      fill(0..<batch.count, &made)
      return made
    }
  }

  /// Takes one step on a prepared minibatch.
  ///
  /// - Returns: The sum of the examples' losses before the step, each the mean over its own slots.
  public func step(_ batch: PreparedBatch) -> Double {
    guard let pending = batch as? Pending, let make = pending.make else {
      requirementFailure("a minibatch that this engine did not prepare, or has stepped on")
    }
    pending.make = nil
    return step(PaddedBatch(make()))
  }

  private func step(_ batch: PaddedBatch) -> Double {
    let shape = BatchShape(
      size: batch.size, slotCount: batch.slotCount, dimension: embedV.dimension)
    let (labels, mask) = (
      Tensor(shape: [shape.size, shape.slotCount], values: batch.labels),
      Tensor(shape: [shape.size, shape.slotCount], values: batch.mask)
    )

    // Lookups, and pred = v uᵀ.
    let v = scratch.v.reserve(shape.size * shape.dimension)
    let u = scratch.u.reserve(shape.size * shape.slotCount * shape.dimension)
    embedV.gather(batch.centers, into: v)
    embedU.gather(batch.contextsAndNegatives, into: u)
    var pred = Tensor(repeating: 0, shape: [shape.size, shape.slotCount])
    pred.values.withUnsafeMutableBufferPointer { pred in
      if let pred = pred.baseAddress { multiplyRows(u, by: v, into: pred, shape) }
    }

    // l = loss(pred, label, mask) / mask.sum(axis: 1) · M, and the gradient of l.sum().
    let slots = mask.sumOverLastAxis()
    let l = loss(pred, labels, mask) / slots * Float(shape.slotCount)
    let gradient = loss.gradient(pred, labels, mask)
    let g = gradient.values.indices.map { slot in
      let sum = gradient.values[slot] * Float(shape.slotCount)
      return slotWeight == .full ? sum : sum / slots.values[slot / shape.slotCount]
    }

    // Back to the looked-up rows, from there to the tables, and the step.
    let dv = scratch.dv.reserve(shape.size * shape.dimension)
    let du = scratch.du.reserve(shape.size * shape.slotCount * shape.dimension)
    multiplyTransposed(u, by: g, into: dv, shape)
    multiplyOuter(g, by: v, into: du, shape)
    scatter(dv, at: batch.centers, into: &gradientV, dimension: shape.dimension)
    scatter(du, at: batch.contextsAndNegatives, into: &gradientU, dimension: shape.dimension)
    stateV.step(&embedV.weight.values, gradient: gradientV, learningRate: learningRate)
    stateU.step(&embedU.weight.values, gradient: gradientU, learningRate: learningRate)
    return l.values.reduce(0) { $0 + Double($1) }
  }
}

/// Checks that two tables have one shape, and vectors of a number or more.
func requireSameShape(
  _ embedV: Embedding, _ embedU: Embedding, file: StaticString, line: UInt
) {
  require(
    embedV.weight.shape == embedU.weight.shape,
    "tables of shapes \(shapeText(embedV.weight.shape)) and \(shapeText(embedU.weight.shape))",
    file: file, line: line)
  require(
    embedV.dimension >= 1, "tables of vectors of \(embedV.dimension) numbers", file: file,
    line: line)
}

/// A piece of memory that grows when it must and is used again.
private final class Scratch {
  private let buffer = GrowingBuffer<Float>(capacity: 1)

  /// Returns room for `count` numbers of any value, good until the next call.
  func reserve(_ count: Int) -> UnsafeMutablePointer<Float> {
    buffer.resize(to: count)
    return buffer.pointer
  }
}
