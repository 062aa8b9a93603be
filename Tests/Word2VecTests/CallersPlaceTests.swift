import Foundation
import Testing
import Word2Vec

/// What a wrong number on a page ends in: one sentence behind the page's own file and line.
@Suite("The caller's place") struct CallersPlaceTests {
  @Test("a shape that does not hold the values")
  func shape() async {
    let result = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) { wrongShape() }
    expect(result, "\(wrongShapeLine): shape (20, 4) does not hold 100 values")
  }

  @Test("an index outside the table")
  func index() async {
    let result = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) { wrongIndex() }
    expect(result, "\(wrongIndexLine): index 20 at position 5 is outside a table of 20 rows")
  }

  /// Expects one line on stderr: this file's name, then `ending`.
  private func expect(
    _ result: ExitTest.Result?, _ ending: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let lines = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      .split(separator: "\n").map(String.init)
    #expect(
      lines == ["Word2VecTests/CallersPlaceTests.swift:" + ending], sourceLocation: sourceLocation)
  }
}

// Outside of the exit tests, whose macro gives its own line for all of them.

private let wrongShapeLine: UInt = #line + 2
private func wrongShape() {
  _ = Embedding(weight: Tensor(shape: [20, 4], values: [Float](repeating: 0, count: 100)))
}

private let wrongIndexLine: UInt = #line + 3
private func wrongIndex() {
  let embedding = Embedding(weight: Tensor(repeating: 0, shape: [20, 4]))
  _ = embedding(Indices([[1, 2, 3], [4, 5, 20]]))
}
