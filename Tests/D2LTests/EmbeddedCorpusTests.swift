import RandomStreams
import Testing

@testable import D2L
@testable import Word2Vec

@Suite("Embedded corpus")
struct EmbeddedCorpusTests {
  private let topicOfWord = Dictionary(
    uniqueKeysWithValues: EmbeddedCorpus.topics.flatMap { topic in
      topic.words.map { ($0, topic.name) }  // traps if a word is in two topics
    })

  @Test("has twenty topics or more, no word in two of them or among the others")
  func topics() {
    #expect(EmbeddedCorpus.topics.count >= 20)
    #expect(EmbeddedCorpus.topics.allSatisfy { $0.words.count == 20 })
    let others = EmbeddedCorpus.functionWords + EmbeddedCorpus.inventedWords(3000)
    #expect(Set(others).count == others.count)
    #expect(others.allSatisfy { topicOfWord[$0] == nil })
  }

  @Test("keeps each sentence to one topic, 8 to 25 words")
  func sentences() {
    let sentences = EmbeddedCorpus.sentences(seed: 1)
    var words = 0
    for sentence in sentences {
      let tokens = sentence.split(separator: " ").map(String.init)
      #expect(8...25 ~= tokens.count)
      #expect(Set(tokens.compactMap { topicOfWord[$0] }).count <= 1, "\(sentence)")
      words += tokens.count
    }
    #expect(200_000..<200_025 ~= words)
  }

  @Test("is the same for the same seed, and only then")
  func seeds() throws {
    let sentences = EmbeddedCorpus.sentences(seed: 0)
    #expect(sentences == EmbeddedCorpus.sentences(seed: 0))
    #expect(sentences != EmbeddedCorpus.sentences(seed: 1))
    #expect(
      sentences[0] == "overdraft some who stock loan bank other as the bank nutivox and dividend "
        + "account credit treasury zhuzhoflex on is which broker")
  }

  @Test("is a corpus that says that it is synthetic")
  func corpus() throws {
    let corpus = try Corpus.embedded(minimumCount: 10, seed: 0)
    #expect(corpus.name.contains("synthetic"))
    #expect(corpus.sentenceCount == EmbeddedCorpus.sentences(seed: 0).count)
    #expect(topicOfWord.keys.allSatisfy { corpus.vocabulary.index(of: $0) != nil })
    #expect(throws: CorpusError.self) {
      try Corpus.embedded(minimumCount: 1_000_000, seed: 0)
    }
  }

  @Test(
    "teaches its topics: after five epochs, neighbours share the topic",
    arguments: [0, 1] as [UInt64])
  func neighboursShareTheTopic(seed: UInt64) throws {
    let corpus = try Corpus.embedded(minimumCount: 10, seed: seed)
    var python = PythonRandom(seed: seed)
    var torch = TorchGenerator(seed: seed)
    let examples = try SkipGramExamples(
      of: corpus.subsampled(using: &python), maxWindow: 5, noiseWords: 5, using: &python)
    let tables = (0..<2).map { _ in
      Embedding.xavierUniform(corpus.vocabulary.count, 100, using: &torch)
    }
    let engine = FusedEngine(
      embedV: tables[0], embedU: tables[1], learningRate: 0.002, threads: 1)
    for _ in 0..<5 {
      let order = torch.epochOrder(of: examples.count)
      for batch in MiniBatches(of: examples, order: order, batchSize: 512) {
        _ = engine.step(batch)
      }
    }
    let vectors = WordVectors(vocabulary: corpus.vocabulary, embedding: engine.embedV)
    var (same, all) = (0, 0)
    for (word, topic) in topicOfWord {
      for neighbour in try vectors.similarTokens(to: word, k: 5) {
        same += topicOfWord[neighbour.word] == topic ? 1 : 0
        all += 1
      }
    }
    #expect(Double(same) >= 0.9 * Double(all), "\(same) of \(all) neighbours share the topic")
  }
}
