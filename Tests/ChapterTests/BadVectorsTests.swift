import Foundation
import Testing

private let vectors = "3 2\nchip 1 0\nintel 0.5 0.5\nship 0 1\n"

private let badVectors: [BadRun] =
  [
    ("nowhere.vec", nil, [], ["nowhere.vec: no such file", "check the path"]),
    ("empty.vec", "", [], ["empty.vec", "line 1", "give word vectors"]),
    ("words.vec", "the cat sat\n", [], ["words.vec", "line 1", "number of words"]),
    ("header.vec", "3\nchip 1 0\n", [], ["header.vec", "line 1"]),
    ("header.vec", "-3 2\nchip 1 0\n", [], ["header.vec", "line 1"]),
    ("huge.vec", "9223372036854775807 9\nchip 1 0\n", [], ["huge.vec", "line 2"]),
    ("more.vec", "5 2\nchip 1 0\nintel 0 1\n", [], ["more.vec has 2 rows where the header says 5", "cut short"]),
    ("fewer.vec", "1 2\nchip 1 0\nintel 0 1\n", [], ["fewer.vec, line 3", "header"]),
    ("cut.vec", String(vectors.dropLast(3)), [], ["cut.vec ends in row 3 of 3", "cut short"]),
    ("wide.vec", "1 3\nchip 1 0\n", [], ["wide.vec, line 2 has 2 values", "3"]),
    ("nan.vec", "1 2\nchip 1 nan\n", [], ["nan.vec, line 2", "\"nan\"", "not a finite number"]),
    ("good.vec", vectors, ["--k", "3"], ["3 neighbours asked for", "ask for 1 to 2"]),
    ("good.vec", vectors, ["--query", "chipp", "--k", "1"], ["\"chipp\"", "did you mean chip"]),
    ("one.vec", "1 2\nchip 1 0\n", [], ["There is no other word"]),
    ("other.vec", "2 1\none 1\ntwo 2\n", ["--k", "1"], ["--query"]),
  ].map { name, text, options, says in
    var bad = BadRun(
      "chapter-similar-tokens", "--vectors", name,
      files: text.map { [name: .text($0)] } ?? [:], says: says)
    bad.arguments += options
    return bad
  } + [
    // Found before the vectors are trained
    BadRun(
      "chapter-similar-tokens", "--corpus", "embedded", "--k", "1000000",
      says: ["1000000 neighbours asked for", "ask for 1 to 1102"]),
    BadRun(
      "chapter-similar-tokens", "--corpus", "embedded", "--query", "microproccesor",
      says: ["\"microproccesor\" has no vector", "did you mean processor"]),
    BadRun(
      "chapter-similar-tokens", "--corpus", "embedded", "--query", "",
      says: ["\"\" has no vector"]),
  ]

@Suite("Vectors and questions that give no neighbours")
struct BadVectorsTests {
  @Test("get one sentence", arguments: badVectors)
  func refused(_ bad: BadRun) throws {
    try expectRefusal(bad)
  }
}
