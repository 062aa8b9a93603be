import CSIMD

/// Eight Floats: vectors are padded to a multiple of it.
typealias Octet = SIMD8<Float>

/// Sixteen Floats, the unit in which the fused engine works on vectors.
typealias Lanes = SIMD16<Float>

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

/// Where in a vector sixteen Floats lie, or the octet that is left at its end.
struct LanesIndex {
  /// The first octet.
  let octet: Int
  /// Whether only this octet is there.
  let isHalf: Bool

  /// Runs `body` on each index of a vector of `octets` × 8 Floats.
  @inline(__always)
  static func forEach(of octets: Int, _ body: (LanesIndex) -> Void) {
    var octet = 0
    while octet &+ 2 <= octets {
      body(LanesIndex(octet: octet, isHalf: false))
      octet &+= 2
    }
    if octet < octets { body(LanesIndex(octet: octet, isHalf: true)) }
  }
}

extension UnsafePointer<Octet> {
  /// The same Floats, sixteen at a time.
  @inline(__always)
  var lanes: UnsafePointer<Lanes> {
    UnsafeRawPointer(self).assumingMemoryBound(to: Lanes.self)
  }

  /// The Floats of a vector at `index`, `padding` in the half that is not there.
  @inline(__always)
  subscript(index: LanesIndex, padding padding: Float = 0) -> Lanes {
    index.isHalf
      ? simd_join(self[index.octet], Octet(repeating: padding)) : (self + index.octet).lanes[0]
  }
}

extension UnsafeMutablePointer<Octet> {
  /// The same Floats, sixteen at a time.
  @inline(__always)
  var lanes: UnsafeMutablePointer<Lanes> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Lanes.self)
  }

  /// The Floats of a vector at `index`, `padding` in the half that is not there and is not set.
  @inline(__always)
  subscript(index: LanesIndex, padding padding: Float = 0) -> Lanes {
    get { UnsafePointer(self)[index, padding: padding] }
    nonmutating set {
      if index.isHalf {
        self[index.octet] = simd_low_half(newValue)
      } else {
        (self + index.octet).lanes[0] = newValue
      }
    }
  }
}
