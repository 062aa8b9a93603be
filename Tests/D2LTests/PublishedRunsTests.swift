import D2L
import Foundation
import Testing

@Suite("The published runs")
struct PublishedRunsTests {
  @Test("are 37 of each tab, and the MXNet tab's 0.407 is the rarer of its losses")
  func counts() {
    for tab in Tab.allCases {
      let runs = PublishedRuns(of: tab)
      #expect(runs.count == 37 && runs.marks.count == 25 && runs.epochMarks.count == 5)
      #expect(runs.printed.reduce(0) { $0 + $1.count } == 37)
      #expect(runs.firstNeighbours.reduce(0) { $0 + $1.count } == 37)
      #expect(runs.finals == runs.finals.sorted())
      for (loss, count) in runs.printed {
        #expect(runs.finals.count { String(format: "%.3f", $0) == loss } == count)
      }
    }
    let mxnet = PublishedRuns(of: .mxnet)
    #expect(mxnet.printed.map(\.loss) == ["0.407", "0.408"])
    #expect(mxnet.printed.map(\.count) == [5, 32])
    let means = [0.49031, 0.45637, 0.43672, 0.42102, 0.40773]
    #expect(zip(mxnet.epochMarks, means).allSatisfy { abs($0.mean - $1) < 6e-6 })
  }
}

@Suite("Two samples")
struct TwoSamplesTests {
  @Test("the distance is the greatest between the shares below a value")
  func distance() {
    #expect(TwoSamples([1, 2, 3, 4], [1, 2, 3, 4]).distance == 0)
    #expect(TwoSamples([1, 2], [3, 4, 5]).distance == 1)
    #expect(TwoSamples([4, 1, 3, 2], [2.5, 3.5]).distance == 0.5)
    #expect(TwoSamples([1, 1, 1, 2], [1, 2, 2, 2]).distance == 0.5)  // equal values go together
    #expect(TwoSamples([0, 9], [4, 5]).distance == 0.5)  // as wide apart, not beside each other
  }

  @Test("the limit is the table's: 0.372 for 40 and 37, 0.515 for two samples of 20")
  func limit() {
    let (a, b) = ((0..<40).map(Double.init), (0..<37).map(Double.init))
    #expect(abs(TwoSamples(a, b).limit - 0.3713) < 1e-4)
    #expect(abs(TwoSamples(Array(a.prefix(20)), Array(b.prefix(20))).limit - 0.5147) < 1e-4)
  }

  @Test("samples of one distribution agree as often as the level says")
  func level() {
    var (random, apart) = (SystemRandomNumberGenerator(), 0)
    for _ in 0..<2000 {
      let draws = (0..<77).map { _ in Double.random(in: 0..<1, using: &random) }
      apart += TwoSamples(Array(draws[..<40]), Array(draws[40...])).agree ? 0 : 1
    }
    #expect(apart < 60, "\(apart) of 2000")  // 20 on average, 4.4 the deviation
    #expect(apart > 2, "\(apart) of 2000")
  }
}
