import Files
import Foundation
import RandomStreams
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Minibatches of blocks", .timeLimit(.minutes(1)))
struct BlockBatchesTests {
  private static let text: String = {
    var random = Philox(key: 4)
    return (0..<400).map { i in
      (0..<1 + i % 13).map { _ in "w\(min(random.below(60), random.below(60)))" }
        .joined(separator: " ")
    }.joined(separator: "\n")
  }()

  private func settings(threshold: Double = 0, epochs: Int = 2) -> BlockSettings {
    BlockSettings(
      threshold: threshold, maxWindow: 3, noiseWordsPerContext: 2, epochs: epochs, batchSize: 32,
      seed: 5)
  }

  @Test("are the same whether the text is streamed or in memory", arguments: [0, 1e-2])
  func sameBatches(threshold: Double) throws {
    try withTemporaryFile(Self.text.utf8) { path in
      let corpus = try Corpus(contentsOf: path, minimumCount: 2)
      let streamed = try StreamedText(
        contentsOf: [path], nil, Corpus.Limits(2, .max, #fileID, #line), passageSize: 40)
      let settings = settings(threshold: threshold)
      let a = try BlockBatches(of: CorpusBlocks(corpus, passageSize: 40), settings).all()
      let b = try BlockBatches(of: streamed, settings).all()
      #expect(a.count > 20)
      #expect(a.map(\.centers) == b.map(\.centers))
      #expect(a.map(\.slots) == b.map(\.slots))
      #expect(a.map(\.contextCounts) == b.map(\.contextCounts))
    }
  }

  @Test("are made of their own examples, though the source has gone on by then")
  func heldBatches() throws {
    let corpus = try Corpus(text: Self.text, minimumCount: 0)
    func source() throws -> BlockBatches {
      try BlockBatches(of: CorpusBlocks(corpus, passageSize: 40), settings())
    }
    var (ahead, held) = (try source(), [(BlockBatches, BatchOutline)]())
    while let outline = ahead.advance() { held.append((ahead, outline)) }
    let expected = try source().all()
    #expect(held.count == expected.count && held.count > 20)
    for ((source, outline), expected) in zip(held, expected) {
      var batch = MiniBatch()
      source.append(0..<outline.count, to: &batch)
      #expect(batch == expected)
    }
  }

  @Test("have each word of a longer sentence as centre once an epoch, block by block, shuffled")
  func coverage() throws {
    let corpus = try Corpus(text: Self.text, minimumCount: 0)
    var source = try BlockBatches(of: CorpusBlocks(corpus, passageSize: 40), settings())
    let sentences = corpus.sentenceRanges.filter { $0.count > 1 }
    let words = sentences.flatMap { corpus.tokens[$0] }
    var (centers, fractions) = ([Int32](), [Double]())
    var batch = MiniBatch()
    while let outline = source.next(into: &batch) {
      #expect(outline.count == batch.count)
      centers += batch.centers
      fractions.append(outline.fraction)
    }
    #expect(centers.count == 2 * words.count)
    let (first, second) = (centers.prefix(words.count), centers.suffix(words.count))
    #expect(first.sorted() == words.sorted() && second.sorted() == words.sorted())
    #expect(Array(first) != words && Array(first) != Array(second))
    let block = words.prefix(600)  // less than the first block
    #expect(
      Set(first.prefix(600)) != Set(block) || first.prefix(600).sorted() != block.sorted())
    #expect(fractions.first == 0 && fractions == fractions.sorted())
    #expect(fractions.allSatisfy { $0 < 1 } && fractions.last ?? 0 > 0.95)
    #expect(source.wordCount == 2 * corpus.tokens.count)
    #expect(source.failure == nil)
  }

  @Test("go on after a pass of which nothing is left")
  func emptyPasses() throws {
    let corpus = try Corpus(text: "a b c d e f g h i\n", minimumCount: 0)
    let epochs = 60
    var source = try #require(
      (UInt64(0)..<20).compactMap { seed in
        var settings = settings(threshold: 4e-3, epochs: epochs)
        settings.seed = seed
        return try? BlockBatches(of: CorpusBlocks(corpus), settings)
      }.first)
    var passes = Set<Int>()
    while let outline = source.advance() {
      passes.insert(Int((outline.fraction * Double(epochs)).rounded(.down)))
    }
    #expect(passes.count < epochs - 5 && passes.max() ?? 0 > epochs - 10)
  }

