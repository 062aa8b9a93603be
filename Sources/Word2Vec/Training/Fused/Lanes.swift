/// Sixteen Floats: vectors are padded to a multiple of it, and worked on by it.
typealias Lanes = SIMD16<Float>

/// Eight Floats: what a product of vectors is folded to before its lanes are added up.
typealias HalfLanes = SIMD8<Float>

extension Lanes {
  /// Sixteen Floats from memory.
  @inline(__always)
  init(_ floats: UnsafePointer<Float>) {
    self = UnsafeRawPointer(floats).loadUnaligned(as: Lanes.self)
  }

  /// Sixteen Floats to memory.
  @inline(__always)
  func store(_ floats: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(floats).storeBytes(of: self, as: Lanes.self)
  }
}
