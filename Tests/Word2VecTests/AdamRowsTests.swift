import Foundation
import RandomStreams
import Testing

@testable import Word2Vec

/// A row left alone for some steps, after a step at which it had some state.
struct RestCase: CustomTestStringConvertible, Sendable {
  /// The step of the last gradient.
  var start: Int
  /// The steps without a gradient.
  var gap: Int

  var testDescription: String { "\(gap) steps after step \(start)" }
}

@Suite("Adam's rows")
struct AdamRowsTests {
  static let rest = [1, 2, 5, 50, 20_000].flatMap { start in
    [1, 2, 3, 10, 100, 1000, 10_000].map { RestCase(start: start, gap: $0) }
  }

  @Test("rows catch up with dense Adam within 1 ulp per 100 steps", arguments: rest)
  func catchUp(_ rest: RestCase) {
    compare(rest) { _ in 0.002 }
  }

  @Test("rows catch up with dense Adam while the learning rate moves", arguments: rest)
  func movingRate(_ rest: RestCase) {
    let last = Double(rest.start + rest.gap)
    compare(rest) { 0.025 * (1 - (Double($0) - 1) / last) }  // falls to nothing
    compare(rest) { 0.002 * Double($0 - rest.start + 1) / Double(rest.gap) }  // rises
    compare(rest) { $0 % 7 < 3 ? 0 : 0.01 }  // comes and goes
  }

  @Test("rows catch up where the learning rate makes two steps weigh the same")
  func symmetricRate() {
    // After steps 2 and 3 the third moment of ε's share is zero, the fourth is not.
    func weight(_ step: Int) -> Double {
      pow(0.9 / 0.999.squareRoot(), Double(step - 1))
        * (1 - pow(0.999, Double(step))).squareRoot() / (1 - pow(0.9, Double(step)))
    }
    compare(RestCase(start: 1, gap: 2)) { 0.002 / weight($0) }
  }

  @Test("rows of several blocks move like dense Adam, with and without a gradient")
  func againstAdam() {
    let (rows, width) = (4, 37)
    var random = Philox(key: 5)
    let start = (0..<rows * width).map { _ in Float(random.random() - 0.5) }
    let table = AdamRows(Embedding(weight: Tensor(shape: [rows, width], values: start)))
    defer { table.deallocate() }
    let clock = AdamClock(Adam())
    var dense = DenseAdam(start)
    for step in 0..<400 {
      var gradient = [Float](repeating: 0, count: rows * width)
      clock.advance(learningRate: 0.002)
      let before = clock.previous
      // Row 0 is touched at each step, row 1 every 7th, row 2 every 100th, row 3 never.
      for (row, every) in [1, 7, 100].enumerated() where step % every == 0 {
        var padded = [Lanes](repeating: .zero, count: table.layout.lanes)
        for column in 0..<width {
          let g = Float(random.random() - 0.3)
          gradient[row * width + column] = g
          padded[column / 16][column % 16] = g
        }
        table.catchUp(table.layout.order.row(of: row), to: before)
        update(table, table.layout.order.row(of: row), by: padded, at: clock.present)
      }
      clock.close()
      dense.step(gradient, learningRate: 0.002)
    }
    let lazy = table.embedding(at: clock.present)
    #expect(lazy.weight.shape == [rows, width])
    let worst = zip(lazy.weight.values, dense.weights).map { abs(Double($0) - $1) }.max() ?? 1
    #expect(worst <= 2e-6)
    #expect(lazy.weight.values.suffix(width) == start.suffix(width))
    #expect(table.embedding(at: clock.present).weight == lazy.weight)
  }

