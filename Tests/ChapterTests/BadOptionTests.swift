import Foundation
import Testing

private let badOptions: [BadRun] =
  [
    ("--epochs", "0"), ("--epochs", "-3"), ("--epochs", "9000000000000000000"),
    ("--lr", "nan"), ("--lr", "-1"), ("--lr", "0"), ("--lr", "inf"),
    ("--batch-size", "0"), ("--batch-size", "9223372036854775807"), ("--embed-size", "0"),
    ("--max-window", "0"), ("--max-window", "9223372036854775807"), ("--noise-words", "0"),
    ("--noise-words", "9223372036854775807"), ("--threads", "0"), ("--threads", "100000"),
    ("--min-freq", "0"),
  ].map { option, value in
    BadRun("chapter-training", option, value, status: 64, says: ["\(option) is", "give "])
  }
  + ["--save", "--figure", "--trace", "--compare", "--checkpoint", "--resume"].map {
    BadRun(
      "chapter-training", $0, "", status: 64, says: ["\($0) is empty; give the path of a file."])
  } + [
    BadRun(
      "chapter-training", "--seed", "-1", status: 64,
      says: ["'-1' is invalid for '--seed", "--help"]),
    BadRun(
      "chapter-dataset", "--seed", "-1", status: 64,
      says: ["'-1' is invalid for '--seed", "--help"]),
    BadRun(
      "chapter-training", "--epochs", "99999999999999999999", status: 64,
      says: ["'99999999999999999999' is invalid for '--epochs"]),
    BadRun(
      "chapter-training", "--epochs", "five", status: 64,
      says: ["'five' is invalid for '--epochs"]),
    BadRun(
      "chapter-training", "--engine", "quick", status: 64,
      says: ["'quick' is invalid for '--engine", "fused", "reference"]),
    BadRun(
      "chapter-training", "--table", "rows", status: 64,
      says: ["'rows' is invalid for '--table", "centers", "contexts", "both"]),
    BadRun(
      "chapter-training", "--table", "both", "--trace", "t.json", status: 64,
      says: ["trace holds the vectors of words as centres", "--table"]),
    BadRun(
      "chapter-training", "--tab", "both", "--save", "a.vec", status: 64,
      says: ["--tab both", "two of each file", "--save"]),
    BadRun(
      "chapter-training", "--tab", "both", "--seed", "4294967296", status: 64,
      says: ["NumPy", "0 to 4294967295"]),
    BadRun("chapter-training", "--epoch", "3", status: 64, says: ["'--epoch'", "'--epochs'"]),
    BadRun("chapter-training", "--epochs", status: 64, says: ["Missing value for '--epochs"]),
    BadRun("chapter-training", "text.txt", status: 64, says: ["text.txt", "--help"]),
    BadRun("chapter-training", "--corpus", "", status: 64, says: ["--corpus is empty", "give"]),
    BadRun("chapter-similar-tokens", "--vectors", "", status: 64, says: ["--vectors is empty"]),
    BadRun("chapter-exercises", "--engines", "", status: 64, says: ["--engines is empty"]),
    BadRun("chapter-skip-gram", "--epochs", "3", status: 64, says: ["--epochs", "--help"]),
    BadRun("chapter-similar-tokens", "--k", "0", status: 64, says: ["--k is 0", "give 1"]),
    BadRun("chapter-similar-tokens", "--k", "-2", status: 64, says: ["--k is -2", "give 1"]),

    // What the options allow and the machine or the numbers do not
    BadRun(
      "chapter-training", "--corpus", "embedded", "--embed-size", "100000000",
      says: ["GB of memory", "smaller --embed-size"]),
    BadRun(
      "chapter-training", "--corpus", "embedded", "--noise-words", "1000000",
      says: ["GB of memory", "--noise-words"]),
    BadRun(
      "chapter-training", "--corpus", "embedded", "--resample", "--noise-words", "100000",
      "--batch-size", "5000", says: ["GB of memory", "smaller --embed-size, --batch-size"]),
    BadRun(
      "chapter-training", "--corpus", "embedded", "--lr", "1e25", failsInTraining: true,
      says: ["not a finite number after step", "smaller learning rate", "(--lr)"]),
  ]

@Suite("Wrong options")
struct BadOptionTests {
  @Test("get one sentence and status 64", arguments: badOptions)
  func refused(_ bad: BadRun) throws {
    try expectRefusal(bad)
  }
}
