import Foundation
import Testing

@testable import Word2Vec

@Suite("Adam's clock")
struct AdamClockTests {
  @Test("moves term by term as dense Adam in Double, at any q", arguments: [1, 7, 219, 220, 400])
  func slowMove(gap: Int) {
    let clock = AdamClock(Adam())
    for _ in 0..<30 + gap {
      clock.advance(learningRate: 0.01)
      clock.close()
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
        let got = clock.present.move(since: 30, gradients: m, root: q)
        #expect(abs(Double(got) / expected - 1) < 1e-7, "q \(q), m \(m)")
      }
    }
  }

  @Test("sums the terms, their mean, variance and third moment")
  func sums() {
    let clock = AdamClock(Adam())
    for _ in 0..<25 {
      clock.advance(learningRate: 0.01)
      clock.close()
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
    let sums = clock.present.sums(since: 5)
    #expect(abs(Double(sums.total) / total - 1) < 1e-6)
    #expect(abs(Double(sums.shift) / mean - 1) < 1e-6)
    #expect(abs(Double(sums.spread) / moment(2) - 1) < 1e-5)
    let limit = 0x1p23 * max(abs(moment(3)), pow(moment(2), 1.5))
    #expect(abs(Double(sums.skewLimit) / limit - 1) < 1e-4)
  }

  @Test("keeps powers of the decays, and steps that have not begun weigh nothing")
  func powers() {
    let clock = AdamClock(Adam())
    #expect(clock.present.step == 0 && clock.present.weight == 0)
    for _ in 0..<50 { clock.advance(learningRate: 0.002) }
    let present = clock.present
    #expect(present.step == 50)
    for k in [0, 1, 2, 17, 50] {
      #expect(abs(Double(present.decay(over: k).first) / pow(0.9, Double(k)) - 1) < 1e-7)
      #expect(abs(Double(present.decay(over: k).second) / pow(0.999, Double(k)) - 1) < 1e-7)
    }
    let root = ((1 - pow(0.999, 50)) / 0.001).squareRoot()
    #expect(abs(Double(present.weight) / (0.002 * 0.1 * root / (1 - pow(0.9, 50))) - 1) < 1e-6)
    #expect(abs(Double(present.epsilon) / (1e-8 * root) - 1) < 1e-6)
  }

  @Test("moves by the ε of its place and of the gradient's factor, as dense Adam in Double")
  func epsilonPlaces() {
    for place in Adam.EpsilonPlace.allCases {
      for factor in [1, 1.0 / 512] {
        let clock = AdamClock(Adam(epsilonPlace: place, gradientFactor: factor))
        for _ in 0..<40 {
          clock.advance(learningRate: 0.01)
          clock.close()
        }
        let q: Float = 1e-6  // √v of the scaled gradient is of ε's size
        var expected = 0.0
        for j in 1...10 {
          let (t, m) = (Double(30 + j), 0.1 * factor * 1e-3 * pow(0.9, Double(j)))
          let root = factor * (0.001 * pow(0.999, Double(j))).squareRoot() * Double(q)
          let correction = (1 - pow(0.999, t)).squareRoot()
          let denominator =
            place == .corrected ? root / correction + 1e-8 : (root + 1e-8) / correction
          expected += 0.01 * m / (1 - pow(0.9, t)) / denominator
        }
        let got = clock.present.move(since: 30, gradients: 1e-3, root: q)
        #expect(abs(Double(got) / expected - 1) < 1e-6, "\(place), \(factor)")
      }
    }
  }

  @Test("keeps as much memory after very many steps as after some")
  func boundedMemory() {
    let clock = AdamClock(Adam())
    var sweeps = 0
    for _ in 0..<3 * AdamClock.memory {
      clock.advance(learningRate: 0.01)
      clock.close()
      sweeps += clock.needsSweep ? 1 : 0
    }
    #expect(sweeps == 6)
    #expect(clock.present.decay(over: 1_000_000).first == 0)
    #expect(clock.present.decay(over: 1_000_000).second > 0)
    let last = clock.present.sums(since: 3 * AdamClock.memory - 300)
    #expect(last.total > 0)
  }
}
