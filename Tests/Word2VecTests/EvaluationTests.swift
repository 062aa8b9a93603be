import Files
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Correlations")
struct CorrelationTests {
  private let x = [1.0, 2, 2, 4, 5, 6.5, 7]
  private let y = [2.0, 1, 3, 3, 6, 5, 9]

  @Test("are those of SciPy's pearsonr and spearmanr")
  func values() throws {
    let pearson = try #require(Correlation.pearson(x, y).value)
    let spearman = try #require(Correlation.spearman(x, y).value)
    #expect(abs(pearson - 0.869_744_236_730_666_9) < 1e-12)
    #expect(abs(spearman - 0.881_818_181_818_181_8) < 1e-12)
    #expect(Correlation.ranks(x) == [1, 2.5, 2.5, 4, 5, 6, 7])
  }

  @Test("have an interval in Fisher's z")
  func intervals() throws {
    let pearson = try #require(Correlation.pearson(x, y).interval)
    #expect(abs(pearson.lowerBound - 0.338_189_242_270_708_57) < 1e-9, "\(pearson)")
    #expect(abs(pearson.upperBound - 0.980_564_213_079_117) < 1e-9, "\(pearson)")
    let spearman = try #require(Correlation.spearman(x, y).interval)
    #expect(abs(spearman.lowerBound - 0.225080304436) < 1e-9)
    #expect(abs(spearman.upperBound - 0.987606774821) < 1e-9)
  }

  @Test("do not exist of too few numbers, or of one that stays")
  func none() {
    #expect(Correlation.pearson([1], [2]).value == nil)
    #expect(Correlation.pearson([1, 1, 1], [1, 2, 3]).value == nil)
    #expect(Correlation.spearman([1, 2, 3], [1, 2, 3]).value == 1)
    #expect(Correlation.spearman([1, 2, 3, 4], [1, 2, 3, 4]).interval == nil)
  }
}

@Suite("Tests of vectors")
struct EvaluationTests {
  private let vectors = WordVectors(
    words: ["King", "queen", "man", "woman", "king", "paris"],
    vectors: Tensor([[1, 1, 0], [1, -1, 0], [0.2, 1, 0], [0.2, -1, 0], [0, 0, 1], [0, 1, 1]]))

  @Test("count pairs of words in any capitals, the first of such words")
  func pairs() throws {
    let text = "# remark\nking\tman\t9\nQUEEN\tWoman\t8\nking\tqueen\t3\nking\tcat\t1\nbad line\n"
    let pairs = try withTemporaryFile(text.utf8) { try WordPairs(contentsOf: $0) }
    #expect(pairs.count == 4 && pairs.skippedLines == 1)
    let score = pairs.score(vectors)
    #expect(score.pairs == 3 && score.missing == 1)
    // The first "king" has the same cosine with man as queen with woman, and 0 with queen.
    #expect(abs(try #require(score.spearman.value) - 0.866_025_403_784) < 1e-9)
    #expect(pairs.score(vectors, isCaseSensitive: true).pairs == 2)
    #expect(pairs.score(vectors, limit: 3).pairs == 2)
  }

  @Test("count analogies by section")
  func analogies() throws {
    let text = ": one\nman king woman queen\nMan King Woman Paris\nman king woman dog\n: two \nx\n"
    let analogies = try withTemporaryFile(text.utf8) { try Analogies(contentsOf: $0) }
    #expect(analogies.count == 3 && analogies.skippedLines == 1)
    let scores = analogies.score(vectors)
    #expect(scores.map(\.name) == ["one", "two"])
    #expect(scores.map(\.correct) == [1, 0])
    #expect(scores.map(\.questions) == [2, 0])
    #expect(scores.map(\.missing) == [1, 0])
    #expect(Analogies.Score("all", of: scores).accuracy == 0.5)
    #expect(scores[1].accuracy == nil)
  }

  @Test("say what is wrong with a file")
  func faults() throws {
    for text in ["", "# only\n", "a b\n"] {
      _ = try withTemporaryFile(text.utf8) { path in
        #expect(throws: FileError.self) { try WordPairs(contentsOf: path) }
      }
    }
    for text in ["a b c d\n", ": one\n", ": one\na b c\n"] {
      _ = try withTemporaryFile(text.utf8) { path in
        #expect(throws: FileError.self) { try Analogies(contentsOf: path) }
      }
    }
    let set = try withTemporaryFile("# remark\n: one\na b c d\n".utf8) {
      try TestSet(contentsOf: $0)
    }
    guard case .analogies(let analogies) = set else {
      Issue.record("\(set)")
      return
    }
    #expect(analogies.count == 1)
  }
}
