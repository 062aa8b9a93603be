/// The settings of `word2vec train` where none are given; every one is an option.
///
/// They are word2vec.c's and gensim's, but for the optimiser: Adam with a rate that falls in a straight
/// line comes to the same vectors in fewer passes.
enum TrainingDefaults {
  /// Words that occur less often are left out.
  static let minimumCount = 5
  /// The relative frequency from which words are thinned out, anew for each epoch.
  static let subsample = 1e-3
  /// The widest window.
  static let window = 5
  /// Noise words for each context word.
  static let negative = 5
  /// The numbers of a vector.
  static let dimension = 100
  /// Passes over the text.
  static let epochs = 5
  /// The examples of a step with Adam.
  static let adamBatchSize = 512
  /// The examples of a step with gradient descent, whose sum over a word's examples must stay small.
  static let descentBatchSize = 64
  /// Adam's first step size.
  static let adamRate = 0.002
  /// Gradient descent's first step size.
  static let descentRate = 0.025
}
