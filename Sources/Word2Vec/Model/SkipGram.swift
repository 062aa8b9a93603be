import Files

/// Scores every context and noise word of a minibatch against its centre word.
///
/// Both kinds of index become vectors, and a batched matrix product takes their dot products: the
/// score of slot m in example b is `embedU(contextsAndNegatives)[b, m] · embedV(center)[b]`.
/// The score is a logit: its sigmoid is the probability that the slot's word is a context word.
///
/// Source: "Dive into Deep Learning" 0.17.5, Pretraining word2vec, forward propagation.
///
/// - Parameters:
///   - center: The centre words, shape (B, 1).
///   - contextsAndNegatives: The context words, then noise words, then padding, shape (B, M).
///   - embedV: The vectors of words as centres, weight (V, d).
///   - embedU: The vectors of words as contexts, weight (V, d).
///   - file: The caller's file.
///   - line: The caller's line.
/// - Returns: The scores, shape (B, 1, M).
/// - Complexity: O(B·M·d).
public func skipGram(
  center: Indices, contextsAndNegatives: Indices, embedV: Embedding, embedU: Embedding,
  file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  let v = embedV(center, file: file, line: line)  // (B, 1, d)
  let u = embedU(contextsAndNegatives, file: file, line: line)  // (B, M, d)
  let shape = checkedBatchShape(v, u, file: file, line: line)
  var scores = Tensor(repeating: 0, shape: [shape.size, 1, shape.slotCount])
  scores.values.withUnsafeMutableBufferPointer { scores in
    u.values.withUnsafeBufferPointer { u in
      v.values.withUnsafeBufferPointer { v in
        guard let scores = scores.baseAddress, let u = u.baseAddress, let v = v.baseAddress
        else { return }
        multiplyRows(u, by: v, into: scores, shape)
      }
    }
  }
  return scores
}

/// Carries the scores' gradient g back to the vectors that `skipGram` multiplied.
///
/// A score is a dot product, so each vector's gradient is the other vector times g:
/// dv_b = Σₘ g_bm u_bm and du_bm = g_bm v_b.
///
/// - Parameters:
///   - scoreGradient: The gradient g of the scores, shape (B, 1, M).
///   - v: The centre vectors, shape (B, 1, d).
///   - u: The context and noise vectors, shape (B, M, d).
///   - file: The caller's file.
///   - line: The caller's line.
/// - Returns: The gradients of `v`, shape (B, 1, d), and of `u`, shape (B, M, d).
/// - Complexity: O(B·M·d).
public func skipGramGradient(
  scoreGradient: Tensor, v: Tensor, u: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> (v: Tensor, u: Tensor) {
  let shape = checkedBatchShape(v, u, file: file, line: line)
  require(
    scoreGradient.shape == [shape.size, 1, shape.slotCount],
    "scores of shape \(shapeText([shape.size, 1, shape.slotCount])) have a gradient of shape "
      + shapeText(scoreGradient.shape), file: file, line: line)
  var gradient = (v: Tensor(repeating: 0, shape: v.shape), u: Tensor(repeating: 0, shape: u.shape))
  scoreGradient.values.withUnsafeBufferPointer { g in
    u.values.withUnsafeBufferPointer { u in
      gradient.v.values.withUnsafeMutableBufferPointer { output in
        guard let g = g.baseAddress, let u = u.baseAddress, let output = output.baseAddress
        else { return }
        multiplyTransposed(u, by: g, into: output, shape)
      }
    }
    v.values.withUnsafeBufferPointer { v in
      gradient.u.values.withUnsafeMutableBufferPointer { output in
        guard let g = g.baseAddress, let v = v.baseAddress, let output = output.baseAddress
        else { return }
        multiplyOuter(g, by: v, into: output, shape)
      }
    }
  }
  return gradient
}

private func checkedBatchShape(
  _ v: Tensor, _ u: Tensor, file: StaticString, line: UInt
) -> BatchShape {
  require(
    v.shape.count == 3 && u.shape.count == 3 && v.shape[0] == u.shape[0] && v.shape[1] == 1
      && v.shape[2] == u.shape[2],
    "centre vectors (B, 1, d) and context vectors (B, M, d) do not fit: "
      + "\(shapeText(v.shape)) and \(shapeText(u.shape))", file: file, line: line)
  return BatchShape(size: u.shape[0], slotCount: u.shape[1], dimension: u.shape[2])
}
