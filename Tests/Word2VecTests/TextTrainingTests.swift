import Files
import TestSupport
import Testing

@testable import Word2Vec

@Suite("A text to vectors")
struct TextTrainingTests {
  private let text = (0..<900).map { i in
    let kinds = [["red", "green", "blue", "paint"], ["large", "small", "tiny", "scale"]]
    return (0..<6).map { kinds[i % 2][(i / 2 * 5 + $0 * $0 + i / 7) % 4] }.joined(separator: " ")
  }.joined(separator: "\n")

  private func settings(_ optimizer: TextTraining.OptimizerName = .adam) -> TextTraining.Settings {
    var settings = TextTraining.Settings()
    settings.dimension = 10
    settings.epochs = 4
    settings.subsample = 0
    settings.optimizer = optimizer
    return settings
  }

  @Test("puts words together that are used alike", arguments: TextTraining.OptimizerName.allCases)
  func alike(optimizer: TextTraining.OptimizerName) throws {
    var settings = settings(optimizer)
    settings.learningRate = optimizer == .adam ? 0.02 : nil
    let corpus = try Corpus(text: text, minimumCount: 1)
    let vectors = try TextTraining(on: corpus, settings).run()
    #expect(vectors.index(of: "<unk>") == nil && vectors.count == 8)
    #expect(try vectors.similarity("red", "blue") > vectors.similarity("red", "tiny"))
  }

  @Test("is the same of a text in memory and on disk, and on any number of threads")
  func streamed() throws {
    let corpus = try Corpus(text: text, minimumCount: 1)
    let inMemory = try TextTraining(on: corpus, settings()).run()
    var one = settings()
    one.threads = 1
    let onDisk = try withTemporaryFile(text.utf8) { path in
      try TextTraining(on: StreamedText(contentsOf: [path], minimumCount: 1), one).run()
    }
    #expect(inMemory.words == onDisk.words && inMemory.vectors == onDisk.vectors)
  }

  /// A text that can no longer be read in its third pass, once `isGone`.
  private struct FadingText: TextBlocks {
    var blocks: CorpusBlocks
    let isGone: Bool
    private var pass = 0

    init(_ corpus: Corpus, isGone: Bool) {
      (blocks, self.isGone) = (CorpusBlocks(corpus), isGone)
    }

    var name: String { blocks.name }
    var vocabulary: Vocabulary { blocks.vocabulary }
    var tokenCount: Int { blocks.tokenCount }

    mutating func rewind() {
      blocks.rewind()
      pass += 1
    }

    mutating func next() throws(FileError) -> Corpus? {
      if isGone, pass == 2 { throw FileError("text.txt", .noSuchFile) }
      return blocks.next()
    }
  }

  @Test("names the text, not the checkpoint, where the text is gone when a run goes on")
  func goneText() throws {
    let corpus = try Corpus(text: text, minimumCount: 1)
    try withTemporaryFile([]) { path in
      var keeping = TextTraining.Keeping()
      keeping.file = path
      var epoch = 0
      _ = try TextTraining(on: FadingText(corpus, isGone: false), settings()).run(
        keeping: keeping
      ) { progress in
        epoch = progress.epoch
        return epoch < 4
      }
      #expect(epoch == 4)
      keeping.from = path
      let error = #expect(throws: TrainingError.self) {
        try TextTraining(on: FadingText(corpus, isGone: true), settings()).run(keeping: keeping)
      }
      #expect(error == .examples(.file(FileError("text.txt", .noSuchFile))))
    }
  }

  @Test("tells how far it is, and stops where it is told to")
  func progress() throws {
    let training = TextTraining(on: try Corpus(text: text, minimumCount: 1), settings())
    var fractions: [Double] = []
    _ = try training.run { progress in
      fractions.append(progress.fraction)
      #expect(1...4 ~= progress.epoch && progress.words <= 4 * 5400)
      return true
    }
    #expect(fractions == fractions.sorted() && fractions.last == 1)
    var steps = 0
    _ = try training.run { _ in
      steps += 1
      return steps < 3
    }
    #expect(steps == 3)
  }

  @Test("tells its steps and gives its vectors beside its caller, and stops with its reader")
  func events() async throws {
    let training = TextTraining(on: try Corpus(text: text, minimumCount: 1), settings())
    var (steps, found) = ([Int](), [WordVectors]())
    for try await event in training.events() {
      switch event {
      case .step(let progress): steps.append(progress.step)
      case .vectors(let vectors): found.append(vectors)
      }
    }
    #expect(steps == steps.sorted() && found.count == 1)
    #expect(try found.first?.vectors == training.run().vectors)

    let none = try Corpus(text: "a a a", minimumCount: 1)
    await #expect(throws: TrainingError.self) {
      for try await _ in TextTraining(on: none, settings()).events() {}
    }
  }

  @Test("begins with the vectors of words that have one")
  func initial() throws {
    var settings = settings()
    settings.learningRate = 1e-9
    let start = WordVectors(words: ["red", "no"], vectors: Tensor(repeating: 3, shape: [2, 10]))
    let training = try TextTraining(
      on: Corpus(text: text, minimumCount: 1), settings, initial: start)
    #expect(training.initializedWords == 1)
    #expect(try training.run()["red"]?.allSatisfy { abs($0 - 3) < 1e-4 } == true)
  }
}