  @Test("the padding of a row stays as it is, after any number of steps")
  func lastingPadding() {
    let table = AdamRows(Embedding(weight: Tensor(repeating: 1, shape: [1, 3])))
    defer { table.deallocate() }
    let clock = AdamClock(Adam())
    clock.advance(learningRate: 0.1)
    update(table, 0, by: [lanes(1, 2, 3)], at: clock.present)
    // So many steps that β₂ᵏ is 0 in Float.
    for _ in 0..<110_000 { clock.advance(learningRate: 0.1) }
    update(table, 0, by: [lanes(1, 2, 3)], at: clock.present)
    let (w, m, q) = (table.weights(0)[0], table.weights(0)[1], table.weights(0)[2])
    #expect((3..<16).allSatisfy { w[$0] == 0 && m[$0] == 0 && q[$0] == .infinity })
    #expect((0..<3).map { q[$0] } == [1, 2, 3])
  }

  @Test("the padding of a row stays zero")
  func padding() {
    let table = AdamRows(Embedding(weight: Tensor(repeating: 1, shape: [1, 3])))
    defer { table.deallocate() }
    let clock = AdamClock(Adam())
    for _ in 0..<5 {
      table.catchUp(0, to: clock.present)
      clock.advance(learningRate: 0.1)
      let gradient = lanes(1)
      update(table, 0, by: [gradient], at: clock.present)
      clock.close()
      clock.advance(learningRate: 0.1)
      clock.close()
    }
    let row = table.weights(0)[0]
    #expect(row[0] < 1 && row[1] == 1 && row[2] == 1)
    #expect((3..<16).allSatisfy { row[$0] == 0 })
  }

