import Foundation
import RandomStreams
import Testing
import Word2Vec

/// What a wrong number on a page ends in: one sentence behind the page's own file and line.
@Suite("The caller's place") struct CallersPlaceTests {
  /// Lines of a page; outside the tests, whose macro has one line for all that is inside it.
  private enum Page {
    static let shapeLine = #line + 4
    static func shape() {
      var mxnet = MXNetUniform(seed: 0)
      let weight = mxnet.uniform(count: 20 * 5, scale: 0.07)
      _ = Embedding(weight: Tensor(shape: [20, 4], values: weight))
    }

    static let indexLine = #line + 3
    static func index() {
      let embedding = Embedding(weight: Tensor(repeating: 0, shape: [20, 4]))
      _ = embedding(Indices([[1, 2, 3], [4, 5, 20]]))
    }
  }

  @Test("a shape that does not hold the values")
  func shape() async {
    let result = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) { Page.shape() }
    expect(result, "\(Page.shapeLine): shape (20, 4) does not hold 100 values")
  }

  @Test("an index outside the table")
  func index() async {
    let result = await #expect(
      processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]
    ) { Page.index() }
    expect(result, "\(Page.indexLine): index 20 at position 5 is outside a table of 20 rows")
  }

  /// Expects one line on stderr: this file, then `sentence`.
  private func expect(
    _ result: ExitTest.Result?, _ sentence: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        == "\(#fileID):\(sentence)\n", sourceLocation: sourceLocation)
  }
}