  @Test("share noise words by groups, whatever part of a minibatch is asked for")
  func sharedNoise() throws {
    let corpus = try Corpus(text: Self.text, minimumCount: 0)
    var settings = settings()
    (settings.noiseSharing, settings.batchSize) = (8, 30)  // groups of 8, 8, 8 and 6
    var source = try BlockBatches(of: CorpusBlocks(corpus, passageSize: 40), settings)
    var (lists, radii) = (Set<[Int32]>(), Set<Int32>())
    while let outline = source.advance() {
      #expect(outline.noiseSharing == 8)
      var (whole, pieces) = (MiniBatch(), MiniBatch())
      source.append(0..<outline.count, to: &whole)
      for part in [0..<min(5, outline.count), min(5, outline.count)..<outline.count] {
        source.append(part, to: &pieces)
      }
      #expect(whole == pieces && whole.count == outline.count)
      radii.formUnion(whole.contextCounts)
      for begin in stride(from: 0, to: whole.count, by: 8) {
        let group = (begin..<min(begin + 8, whole.count)).map {
          whole.slots[whole.noiseRange(of: $0)]
        }
        let longest = Array(group.max { $0.count < $1.count } ?? [])
        #expect(group.allSatisfy { $0.elementsEqual(longest.prefix($0.count)) })
        #expect(
          group.enumerated().allSatisfy {
            $1.count == 2 * Int(whole.contextCounts[begin + $0])
          })
        lists.insert(longest)
      }
    }
    #expect(lists.count > 100 && radii == Set(1...6))
  }

  @Test("shared noise words are drawn by count^0.75")
  func distribution() throws {
    let vocabulary = NoiseFixtures.vocabulary(words: 30)
    let corpus = Corpus.ofNumbers(
      (0..<40_000).map { [Int32(1 + $0 % 30), Int32(1 + $0 % 29)] }, vocabulary: 31,
      counts: vocabulary.counts)
    var settings = settings(epochs: 1)
    (settings.noiseSharing, settings.maxWindow, settings.noiseWordsPerContext) = (2, 1, 5)
    var counts = [Int](repeating: 0, count: 31)
    for batch in try BlockBatches(of: CorpusBlocks(corpus), settings).all() {
      for example in stride(from: 0, to: batch.count, by: 2) {
        for word in batch.slots[batch.noiseRange(of: example)] { counts[Int(word)] += 1 }
      }
    }
    NoiseFixtures.expectNoise(counts, of: vocabulary)
  }

  @Test(
    "a text without a pair is refused; one that can no longer be read ends the run and is named")
  func failures() throws {
    let lonely = try Corpus(text: Self.text, minimumCount: 0)
    #expect(throws: SamplingError.self) {
      try BlockBatches(of: CorpusBlocks(lonely), settings(threshold: 1e-12))
    }
    try withTemporaryFile(Self.text.utf8) { path in
      let streamed = try StreamedText(
        contentsOf: [path], nil, Corpus.Limits(1, .max, #fileID, #line), passageSize: 40)
      var source = try BlockBatches(of: streamed, settings(epochs: 3))
      try FileManager.default.removeItem(atPath: path)
      var count = 0
      while source.advance() != nil { count += 1 }
      #expect(count > 10)
      guard case .file(let error) = source.failure else {
        Issue.record("no error of a file: \(String(describing: source.failure))")
        return
      }
      #expect(error.path == path)
    }
  }
}
