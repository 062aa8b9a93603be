import Testing

@testable import Word2Vec

@Suite("Questions to word vectors")
struct QuestionsTests {
  private let plane = WordVectors(
    words: ["<unk>", "east", "north", "north-east", "west", "also-north"],
    vectors: Tensor([[1, 1], [2, 0], [0, 3], [1, 1], [-1, 0], [0, 0.5]]))

  @Test("are answered by the cosine as it is defined, however short the vectors")
  func cosine() throws {
    let vectors = WordVectors(
      words: ["alpha", "beta", "gamma", "zero"],
      vectors: Tensor([[0.001, 0], [0.001, 0], [10, 10], [0, 0]]))
    let near = try vectors.mostSimilar(to: "alpha")
    #expect(near.map(\.word) == ["beta", "gamma", "zero"])
    #expect(near.map(\.cosine) == [1, Float(0.5).squareRoot(), 0])
    #expect(abs(try vectors.similarity("alpha", "gamma") - 0.5.squareRoot()) < 1e-12)
    #expect(try vectors.similarity("alpha", "zero") == 0)
    for scale in [1e-30, 1e30] as [Float] {
      let scaled = WordVectors(
        words: vectors.words,
        vectors: Tensor(shape: [4, 2], values: vectors.vectors.values.map { $0 * scale }))
      #expect(try scaled.mostSimilar(to: "alpha").map(\.word) == near.map(\.word))
    }
  }

  @Test("list the nearest first, ties by row, without the words asked for, at most all")
  func order() throws {
    let found = try plane.mostSimilar(to: "north-east", k: 100)
    #expect(found.map(\.word) == ["<unk>", "east", "north", "also-north", "west"])
    #expect(try plane.mostSimilar(to: "north-east", k: .max) == found)
    #expect(try plane.mostSimilar(to: "east", k: 0).isEmpty)
    let sum = try plane.mostSimilar(positive: ["east", "north"], negative: ["west"], k: 2)
    #expect(sum.map(\.word) == ["<unk>", "north-east"])
    let same = WordVectors(
      words: (0..<5000).map { "w\($0)" }, vectors: Tensor(repeating: 1, shape: [5000, 3]))
    #expect(try same.mostSimilar(to: "w2", k: 3).map(\.word) == ["w0", "w1", "w3"])
  }

  @Test("name the word that does not match")
  func oddOne() throws {
    let order = try plane.byCentrality(["north", "west", "also-north", "north-east"])
    #expect(order.last?.word == "west" && order.count == 4)
    #expect(try plane.analogy("east", "north", "west", k: 1).map(\.word) == ["also-north"])
  }

  @Test("are answered as by the definition, one or many at once")
  func definition() throws {
    var random = SplitMix(state: 7)
    let (count, d) = (3000, 17)
    let rows = (0..<count).map { i in
      (0..<d).map { _ in Float(random.below(2001) - 1000) / (i % 3 == 0 ? 5 : 500_000) }
    }
    let vectors = WordVectors(words: (0..<count).map { "w\($0)" }, vectors: Tensor(rows))
    let questions = (0..<300).map { i in
      WordVectors.Question(
        positive: ["w\(i)", "w\(7 * i)"], negative: i % 2 == 0 ? [] : ["w\(i + 900)"])
    }
    let answers = try vectors.mostSimilar(questions, k: 12)
    for (question, answer) in zip(questions, answers) {
      #expect(
        try answer
          == vectors.mostSimilar(positive: question.positive, negative: question.negative, k: 12))
    }
    func unit(_ row: [Float]) -> [Double] {
      let length = row.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      return row.map { Double($0) / length }
    }
    let units = rows.map(unit)
    for (question, answer) in zip(questions, answers).prefix(20) {
      let asked = (question.positive + question.negative).compactMap { vectors.index(of: $0) }
      var sum = [Double](repeating: 0, count: d)
      for (place, row) in asked.enumerated() {
        for k in 0..<d { sum[k] += (place < question.positive.count ? 1 : -1) * units[row][k] }
      }
      let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let cosines = units.map { zip($0, sum).reduce(0) { $0 + $1.0 * $1.1 } / length }
      let expected = (0..<count).filter { !asked.contains($0) }
        .sorted { cosines[$0] > cosines[$1] }.prefix(12)
      #expect(answer.map(\.word) == expected.map { "w\($0)" })
      for (near, row) in zip(answer, expected) {
        #expect(abs(Double(near.cosine) - cosines[row]) < 1e-6)
      }
    }
  }

  @Test("of words without vectors are refused")
  func unknown() {
    #expect(throws: WordVectorsError.unknownWord("norht", closest: ["north"])) {
      try plane.similarity("east", "norht")
    }
  }
}
