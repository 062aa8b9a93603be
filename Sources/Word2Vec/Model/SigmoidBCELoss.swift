import Files
import PortableMath

/// The binary cross-entropy of masked logits, averaged over each example.
///
/// For a logit x with label y and mask w the loss is w · (−y log σ(x) − (1−y) log(1−σ(x))). As
/// log(1−σ(x)) = log σ(x) − x, it is computed as
///
///     w · ((1−y) · x − log σ(x))
///
/// with log σ(x) = x below −20, where Float knows no difference. It overflows for no finite x: at
/// x = ±1000 it is 0 or 1000. Between, a slot is exact to an ulp of the larger term, at most 1e-6.
/// Masked slots (w = 0) add nothing to the sum but count in the mean; times M / Σw it is the mean
/// over the words.
///
/// - Source: "Dive into Deep Learning" 0.17.5, Pretraining word2vec, binary cross-entropy loss.
public struct SigmoidBCELoss: Sendable {
  /// Creates the loss.
  public init() {}

  /// Returns the mean loss of each example.
  ///
  /// - Parameters:
  ///   - logits: The scores, shape (B, M).
  ///   - labels: 1 for a context word, 0 for a noise word, shape (B, M).
  ///   - mask: 1 for a word, 0 for padding, shape (B, M); none means all ones.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The means over axis 1, shape (B); not a number where M = 0.
  /// - Complexity: O(B·M).
  public func callAsFunction(
    _ logits: Tensor, _ labels: Tensor, _ mask: Tensor? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    let (size, slotCount) = SigmoidBCELoss.checkedShape(
      logits, labels, mask, file: file, line: line)
    let means = (0..<size).map { b in
      var sum: Float = 0
      for slot in b * slotCount..<(b + 1) * slotCount {
        let weight = mask?.values[slot] ?? 1
        sum += weight * SigmoidBCELoss.loss(logit: logits.values[slot], label: labels.values[slot])
      }
      return sum / Float(slotCount)
    }
    return Tensor(means)
  }

  /// Returns the derivative of each example's mean loss by its logits: w · (σ(x) − y) / M.
  ///
  /// - Parameters:
  ///   - logits: The scores, shape (B, M).
  ///   - labels: 1 for a context word, 0 for a noise word, shape (B, M).
  ///   - mask: 1 for a word, 0 for padding, shape (B, M); none means all ones.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The derivatives, shape (B, M).
  /// - Complexity: O(B·M).
  public func gradient(
    _ logits: Tensor, _ labels: Tensor, _ mask: Tensor? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    let (_, slotCount) = SigmoidBCELoss.checkedShape(
      logits, labels, mask, file: file, line: line)
    let values = logits.values.indices.map { slot in
      let difference = SigmoidBCELoss.sigmoid(logits.values[slot]) - labels.values[slot]
      return (mask?.values[slot] ?? 1) * difference / Float(slotCount)
    }
    return Tensor(shape: logits.shape, values: values)
  }

  /// The loss of one logit against its label.
  static func loss(logit x: Float, label y: Float) -> Float {
    (1 - y) * x - (x < -20 ? x : logarithm(sigmoid(x)))
  }

  /// The logistic function 1 / (1 + exp(−x)); 0 where the exponential overflows.
  static func sigmoid(_ x: Float) -> Float { 1 / (1 + exponential(-x)) }

  private static func checkedShape(
    _ logits: Tensor, _ labels: Tensor, _ mask: Tensor?, file: StaticString, line: UInt
  ) -> (size: Int, slotCount: Int) {
    let maskShape = mask?.shape ?? logits.shape
    require(
      logits.shape.count == 2 && labels.shape == logits.shape && maskShape == logits.shape,
      "logits, labels and mask have one shape (B, M), given \(shapeText(logits.shape)), "
        + "\(shapeText(labels.shape)) and \(shapeText(maskShape))", file: file, line: line)
    return (logits.shape[0], logits.shape[1])
  }
}
