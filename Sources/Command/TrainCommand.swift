import ArgumentParser
import Files
import Foundation
import ProgramSupport
import Word2Vec

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains vectors on a text.",
    discussion: """
      Example: word2vec train text.txt -o text.vec --lowercase --tokenize

      A sentence is a line, or 10,000 words of a longer one. The same text, options and seed give the \
      same bytes, whatever the processor and the number of threads. Ctrl-C saves the vectors so far.
      """)

  enum Decay: String, ExpressibleByArgument, CaseIterable { case none, linear }

  private static let standard = TextTraining.Settings()

  /// What is chosen for a text of so many words, so many of them different.
  private static func choice<Value>(
    _ value: KeyPath<TextTraining.Choices, Value>, _ optimizer: TextTraining.OptimizerName = .adam,
    words: Int = 100_000_000, differentWords: Int = 100_000
  ) -> Value {
    var settings = standard
    settings.optimizer = optimizer
    return TextTraining.Choices(settings, words: words, differentWords: differentWords)[
      keyPath: value]
  }

  @Argument(
    help: "UTF-8 texts, packed by gzip or not; a folder stands for its files, - for stdin.",
    completion: .file())
  var corpus: [String]
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file to write; its ending says the format: .vec, .bin, .npy, .tsv, each also .gz.",
    completion: .file())
  var output: String
  @Option(help: "The format to write: text, binary, glove, npy or tsv.")
  var format: FormatName?

  @Flag(help: "Put words in lower case.")
  var lowercase = false
  @Flag(help: "Split words at Unicode's word boundaries and drop punctuation; otherwise at spaces.")
  var tokenize = false
  @Option(parsing: .unconditional, help: "Leave words out that occur less often.")
  var minCount = Corpus.standardMinimumCount
  @Option(parsing: .unconditional, help: "Keep only so many words, the most frequent.")
  var maxVocabulary: Int?
  @Flag(
    help: "Leave the text on disk and read it again for each epoch; the result is the same.")
  var stream = false
  @Option(
    parsing: .unconditional,
    help: "While a streamed text is counted, forget the rarest of more different words than this.")
  var maxDifferent = StreamedText.standardDifferent
  @Option(
    parsing: .unconditional,
    help: """
      Thin out words more frequent than this, anew for each epoch; 0 keeps all. (default: \
      \(choice(\.subsample)), \(choice(\.subsample, words: 1)) for texts of less than 10 million words)
      """)
  var subsample: Double?

  @Option(
    parsing: .unconditional, help: "The widest window; each word's is drawn from 1 to this.")
  var window = standard.maxWindow
  @Option(parsing: .unconditional, help: "Noise words for each context word.")
  var negative = standard.noiseWordsPerContext
  @Option(
    parsing: .unconditional,
    help: """
      How many examples of a step, neighbours in the text, share their noise words: one of \
      \(BatchOutline.noiseSharings.map(String.init).joined(separator: ", ")); more take less time, \
      1 keeps noise words out that are in the window. (default: \(choice(\.noiseSharing)); \
      \(choice(\.noiseSharing, differentWords: 1)) with less than 1,000 different words, and with sgd)
      """)
  var shareNoise: Int?
  @Option(
    parsing: .unconditional,
    help: "The numbers of a vector. (default: \(standard.dimension), or those of --init)")
  var dimension: Int?
  @Option(
    parsing: .unconditional,
    help: "Passes over the text. (default: as many as go through 60 million words, 2 to 20)")
  var epochs: Int?
  @Option(
    parsing: .unconditional,
    help: """
      Examples of a step. (default: \(choice(\.batchSize)), \
      \(choice(\.batchSize, differentWords: 1)) where noise words are not shared, \
      sgd: \(choice(\.batchSize, .gradientDescent)))
      """)
  var batchSize: Int?
  @Option(help: "adam, or sgd: plain gradient descent as in word2vec.c.")
  var optimizer = standard.optimizer
  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: """
      The first step size. (default: \(choice(\.learningRate)), \
      \(choice(\.learningRate, differentWords: 1)) where noise words are not shared, \
      sgd: \(choice(\.learningRate, .gradientDescent)))
      """)
  var learningRate: Double?
  @Option(
    name: .customLong("lr-decay"), help: "The step size falls to nothing (linear) or stays (none).")
  var decay: Decay = standard.isFalling ? .linear : .none
  @Option(
    name: .customLong("init"),
    help: ArgumentHelp(
      "Begin with the vectors of a file, for the words that it has.", valueName: "file"),
    completion: .file())
  var initial: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @Option(parsing: .unconditional, help: "The seed of all that is drawn.")
  var seed = standard.seed
  @Option(parsing: .unconditional, help: "Threads; the result does not depend on their number.")
  var threads = standard.threads
  @Flag(help: "No progress on the terminal.")
  var quiet = false
  @Flag(
    help: """
      Print a last line of JSON: words (those of the text times the epochs), train_seconds, \
      words_per_second, vocabulary, dimension, loss, file.
      """)
  var json = false

  func validate() throws {
    try requirePaths([
      "<corpus>": corpus.contains("") ? "" : nil, "--output": output, "--init": initial,
    ])
    for (name, value, least, greatest) in [
      ("window", window, 1, 100_000), ("negative", negative, 1, 1_000_000),
      ("dimension", dimension ?? 1, 1, 1_000_000), ("epochs", epochs ?? 1, 1, 1_000_000),
      ("batch-size", batchSize ?? 1, 1, 1_000_000_000), ("threads", threads, 1, 1024),
      ("max-vocabulary", maxVocabulary ?? 2, 2, Int(Int32.max)),
      ("max-different", maxDifferent, 3, Int(Int32.max)),
    ] where !(least...greatest ~= value) {
      throw ValidationError(
        "--\(name) is \(value); give a whole number from \(least) to \(greatest).")
    }
    guard BatchOutline.noiseSharings.contains(shareNoise ?? 1) else {
      throw ValidationError(
        "--share-noise is \(shareNoise ?? 0); give one of \(BatchOutline.noiseSharings).")
    }
    guard minCount >= 0 else {
      throw ValidationError("--min-count is \(minCount); give 0 or more.")
    }
    guard subsample ?? 0 >= 0, subsample?.isFinite ?? true else {
      throw ValidationError("--subsample is \(subsample ?? 0); give 0 or more, such as 1e-3.")
    }
    guard 1e-30...1e30 ~= learningRate ?? 1 else {
      throw ValidationError("--lr is \(learningRate ?? 0); give a number above 0, such as 0.002.")
    }
  }

  func run() throws {
    let place = try VectorsOutput(output, format)
    let paths = try corpus.flatMap(Self.files)
    try OutputPath.check(
      place.outputs + checkpoint.outputs,
      apartFrom: paths + checkpoint.inputs + (initial.map(VectorsOptions.files) ?? []))
    try checkpoint.checkIsNew()

    let initial = try initial.map { try WordVectors(contentsOf: $0) }
    var settings = try settings(beginningWith: initial)
    let text = try read(paths)
    let needs = RunNeeds(text: text, settings: settings, initial: initial)
    try needs.checkMemory()
    try needs.checkRoom(for: place, checkpoint: checkpoint.file)
    func begin() -> TrainingRun {
      TrainingRun(TextTraining(on: text, settings, initial: initial), checkpoint)
    }
    var run = begin()
    if initial != nil {
      note(
        "begins with the vectors of \(run.training.initializedWords) of "
          + "\(text.vocabulary.count - 1) words")
    }
    note("training: \(run.training.choices.epochs) × \(text.tokenCount) words")
    let vectors: WordVectors
    do {
      do {
        vectors = try run.train(isQuiet: quiet)
      } catch TrainingError.examples(.noNoiseWord(_, let words, let contexts, _)) where contexts > 2
      {
        // A window of half of the words leaves one that is not in it.
        let narrower = max(1, (words - 1) / 2)
        note("note: the text has \(words) different words, so the window is \(narrower)")
        settings.maxWindow = narrower
        run = begin()
        vectors = try run.train(isQuiet: quiet)
      }
    } catch {
      if let vectors = run.rescued { try write(vectors, soFar: run, beside: place) }
      throw error
    }
    if run.isStopped {
      try write(vectors, soFar: run, beside: place)
      Foundation.exit(Interruption.status)
    }
    try place.write(vectors)
    if json {
      JSON.object([
        ("words", .integer(run.words)), ("train_seconds", .number(run.seconds)),
        ("words_per_second", .number((Double(run.words) / run.seconds).rounded())),
        ("vocabulary", .integer(vectors.count)), ("dimension", .integer(vectors.dimension)),
        ("loss", .number(run.loss)), ("file", .text(place.path)),
      ]).print()
    } else {
      Output.print(visible(place.sentence(vectors)))
    }
    suggest(place, vectors)
  }

  /// Writes the vectors of a run that has not come to its end; a finished run's stay where they are.
  private func write(
    _ vectors: WordVectors, soFar run: TrainingRun, beside place: VectorsOutput
  ) throws {
    let beside = place.unused("after-\(run.stepCount)-steps")
    try beside.write(vectors)
    note(
      String(format: "stopped after %.1f %% of the run; ", 100 * run.fraction)
        + "the vectors so far are in \(visible(beside.path))\(visible(run.advice)).")
  }

  /// The texts that an argument stands for.
  private static func files(of argument: String) throws -> [String] {
    if argument == "-" { return ["/dev/stdin"] }
    guard Folder.exists(argument) else { return [argument] }
    let files = try Folder.files(in: argument)
    guard !files.isEmpty else {
      throw FileError(argument, .malformed("is a folder without a file; name a text"))
    }
    return files
  }

  private func read(_ paths: [String]) throws -> any TextBlocks {
    let stdin = paths == ["/dev/stdin"] ? "stdin" : nil
    let form = TextForm(isLowercased: lowercase, isTokenized: tokenize)
    let text: any TextBlocks
    if stream {
      let streamed = try StreamedText(
        contentsOf: paths, name: stdin, minimumCount: minCount,
        maximumVocabulary: maxVocabulary ?? .max, maximumDifferent: maxDifferent, form: form)
      if streamed.forgottenCount > 0 {
        note(
          "warning: there are more than \(maxDifferent) different words, so the rarest were forgotten "
            + "while counting; counts may be too low by up to \(streamed.forgottenCount)")
      }
      text = streamed
    } else {
      text = CorpusBlocks(
        try Corpus(
          contentsOf: paths, name: stdin, minimumCount: minCount,
          maximumVocabulary: maxVocabulary ?? .max, form: form))
    }
    let left = text.vocabulary.counts[Vocabulary.unknownIndex]
    note(
      "text: \(visible(text.name)), \(text.tokenCount) words, \(text.vocabulary.count - 1) "
        + "different ones that are kept; \(left) words are of others")
    return text
  }

  /// The settings that are asked for.
  ///
  /// - Throws: `RunError.dimension`.
  private func settings(
    beginningWith initial: WordVectors?
  ) throws(RunError) -> TextTraining.Settings {
    var settings = Self.standard
    settings.dimension = dimension ?? initial?.dimension ?? settings.dimension
    settings.epochs = epochs
    settings.subsample = subsample
    settings.maxWindow = window
    settings.noiseWordsPerContext = negative
    settings.noiseSharing = shareNoise
    settings.optimizer = optimizer
    settings.learningRate = learningRate
    settings.isFalling = decay == .linear
    settings.batchSize = batchSize
    settings.seed = seed
    settings.threads = threads
    if let initial, initial.dimension != settings.dimension {
      throw RunError.dimension(asked: settings.dimension, initial: initial.dimension)
    }
    return settings
  }

  /// Says what one would type next.
  private func suggest(_ place: VectorsOutput, _ vectors: WordVectors) {
    let words = vectors.words.prefix(1000)
    let word = words.last { $0.count >= 4 && $0.allSatisfy(\.isLetter) } ?? words[0]
    let file = quoted(place.path)
    let array = place.path == "text.npy" ? "text2.npy" : "text.npy"
    note(
      """
      next:
        \(ownName) similar \(file) \(quoted(word))
        \(ownName) explore \(file)
        \(ownName) convert \(file) \(array)
      """)
  }
}

extension TextTraining.OptimizerName: ExpressibleByArgument {}
