import ArgumentParser
import Files
import Foundation
import ProgramSupport
import Word2Vec

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Tests vectors by judged pairs of words, or by analogies.",
    discussion: """
      Example: word2vec evaluate text.vec wordsim353.tsv

      A set of pairs has lines of two words and a number with tabs between (WordSim-353, SimLex); one of \
      analogies has lines of four words below lines ": section" (questions-words.txt). Words without a \
      vector do not count. Counted as gensim's evaluate_word_pairs and evaluate_word_analogies do it.
      """)

  @OptionGroup var vectors: VectorsOptions
  @Argument(help: "The set of pairs or analogies.", completion: .file())
  var set: String
  @Flag(help: "Words differ that differ in capitals; otherwise of these the first counts.")
  var caseSensitive = false
  @Option(
    parsing: .unconditional,
    help: "How many of the words count, from the first on, which should be the most frequent.")
  var maxVocabulary = 300_000
  @OptionGroup var output: JSONOption

  func validate() throws {
    try requirePaths(["<set>": set])
    guard maxVocabulary >= 1 else {
      throw ValidationError("--max-vocabulary is \(maxVocabulary); give 1 or more.")
    }
  }

  func run() throws {
    switch try TestSet(contentsOf: set) {
    case .wordPairs(let pairs):
      if pairs.skippedLines > 0 { note("note: \(set): \(pairs.skippedLines) lines are no pair.") }
      let score = pairs.score(
        try vectors.read(), limit: maxVocabulary, isCaseSensitive: caseSensitive)
      guard score.pairs > 1 else {
        throw FileError(
          set,
          .malformed(
            "has \(score.pairs) pairs of words that have vectors; give a set in the vectors' "
              + "language, or vectors of a longer text"))
      }
      show(score)
    case .analogies(let analogies):
      if analogies.skippedLines > 0 {
        note("note: \(set): \(analogies.skippedLines) lines are no question of four words.")
      }
      let sections = analogies.score(
        try vectors.read(), limit: maxVocabulary, isCaseSensitive: caseSensitive)
      let all = Analogies.Score("all", of: sections)
      guard all.questions > 0 else {
        throw FileError(
          set,
          .malformed(
            "has no question whose four words have vectors; give a set in the vectors' language, or "
              + "vectors of a longer text"))
      }
      show(sections, all)
    }
  }

  private func show(_ score: WordPairs.Score) {
    if output.json {
      func interval(_ correlation: Correlation) -> JSON {
        correlation.interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) }
          ?? .null
      }
      JSON.object([
        ("spearman", .optional(score.spearman.value)), ("pearson", .optional(score.pearson.value)),
        ("pairs", .integer(score.pairs)), ("missing", .integer(score.missing)),
        ("spearman_interval", interval(score.spearman)),
        ("pearson_interval", interval(score.pearson)),
      ]).print()
      return
    }
    for (name, correlation) in [("spearman", score.spearman), ("pearson ", score.pearson)] {
      let value = correlation.value.map { String(format: "%.4f", $0) } ?? "none"
      let interval =
        correlation.interval.map {
          String(format: "   95 %% from %.4f to %.4f", $0.lowerBound, $0.upperBound)
        } ?? ""
      Output.print("\(name)  \(value)\(interval)")
    }
    Output.print("pairs     \(score.pairs), \(score.missing) more have a word without a vector")
  }

  private func show(_ sections: [Analogies.Score], _ all: Analogies.Score) {
    if output.json {
      func json(_ score: Analogies.Score) -> [(String, JSON)] {
        [
          ("accuracy", .optional(score.accuracy)), ("correct", .integer(score.correct)),
          ("questions", .integer(score.questions)), ("missing", .integer(score.missing)),
        ]
      }
      let list = JSON.array(sections.map { .object([("section", .text($0.name))] + json($0)) })
      JSON.object(json(all) + [("sections", list)]).print()
      return
    }
    for score in sections + [all] {
      let share = score.accuracy.map { String(format: "%5.1f %%", 100 * $0) } ?? "   none"
      let counts = "\(score.correct) of \(score.questions), \(score.missing) missing"
      Output.print("\(share)  \(visible(score.name)): \(counts)")
    }
  }
}

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Writes vectors in another format.",
    discussion: """
      Example: word2vec convert text.vec text.npy

      The new file's ending says the format: .bin is word2vec binary, .vec word2vec text, .npy an array \
      with the words in .words.txt, .tsv vectors for TensorBoard's projector with the words in \
      .metadata.tsv; each also with .gz. Any other ending needs --format.
      """)

  @OptionGroup var vectors: VectorsOptions
  @Argument(help: "The file to write.", completion: .file())
  var output: String
  @Option(help: "The format to write: text, binary, glove, npy or tsv.")
  var format: FormatName?
  @OptionGroup var result: JSONOption

  func validate() throws { try requirePaths(["<output>": output]) }

  func run() throws {
    let place = try VectorsOutput(output, format)
    try OutputPath.check(place.outputs, apartFrom: vectors.files)
    let read = try vectors.read()
    try read.write(to: place.path, format: place.format)
    guard result.json else { return Output.print(visible(place.sentence(read))) }
    JSON.object([
      ("file", .text(place.path)), ("format", .text(FormatName(place.format).rawValue)),
      ("words", .integer(read.count)), ("dimension", .integer(read.dimension)),
    ]).print()
  }
}

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Tells what is in a file of vectors.",
    discussion: "Example: word2vec info text.vec")

  @OptionGroup var vectors: VectorsOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    let (read, format) = try vectors.readWithFormat()
    let name = FormatName(format).rawValue
    let lengths = read.lazy.map { word, vector in
      vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }.sorted()
    let some = [lengths[0], lengths[lengths.count / 2], lengths[lengths.count - 1]]
    if output.json {
      JSON.object([
        ("file", .text(vectors.file)), ("format", .text(name)), ("words", .integer(read.count)),
        ("dimension", .integer(read.dimension)),
        (
          "lengths",
          .object(Array(zip(["least", "median", "greatest"], some.map(JSON.number))))
        ), ("first", .array(read.words.prefix(10).map(JSON.text))),
      ]).print()
      return
    }
    Output.print(
      """
      format     \(name)
      words      \(read.count)
      dimension  \(read.dimension)
      lengths    \(some.map { String(format: "%.4g", $0) }.joined(separator: ", ")) \
      (least, median, greatest)
      first      \(read.words.prefix(10).map(visible).joined(separator: " "))
      """)
  }
}
