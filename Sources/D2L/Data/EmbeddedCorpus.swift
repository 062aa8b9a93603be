import Files
import RandomStreams
import Word2Vec

/// A synthetic text with planted topics, so that everything works without a download.
///
/// Each sentence is about one topic: some 45 of 100 words are the topic's own, 40 are function
/// words, and the rest come from a long tail of invented words, by Zipf's law (the word of
/// rank r about 1/r as often as the first). What a model ought to learn from it is therefore
/// known: the neighbours of a topic's word are words of the same topic.
public enum EmbeddedCorpus {
  /// What the corpus is called wherever it is used.
  public static let name = "embedded corpus (synthetic)"

  /// Sentences are made until they have as many words as this.
  static let tokenCount = 200_000
  private static let sentenceLength = 8...25
  private static let topicShare = 0.45
  private static let functionShare = 0.40
  private static let tailLength = 3000

  /// The text, one sentence a line: words with a space between.
  ///
  /// - Parameter seed: The same seed gives the same text.
  /// - Returns: The sentences.
  /// - Complexity: O(words); some 200,000 of them.
  public static func sentences(seed: UInt64) -> [String] {
    var random = PythonRandom(seed: seed)
    let tail = inventedWords(tailLength)
    let topicChoice = zipf(count: 20, offset: 4)
    let functionChoice = zipf(count: functionWords.count, offset: 1)
    let tailChoice = zipf(count: tail.count, offset: 10)

    var sentences: [String] = []
    var words = 0
    while words < tokenCount {
      let topic = topics[random.below(topics.count)]
      let length = random.integer(in: sentenceLength)
      let sentence = (0..<length).map { _ in
        switch random.random() {
        case ..<topicShare: topic.words[topicChoice.draw(using: &random)]
        case ..<(topicShare + functionShare): functionWords[functionChoice.draw(using: &random)]
        default: tail[tailChoice.draw(using: &random)]
        }
      }
      sentences.append(sentence.joined(separator: " "))
      words += length
    }
    return sentences
  }

  /// Weights 1/(offset + rank), rank from 0.
  private static func zipf(count: Int, offset: Int) -> WeightedChoice {
    WeightedChoice(weights: (0..<count).map { 1 / Double(offset + $0) })
  }

  /// The first `count` words of three syllables in a fixed order: no English words among them.
  static func inventedWords(_ count: Int) -> [String] {
    let onsets = ["k", "v", "zh", "m", "dr", "p", "l", "gr", "s", "t", "fl", "n"]
    let vowels = ["a", "o", "i", "u", "e"]
    let syllables = onsets.flatMap { onset in vowels.map { onset + $0 } }
    // A step that shares no factor with the number of words visits each of them once.
    let all = syllables.count * syllables.count * syllables.count
    require(count <= all, "\(count) invented words of \(all)")
    return (0..<count).map { i in
      let word = i * 7919 % all
      let first = syllables[word / (syllables.count * syllables.count)]
      let second = syllables[word / syllables.count % syllables.count]
      return first + second + syllables[word % syllables.count] + "x"
    }
  }
}

extension Corpus {
  /// The embedded corpus: synthetic, for when there is no other text.
  ///
  /// - Parameters:
  ///   - minimumCount: Words that occur less often are `<unk>`.
  ///   - seed: The same seed gives the same text.
  /// - Returns: The corpus.
  /// - Throws: `CorpusError` if no word is as frequent as the minimum.
  public static func embedded(
    minimumCount: Int, seed: UInt64 = 0
  ) throws(CorpusError) -> Corpus {
    let text = EmbeddedCorpus.sentences(seed: seed).joined(separator: "\n")
    return try Corpus(
      text: text, name: EmbeddedCorpus.name, minimumCount: minimumCount)
  }
}
