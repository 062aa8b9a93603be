import PortableMath

extension Vocabulary {
  /// The weight by which each word but `<unk>` is drawn as a noise word: count^0.75, shape (V − 1).
  ///
  /// - Source: Mikolov et al. 2013, section 2.2.
  public var noiseWeights: [Double] { counts.dropFirst().map(threeQuarterPower) }
}
