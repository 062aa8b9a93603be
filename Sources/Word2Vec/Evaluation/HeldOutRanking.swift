import Files
import PortableMath

/// How well a model tells true contexts from noise on text that it was not trained on.
///
/// Examples are drawn once from the held-out text, as they are for training, and stay: each pair of
/// a centre word and a context word has K noise words of its own, by count^0.75. The measure is how
/// often the context word's score is above a noise word's, the area under the ROC curve (AUC): 1
/// for a perfect ranking, 0.5 for guessing.
///
/// What it does not say: the score is the quantity that training raises, so that this measures how
/// well the training task carries over to new text, not what the vectors are good for elsewhere;
/// and some of it is had by knowing word frequencies alone (see ``score(_:)``).
public struct HeldOutRanking: Sendable {
  /// The examples, drawn from the held-out text.
  public let examples: SkipGramExamples
  /// The examples of sentence s are `sentenceOffsets[s]..<sentenceOffsets[s + 1]`.
  let sentenceOffsets: [Int]

  /// Takes examples that were drawn from held-out text.
  ///
  /// - Parameters:
  ///   - examples: The examples, K noise words to each context word.
  ///   - sentenceOffsets: Where each sentence's examples begin, and at the end their number.
  ///   - file: The caller's file, for the sentence where the two do not fit each other.
  ///   - line: The caller's line.
  public init(
    of examples: SkipGramExamples, sentenceOffsets: [Int], file: StaticString = #fileID,
    line: UInt = #line
  ) {
    require(
      sentenceOffsets.first == 0 && sentenceOffsets.last == examples.count,
      "sentences up to example \(sentenceOffsets.last ?? 0) of \(examples.count)", file: file,
      line: line)
    (self.examples, self.sentenceOffsets) = (examples, sentenceOffsets)
  }

  /// The number of pairs of a centre word and a context word.
  public var pairCount: Int { examples.contextCount }

  /// Ranks by the model's score, the product of centre and context vector.
  ///
  /// - Parameters:
  ///   - embedV: The vectors of words as centres, weight (V, d).
  ///   - embedU: The vectors of words as contexts, weight (V, d).
  ///   - file: The caller's file, for tables of two shapes or without a word of the examples.
  ///   - line: The caller's line.
  /// - Returns: The score.
  public func score(
    embedV: Embedding, embedU: Embedding, file: StaticString = #fileID, line: UInt = #line
  ) -> HeldOutScore {
    requireSameShape(embedV, embedU, file: file, line: line)
    let (words, d) = (UInt32(clamping: embedV.vocabularySize), embedV.dimension)
    require(
      max(examples.centers.greatestUnsigned, examples.slots.greatestUnsigned) < words,
      "a held-out word is outside tables of \(words) rows", file: file, line: line)
    return embedV.weight.values.withUnsafeBufferPointer { v in
      embedU.weight.values.withUnsafeBufferPointer { u in
        score { center, word in
          var sum = 0.0
          for k in 0..<d { sum += Double(v[Int(center) * d + k]) * Double(u[Int(word) * d + k]) }
          return sum
        }
      }
    }
  }

  /// Ranks by any score of a centre word and another word, such as one of the word's count alone.
  ///
  /// Equal scores count half.
  public func score(_ score: (_ center: Int32, _ word: Int32) -> Double) -> HeldOutScore {
    var sentences: [HeldOutScore.Sentence] = []
    var loss = 0.0
    for (first, end) in zip(sentenceOffsets, sentenceOffsets.dropFirst()) {
      var sentence = HeldOutScore.Sentence(wins: 0, comparisons: 0)
      for example in first..<end {
        let center = examples.centers[example]
        let contexts = examples.contexts(of: example).map { score(center, $0) }
        let noise = examples.noiseWords(of: example).map { score(center, $0) }
        for (slot, value) in noise.enumerated() {
          let context = contexts[slot / examples.noiseWordsPerContext]
          sentence.wins += context > value ? 1 : context == value ? 0.5 : 0
        }
        sentence.comparisons += Double(noise.count)
        let losses = contexts.map { softplus(-$0) } + noise.map(softplus)
        loss += losses.reduce(0, +) / Double(losses.count)
      }
      sentences.append(sentence)
    }
    return HeldOutScore(sentences: sentences, loss: loss / Double(examples.count))
  }
}

/// log(1 + eˣ): what a noise word of score x loses.
private func softplus(_ x: Double) -> Double { max(x, 0) + logOnePlus(exponential(-abs(x))) }

/// What a model reached on held-out text.
public struct HeldOutScore: Sendable, Equatable {
  struct Sentence: Sendable, Equatable {
    var wins: Double
    var comparisons: Double
  }
  let sentences: [Sentence]
  /// The mean loss of an example, as in training: the mean over its context and noise words.
  public let loss: Double

  /// How often a context word scored above a noise word, 0…1.
  public var auc: Double {
    sentences.reduce(0) { $0 + $1.wins } / sentences.reduce(0) { $0 + $1.comparisons }
  }

  /// Half the width of the 95 % interval about `auc`.
  ///
  /// Pairs of one sentence share words and are not independent; sentences are taken to be.
  public var halfWidth: Double {
    let auc = self.auc
    return HeldOutScore.halfWidth(
      sentences.map { ($0.wins - auc * $0.comparisons, $0.comparisons) })
  }

  /// How much higher this AUC is than another one on the same examples, with half the width of the
  /// difference's 95 % interval, sentence by sentence.
  ///
  /// - Parameters:
  ///   - other: The other score.
  ///   - file: The caller's file.
  ///   - line: The caller's line.
  /// - Returns: The difference, and half the width of its interval.
  public func gain(
    over other: HeldOutScore, file: StaticString = #fileID, line: UInt = #line
  ) -> (difference: Double, halfWidth: Double) {
    require(
      sentences.map(\.comparisons) == other.sentences.map(\.comparisons),
      "the scores are of different examples", file: file, line: line)
    let difference = auc - other.auc
    let residuals = zip(sentences, other.sentences).map { mine, theirs in
      (mine.wins - theirs.wins - difference * mine.comparisons, mine.comparisons)
    }
    return (difference, HeldOutScore.halfWidth(residuals))
  }

  /// The normal interval of a ratio of sums over independent sentences.
  private static func halfWidth(_ residuals: [(residual: Double, weight: Double)]) -> Double {
    let (n, weight) = (Double(residuals.count), residuals.reduce(0) { $0 + $1.weight })
    let squares = residuals.reduce(0) { $0 + $1.residual * $1.residual }
    return 1.96 * (squares * n / max(1, n - 1)).squareRoot() / weight
  }
}
