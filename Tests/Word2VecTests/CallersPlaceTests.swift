import Foundation
import RandomStreams
import Testing
import Word2Vec

/// What a wrong number on a page ends in: one sentence behind the page's own file and line.
@Suite("The caller's place") struct CallersPlaceTests {
  @Test("a shape that does not hold the values")
  func shape() async {
    let result = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) {
      var mxnet = MXNetUniform(seed: 0)
      let weight = mxnet.uniform(count: 20 * 5, scale: 0.07)
      #sourceLocation(file:"Page/main.swift",line:38)
      _ = Embedding(weight: Tensor(shape: [20, 4], values: weight))
      #sourceLocation()
    }
    expect(result, ":38: shape (20, 4) does not hold 100 values")
  }

  @Test("an index outside the table")
  func index() async {
    let result = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) {
      let embedding = Embedding(weight: Tensor(repeating: 0, shape: [20, 4]))
      #sourceLocation(file:"Page/main.swift",line:54)
      _ = embedding(Indices([[1, 2, 3], [4, 5, 20]]))
      #sourceLocation()
    }
    expect(result, ":54: index 20 at position 5 is outside a table of 20 rows")
  }

  /// Expects one line on stderr, which ends in `ending` behind the page's file.
  private func expect(
    _ result: ExitTest.Result?, _ ending: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let lines = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      .split(separator: "\n")
    #expect(
      lines.count == 1 && lines.first?.hasSuffix("main.swift" + ending) == true, "\(lines)",
      sourceLocation: sourceLocation)
  }
}
