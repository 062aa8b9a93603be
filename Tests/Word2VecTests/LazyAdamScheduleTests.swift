import Foundation
import Testing

@testable import Word2Vec

@Suite("Lazy Adam, schedule")
struct LazyAdamScheduleTests {
  @Test("moves term by term as dense Adam in Double, at any q", arguments: [1, 7, 219, 220, 400])
  func slowMove(gap: Int) {
    let schedule = LazyAdamSchedule()
    for _ in 0..<30 + gap {
      schedule.advance(learningRate: 0.01)
      schedule.close()
    }
    for q in [0, 1e-10, 1e-8, 1e-4, 1] as [Float] {
      for m in [1e-3, -1e-9] as [Float] {
        var expected = 0.0
        for j in 1...gap {
          let (t, m) = (Double(30 + j), 0.1 * Double(m) * pow(0.9, Double(j)))
          let v = 0.001 * Double(q) * Double(q) * pow(0.999, Double(j))
          let root = (v / (1 - pow(0.999, t))).squareRoot()
          expected += 0.01 * m / (1 - pow(0.9, t)) / (root + 1e-8)
        }
        let got = schedule.present.move(since: 30, gradients: m, root: q)
        #expect(abs(Double(got) / expected - 1) < 1e-7, "q \(q), m \(m)")
      }
    }
  }

  @Test("sums the terms, their mean, variance and third moment")
  func sums() {
    let schedule = LazyAdamSchedule()
    for _ in 0..<25 {
      schedule.advance(learningRate: 0.01)
      schedule.close()
    }
    let terms = (6...25).map { t in
      let (j, t) = (Double(t - 5), Double(t))
      let root = ((1 - pow(0.999, t)) / 0.001).squareRoot()
      return (
        w: 0.01 * 0.1 * root / (1 - pow(0.9, t)) * pow(0.9 / 0.999.squareRoot(), j),
        e: 1e-8 * root / pow(0.999.squareRoot(), j)
      )
    }
    let total = terms.reduce(0) { $0 + $1.w }
    let mean = terms.reduce(0) { $0 + $1.w * $1.e } / total
    let moment = { n in terms.reduce(0) { $0 + $1.w * pow($1.e - mean, n) } / total }
    let sums = schedule.present.sums[5]
    #expect(abs(Double(sums.total) / total - 1) < 1e-6)
    #expect(abs(Double(sums.shift) / mean - 1) < 1e-6)
    #expect(abs(Double(sums.spread) / moment(2) - 1) < 1e-5)
    let limit = 0x1p23 * max(abs(moment(3)), pow(moment(2), 1.5))
    #expect(abs(Double(sums.skewLimit) / limit - 1) < 1e-4)
  }

  @Test("keeps powers of the decays, and steps that have not begun weigh nothing")
  func powers() {
    let schedule = LazyAdamSchedule()
    #expect(schedule.present.step == 0 && schedule.present.weight == 0)
    for _ in 0..<50 { schedule.advance(learningRate: 0.002) }
    let present = schedule.present
    #expect(present.step == 50)
    for k in [0, 1, 2, 17, 50] {
      #expect(abs(Double(present.decays[k].first) / pow(0.9, Double(k)) - 1) < 1e-7)
      #expect(abs(Double(present.decays[k].second) / pow(0.999, Double(k)) - 1) < 1e-7)
    }
    let root = ((1 - pow(0.999, 50)) / 0.001).squareRoot()
    #expect(abs(Double(present.weight) / (0.002 * 0.1 * root / (1 - pow(0.9, 50))) - 1) < 1e-6)
    #expect(abs(Double(present.epsilon) / (1e-8 * root) - 1) < 1e-6)
  }
}