  @Test("a row is settled once, and stays where dense Adam leaves it")
  func settling() {
    let start: [Float] = [1, 2, 3]
    let tables = (0..<2).map { _ in
      AdamRows(Embedding(weight: Tensor(shape: [1, 3], values: start)))
    }
    defer { for table in tables { table.deallocate() } }
    let clock = AdamClock(Adam())
    for step in 1...600 {
      clock.advance(learningRate: 0.01)
      if step == 1 || step == 500 {
        for table in tables {
          table.catchUp(0, to: clock.previous)
          update(table, 0, by: [lanes(0.5, -2, 1e-9)], at: clock.present)
        }
      }
      clock.close()
      if step % 50 == 0 { tables[1].settle(0, at: clock.present) }
    }
    #expect(
      tables[0].embedding(at: clock.present).weight == tables[1].embedding(at: clock.present).weight
    )
  }

  /// Sixteen Floats, the first of them given, the others zero.
  private func lanes(_ values: Float...) -> Lanes {
    var lanes = Lanes.zero
    for (lane, value) in values.enumerated() { lanes[lane] = value }
    return lanes
  }

  /// Makes Adam's step on a row.
  private func update(
    _ table: AdamRows, _ row: Int, by gradient: [Lanes], at present: AdamRows.Present
  ) {
    var update = table.update(row, at: present)
    for (index, lanes) in gradient.enumerated() { update.move(index, by: lanes) }
    update.end()
  }

  /// Lets one table's rows rest, and holds what `catchUp` makes of them against dense Adam, taken
  /// in Double from the same Floats.
  private func compare(
    _ rest: RestCase, sourceLocation: SourceLocation = #_sourceLocation, rate: (Int) -> Double
  ) {
    let states = Self.states(at: rest.start)
    let rows = (states.count + 15) / 16
    let values = (0..<rows * 16).map { $0 < states.count ? states[$0].w : 0 }
    let table = AdamRows(Embedding(weight: Tensor(shape: [rows, 16], values: values)))
    defer { table.deallocate() }
    let clock = AdamClock(Adam())
    for step in 1...rest.start + rest.gap {
      clock.advance(learningRate: rate(step))
      if step == rest.start {  // a gradient of some kind, then the states that are wanted
        for row in 0..<rows {
          let place = table.layout.order.row(of: row)
          update(table, place, by: [.zero], at: clock.present)
          for lane in 0..<16 where row * 16 + lane < states.count {
            let state = states[row * 16 + lane]
            let values = table.weights(place)
            (values[0][lane], values[1][lane], values[2][lane]) = (state.w, state.m, state.q)
          }
        }
      }
      clock.close()
    }
    let present = clock.present
    for row in 0..<rows { table.catchUp(table.layout.order.row(of: row), to: present) }
    // A move as large as the weight brings its own rounding: two ulps of the move more.
    var worst = (small: 0.0, large: 0.0)
    for (i, state) in states.enumerated() {
      let expected = dense(state, rest, rate: rate)
      let move = abs(expected - Double(state.w))
      let larger = Double(max(abs(state.w), abs(Float(expected))))
      let error = abs(
        Double(table.weights(table.layout.order.row(of: i / 16))[0][i % 16]) - expected)
      if move <= larger / 4 {
        worst.small = max(worst.small, error / Double(Float(larger).ulp))
      } else {
        worst.large = max(worst.large, (error - Double(Float(larger).ulp) / 2) / move)
      }
    }
    #expect(
      worst.small <= max(1, Double(rest.gap) / 100), "\(worst.small) ulps",
      sourceLocation: sourceLocation)
    #expect(worst.large <= 0x1p-22, "\(worst.large) of the move", sourceLocation: sourceLocation)
  }

  private struct State {
    var w, m, q: Float
  }

  /// Weights with moments of all sizes: √v̂ from 10⁸·ε down to ε/100 and 0, m of either sign.
  private static func states(at start: Int) -> [State] {
    var random = Philox(key: UInt64(start))
    var states = [State(w: 0.5, m: 0, q: 0), State(w: 0, m: 0, q: 0), State(w: 0, m: 0, q: 0.1)]
    let epsilon = 1e-8 * ((1 - pow(0.999, Double(start))) / 0.001).squareRoot()
    for power in stride(from: -2.0, through: 8.0, by: 0.25) {
      for _ in 0..<3 {
        let q = Float(epsilon * pow(10, power))
        let ratio = 1.2 * Float(random.random()) - 0.6  // (1 − β₁)·m to √(1 − β₂)·q: up to 2
        states.append(State(w: Float(random.random() - 0.5), m: ratio * q, q: q))
      }
    }
    // Gradients so small that v is 0 in Float.
    states += (1...5).map { State(w: 0.01 * Float($0), m: 1e-22 / Float($0), q: 0) }
    return states
  }

  /// Where dense Adam brings a weight, in Double.
  private func dense(_ state: State, _ rest: RestCase, rate: (Int) -> Double) -> Double {
    var (w, m, v) = (Double(state.w), 0.1 * Double(state.m), 0.001 * pow(Double(state.q), 2))
    var (power1, power2) = (pow(0.9, Double(rest.start)), pow(0.999, Double(rest.start)))
    for step in rest.start + 1...rest.start + min(rest.gap, 1000) {  // 0.9¹⁰⁰⁰ < 10⁻⁴⁵
      (m, v, power1, power2) = (m * 0.9, v * 0.999, power1 * 0.9, power2 * 0.999)
      w -= rate(step) / (1 - power1) * m / ((v / (1 - power2)).squareRoot() + 1e-8)
    }
    return w
  }
}

/// Dense Adam in Double.
private struct DenseAdam {
  var weights: [Double]
  private var first: [Double]
  private var second: [Double]
  private var steps = 0.0

  init(_ weights: [Float]) {
    self.weights = weights.map(Double.init)
    first = [Double](repeating: 0, count: weights.count)
    second = first
  }

  mutating func step(_ gradient: [Float], learningRate: Double) {
    steps += 1
    let (scale1, scale2) = (1 - pow(0.9, steps), 1 - pow(0.999, steps))
    for (i, g) in gradient.enumerated() {
      first[i] += 0.1 * (Double(g) - first[i])
      second[i] += 0.001 * (Double(g) * Double(g) - second[i])
      weights[i] -= learningRate * first[i] / scale1 / ((second[i] / scale2).squareRoot() + 1e-8)
    }
  }
}
