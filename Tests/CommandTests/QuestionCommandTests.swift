import Foundation
import Literate
import Testing

@Suite("word2vec's questions")
struct QuestionCommandTests {
  private let vectors = "alpha 0.001 0\nbeta 0.001 0\ngamma 10 10\n-lrb- 0 2\n\u{1B}[2J 0 -1\n"

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.put("a.txt", vectors)
    return place
  }

  @Test(
    "are answered",
    arguments: [
      ("similar a.txt alpha --k 2", " 1.000  beta\n 0.707  gamma\n"),
      (
        "similar a.txt alpha --k 2 --json",
        #"{"neighbours": [{"word": "beta", "cosine": 1.0}, {"word": "gamma", "cosine": 0.70710677}]}"#
          + "\n"
      ),
      ("similar a.txt -lrb- --k 1", " 0.707  gamma\n"),
      ("similar a.txt --k 1 -- -lrb-", " 0.707  gamma\n"),
      ("similar a.txt gamma alpha --negative -lrb- --k 2", " 0.986  beta\n 0.169  \\u{1B}[2J\n"),
      ("analogy a.txt alpha - beta + gamma --k 1", " 0.707  -lrb-\n"),
      ("analogy a.txt + alpha - beta + gamma --k 1", " 0.707  -lrb-\n"),
      ("analogy a.txt - -lrb- --k 1", " 1.000  \\u{1B}[2J\n"),
      ("analogy a.txt 'gamma - -lrb-' --k 1 --json", #"{"neighbours": [{"word": "alpha", "#),
      ("doesnt-match a.txt alpha beta -lrb-", "-lrb-\n"),
      ("similarity a.txt alpha gamma", "0.707107\n"),
      ("similarity a.txt alpha gamma --json", #"{"cosine": 0.70710678"#),
      ("similar a.txt --k 1 < questions", "alpha\t1.000\tbeta\nalpha gamma\t0.924\tbeta\n"),
      (
        "similar a.txt --k 1 --json < questions",
        #"{"query": "alpha", "neighbours": [{"word": "beta", "cosine": 1.0}]}"# + "\n"
      ),
    ])
  func answers(line: String, begins: String) throws {
    let place = try place()
    try place.put("questions", "alpha\n\nalpha gamma\n")
    let run = try place.shell("word2vec \(line)")
    #expect(run.status == 0 && run.stderr == "", "\(run.stderr)")
    #expect(run.stdout.hasPrefix(begins), "\(run.stdout)")
    #expect(!run.stdout.utf8.contains(0x1B))
  }

  @Test(
    "that have no answer get a sentence",
    arguments: [
      ("similar a.txt alpah", 1, "did you mean alpha?"), ("similar b.txt x", 1, "no such file"),
      ("similar a.txt x --k 0", 64, "--k is 0"), ("analogy a.txt alpha beta", 64, "without + or -"),
      ("analogy a.txt alpha +", 64, "ends without a word"),
      ("analogy a.txt alpha -beta", 64, "put a space behind a sign."),
      ("similar a.txt alpha --words b", 64, "--words is no option"),
      ("similar a.txt 'alpha beta'", 1, "give each word as an argument of its own"),
      ("similar a.txt ''", 1, "\"\" has no vector; ask for a word"),
      ("doesnt-match a.txt alpha beta", 64, "three words"),
      ("similarity a.txt alpha", 64, "two words"), ("nonsense", 64, "nonsense"),
      ("info c.txt", 1, "the header says 1"), ("info d.bin", 1, "(--lenient)"),
    ])
  func refused(line: String, status: Int32, says: String) throws {
    let place = try place()
    try place.put("c.txt", "1 1\na 1 2\n")
    try place.put("d.bin", "3 2\na 1 2\nb 3 4\n")
    let run = try place.shell("word2vec \(line)")
    #expect(run.status == status && run.stdout == "")
    let sentence = run.stderr.split(separator: "\n").last ?? ""
    #expect(sentence.hasPrefix("error: ") && sentence.contains(says), "\(sentence)")
  }

  @Test("from stdin go on behind a word without a vector, and end with status 1")
  func missing() throws {
    let run = try place().shell("printf 'zzz\\nalpha\\n' | word2vec similar a.txt --k 1")
    #expect(run.status == 1 && run.stdout == "alpha\t1.000\tbeta\n")
    #expect(run.stderr == "note: \"zzz\" has a word without a vector.\n")
  }

  @Test(
    "from stdin that are no text end the answers with a sentence",
    arguments: [
      ("printf 'alpha\\ncaf\\351\\n'", "stdin, line 2 is not UTF-8; convert"),
      ("{ echo alpha; cat /dev/zero; }", "stdin, line 2 is longer than 1048576 bytes"),
    ])
  func noText(make: String, says: String) throws {
    let run = try place().shell("\(make) 2>&- | word2vec similar a.txt --k 1")
    #expect(run.status == 1 && run.stdout == "alpha\t1.000\tbeta\n")
    #expect(run.stderr.contains(says), "\(run.stderr)")
    let marked = try place().shell("printf '\\357\\273\\277alpha' | word2vec similar a.txt --k 1")
    #expect(marked.status == 0 && marked.stdout == "alpha\t1.000\tbeta\n")
  }

  @Test("without any, say what to type first")
  func nothing() throws {
    let run = try Workplace().run()
    #expect(run.status == 0 && run.stdout.contains("train text.txt -o text.vec"))
  }

  @Test(
    "have help with an example",
    arguments: [
      "train", "similar", "analogy", "doesnt-match", "similarity", "evaluate", "convert", "info",
      "explore",
    ])
  func help(command: String) throws {
    let run = try Workplace().run(command, "--help")
    #expect(run.status == 0 && run.stdout.contains("Example: word2vec \(command) "))
  }
}
