internal import COpenBLAS

/// The sizes of one minibatch of matrices: the letters of every shape in this folder.
///
/// B examples, M context and noise words for each, vectors of d numbers.
struct BatchShape {
  /// B, the number of examples.
  let size: Int
  /// M, the number of context and noise words of an example.
  let slotCount: Int
  /// d, the length of a vector.
  let dimension: Int

  /// Whether there is nothing to multiply.
  var isEmpty: Bool { size == 0 || slotCount == 0 || dimension == 0 }
}

/// Keeps OpenBLAS on one thread: the matrices are small, and the sums keep their order.
let openBLASIsSerial: Void = openblas_set_num_threads(1)

/// Multiplies, for every example, its matrix by its vector: scores_b = U_b v_b (`cblas_sgemv`).
///
/// - Parameters:
///   - u: Context and noise vectors, shape (B, M, d).
///   - v: Centre vectors, shape (B, d).
///   - scores: The result, shape (B, M).
///   - shape: B, M and d.
/// - Complexity: O(B·M·d).
func multiplyRows(
  _ u: UnsafePointer<Float>, by v: UnsafePointer<Float>,
  into scores: UnsafeMutablePointer<Float>, _ shape: BatchShape
) {
  let (slotCount, d) = (shape.slotCount, shape.dimension)
  guard !shape.isEmpty else { return scores.update(repeating: 0, count: shape.size * slotCount) }
  _ = openBLASIsSerial
  for b in 0..<shape.size {
    cblas_sgemv(
      CblasRowMajor, CblasNoTrans, Int32(slotCount), Int32(d), 1, u + b * slotCount * d, Int32(d),
      v + b * d, 1, 0, scores + b * slotCount, 1)
  }
}

/// Sums, for every example, its matrix's rows by weight: dv_b = U_bᵀ g_b (`cblas_sgemv`).
///
/// - Parameters:
///   - u: Context and noise vectors, shape (B, M, d).
///   - gradient: The scores' gradient g, shape (B, M).
///   - vGradient: The result, shape (B, d).
///   - shape: B, M and d.
/// - Complexity: O(B·M·d).
func multiplyTransposed(
  _ u: UnsafePointer<Float>, by gradient: UnsafePointer<Float>,
  into vGradient: UnsafeMutablePointer<Float>, _ shape: BatchShape
) {
  let (slotCount, d) = (shape.slotCount, shape.dimension)
  guard !shape.isEmpty else { return vGradient.update(repeating: 0, count: shape.size * d) }
  _ = openBLASIsSerial
  for b in 0..<shape.size {
    cblas_sgemv(
      CblasRowMajor, CblasTrans, Int32(slotCount), Int32(d), 1, u + b * slotCount * d, Int32(d),
      gradient + b * slotCount, 1, 0, vGradient + b * d, 1)
  }
}

/// Multiplies, for every example, its column by its row: dU_b = g_b v_bᵀ.
///
/// - Parameters:
///   - gradient: The scores' gradient g, shape (B, M).
///   - v: Centre vectors, shape (B, d).
///   - uGradient: The result, shape (B, M, d).
///   - shape: B, M and d.
/// - Complexity: O(B·M·d).
func multiplyOuter(
  _ gradient: UnsafePointer<Float>, by v: UnsafePointer<Float>,
  into uGradient: UnsafeMutablePointer<Float>, _ shape: BatchShape
) {
  let (slotCount, d) = (shape.slotCount, shape.dimension)
  for b in 0..<shape.size {
    let row = v + b * d
    for slot in b * slotCount..<(b + 1) * slotCount {
      let (g, output) = (gradient[slot], uGradient + slot * d)
      for k in 0..<d { output[k] = g * row[k] }
    }
  }
}
