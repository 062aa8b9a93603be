import PortableMath

/// Draws noise words by count^0.75 with one table look-up each, from any stream of 64 bits.
///
/// - Source: Walker 1977, the alias method, with Vose's construction (1991).
struct NoiseTable: Sendable {
  /// The chance, in units of 2⁻³², to stay at a place, and the word to go to otherwise.
  private let places: [(stay: UInt32, alias: Int32)]

  /// Creates a table of a vocabulary's words but `<unk>`, in O(words).
  init(vocabulary: Vocabulary) {
    let weights = vocabulary.noiseWeights
    let mean = weights.reduce(0, +) / Double(weights.count)
    var chances = weights.map { $0 / mean }
    var places = chances.indices.map { (stay: UInt32.max, alias: Int32($0 + 1)) }
    var small = chances.indices.filter { chances[$0] < 1 }
    var large = chances.indices.filter { chances[$0] >= 1 }
    while let below = small.popLast(), let above = large.popLast() {
      places[below] = (UInt32(chances[below] * 0x1p32), Int32(above + 1))
      chances[above] -= 1 - chances[below]
      if chances[above] < 1 { small.append(above) } else { large.append(above) }
    }
    self.places = places
  }

  /// The bytes that hold the table.
  var byteCount: Int { 8 * places.count }

  /// The noise word that 64 random bits choose: an index from 1 to the vocabulary's size − 1.
  @inline(__always)
  func word(for bits: UInt64) -> Int32 {
    let place = Int(((bits >> 32) * UInt64(places.count)) >> 32)  // >> binds tighter than *
    let (stay, alias) = places[place]
    // Either word, without a branch that the processor would guess wrong every third time.
    let mask: Int32 = UInt32(truncatingIfNeeded: bits) < stay ? -1 : 0
    return (Int32(truncatingIfNeeded: place &+ 1) & mask) | (alias & ~mask)
  }
}

extension Vocabulary {
  /// The weight by which each word but `<unk>` is drawn as a noise word: count^0.75, shape (V − 1).
  ///
  /// - Source: Mikolov et al. 2013, section 2.2.
  public var noiseWeights: [Double] { counts.dropFirst().map(threeQuarterPower) }
}
