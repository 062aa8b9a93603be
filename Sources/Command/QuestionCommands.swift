import ArgumentParser
import Files
import Foundation
import ProgramSupport
import Word2Vec

struct SimilarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "Lists the words nearest to a word, or to several together.",
    discussion: """
      Example: word2vec similar text.vec king --k 5

      Without a word, each line of stdin is a question: one word or more, with spaces between. The \
      answers have the question in their first column, or one line of JSON each.
      """)

  @OptionGroup var vectors: VectorsOptions
  @Argument(parsing: .allUnrecognized, help: "The words to be near to.")
  var words: [String] = []
  @Option(
    parsing: .unconditionalSingleValue,
    help: "A word to be far from; may be given several times.")
  var negative: [String] = []
  @OptionGroup var count: CountOption
  @OptionGroup var output: JSONOption

  func run() throws {
    guard words.isEmpty, negative.isEmpty else {
      let near = try vectors.read().mostSimilar(
        positive: given(words), negative: negative, k: count.k)
      return show(near, as: output)
    }
    guard vectors.file != "-" else {
      throw ValidationError("Give a word; stdin is taken for the vectors, and has no questions.")
    }
    guard isatty(STDIN_FILENO) == 0 else {
      throw ValidationError("Give a word, or questions on stdin, one a line.")
    }
    try answerLines(of: vectors.read())
  }

  /// Answers the questions of stdin, many at once.
  private func answerLines(of vectors: WordVectors) throws {
    var isAnyMissing = false
    var lines: [String] = []
    func answer() throws {
      let questions = lines.map { $0.split(separator: " ").map(String.init) }
      let known = questions.map { $0.allSatisfy { vectors.index(of: $0) != nil } }
      let asked = zip(questions, known).filter(\.1).map { WordVectors.Question(positive: $0.0) }
      var answers = try vectors.mostSimilar(asked, k: count.k).makeIterator()
      for (line, isKnown) in zip(lines, known) {
        guard isKnown, let near = answers.next() else {
          isAnyMissing = true
          note("note: \"\(visible(line))\" has a word without a vector.")
          if output.json { JSON.object([("query", .text(line)), ("neighbours", .null)]).print() }
          continue
        }
        if output.json {
          JSON.object([("query", .text(line)), ("neighbours", near.json)]).print()
        } else {
          let rows = near.map { "\(visible(line))\t\(fixed($0.cosine))\t\(visible($0.word))" }
          if !rows.isEmpty { Output.print(rows.joined(separator: "\n")) }
        }
      }
      lines.removeAll()
    }
    do {
      try forEachLine { line in
        lines.append(line)
        if lines.count == 4096 { try answer() }
      }
    } catch let error as FileError {
      try answer()
      throw error
    }
    try answer()
    if isAnyMissing { throw ExitCode(1) }
  }

  /// Hands the lines of stdin to `body`, their words with a space between.
  private func forEachLine(_ body: (String) throws -> Void) throws {
    let file = InputFile(path: "stdin", descriptor: dup(STDIN_FILENO))
    var input = BufferedInput(path: file.path) { buffer throws(FileError) in
      try file.read(into: buffer)
    }
    while let line = try input.nextLineOfText(limit: 1 << 20) {
      let isMarked = input.line == 1 && line.unicodeScalars.first == "\u{FEFF}"
      let text = isMarked ? String(line.unicodeScalars.dropFirst()) : line
      let words = text.split(whereSeparator: \.isWhitespace)
      if !words.isEmpty { try body(words.joined(separator: " ")) }
    }
  }
}

struct AnalogyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analogy",
    abstract: "Answers a sum of words, such as king - man + woman.",
    discussion: "Example: word2vec analogy text.vec king - man + woman")

  @OptionGroup var vectors: VectorsOptions
  @Argument(
    parsing: .allUnrecognized, help: "Words with + and - between them, or all in one argument.")
  var sum: [String]
  @OptionGroup var count: CountOption
  @OptionGroup var output: JSONOption

  func run() throws {
    var (positive, negative) = ([String](), [String]())
    let terms = given(sum).flatMap { $0.split(whereSeparator: \.isWhitespace) }
    // Words and signs take turns, so that of an even number the first one is a sign.
    let beginsWithSign = terms.count % 2 == 0 && ["+", "-"].contains(terms.first)
    var sign: Substring? = beginsWithSign ? nil : "+"
    for term in terms {
      switch (sign, term) {
      case (nil, "+"), (nil, "-"): sign = term
      case (nil, _):
        let hint = term.hasPrefix("+") || term.hasPrefix("-") ? "; put a space behind a sign." : "."
        throw ValidationError(
          "\"\(visible(String(term)))\" stands without + or - before it\(hint)")
      case ("-", _):
        negative.append(String(term))
        sign = nil
      default:
        positive.append(String(term))
        sign = nil
      }
    }
    guard sign == nil else { throw ValidationError("The sum ends without a word.") }
    show(
      try vectors.read().mostSimilar(positive: positive, negative: negative, k: count.k),
      as: output)
  }
}

struct DoesntMatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doesnt-match",
    abstract: "Names the word, of three or more, that does not go with the others.",
    discussion: "Example: word2vec doesnt-match text.vec breakfast lunch dinner car",
    aliases: ["doesn't-match"])

  @OptionGroup var asked: AskedWords

  func run() throws {
    let words = asked.words
    guard words.count >= 3 else { throw ValidationError("Give three words or more.") }
    let order = try asked.vectors.read().byCentrality(words)
    guard let odd = order.last else { return }
    if asked.output.json {
      JSON.object([("word", .text(odd.word)), ("words", order.json)]).print()
    } else {
      Output.print(visible(odd.word))
    }
  }
}

struct SimilarityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similarity",
    abstract: "Prints the cosine of two words.",
    discussion: "Example: word2vec similarity text.vec king queen")

  @OptionGroup var asked: AskedWords

  func run() throws {
    let words = asked.words
    guard words.count == 2 else { throw ValidationError("Give two words.") }
    let cosine = try asked.vectors.read().similarity(words[0], words[1])
    if asked.output.json {
      JSON.object([("cosine", .number(cosine))]).print()
    } else {
      Output.print(String(format: "%.6f", cosine))
    }
  }
}

/// The vectors and some of their words.
struct AskedWords: ParsableArguments {
  @OptionGroup var vectors: VectorsOptions
  @Argument(parsing: .allUnrecognized, help: "The words.")
  private var arguments: [String]
  @OptionGroup var output: JSONOption

  /// The words.
  var words: [String] { given(arguments) }
}

/// The words of a command line without the `--` that may stand before words that begin with a dash.
private func given(_ words: [String]) -> [String] {
  var words = words
  if let place = words.firstIndex(of: "--") { words.remove(at: place) }
  return words
}

/// Prints neighbours, the cosine first: words are of any length.
private func show(_ near: [WordVectors.Neighbour], as output: JSONOption) {
  if output.json {
    JSON.object([("neighbours", near.json)]).print()
  } else if near.isEmpty {
    note("note: there is no other word.")
  } else {
    let rows = near.map { "\($0.cosine < 0 ? "" : " ")\(fixed($0.cosine))  \(visible($0.word))" }
    Output.print(rows.joined(separator: "\n"))
  }
}

private func fixed(_ cosine: Float) -> String { String(format: "%.3f", Double(cosine)) }
