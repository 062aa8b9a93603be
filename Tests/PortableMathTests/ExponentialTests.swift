import PortableMath
import Testing

@Suite("The exponential function")
struct ExponentialTests {
  @Test("is within 0.7 ulp of values of 30 digits")
  func references() throws {
    // Below 2⁻¹⁰²² the reference has no digits beyond a whole ulp.
    let rows = try References.load().exponential
    expectNear(rows.filter { $0[1].isNormal }, within: 0.7) { exponential($0) }
    for row in rows where !row[1].isNormal {
      #expect(abs(exponential(row[0]) - row[1]) <= row[1].ulp, "at \(row[0])")
    }
  }

  @Test("has its special values")
  func specialValues() {
    #expect(exponential(0.0) == 1)
    #expect(exponential(-0.0) == 1)
    #expect(exponential(Double.infinity) == .infinity)
    #expect(exponential(-Double.infinity) == 0)
    #expect(exponential(Double.nan).isNaN)
    #expect(exponential(709.782712893384) == 0x1.fffffffffff2ap1023)
    #expect(exponential(709.782712893385) == .infinity)
    #expect(exponential(1e308) == .infinity)
    #expect(exponential(-745.133219101941) == .leastNonzeroMagnitude)
    #expect(exponential(-745.133219101942) == 0)
    #expect(exponential(-1e308) == 0)
    #expect(exponential(Double.leastNonzeroMagnitude) == 1)
  }

  @Test("never falls")
  func rising() {
    for range in [-1e-15...1e-15, -1...1, 0.3465...0.3467, -750.0 ... -700, -20...20, 700...710] {
      expectRising(range) { exponential($0) }
    }
  }

  @Test("turns sums into products")
  func products() {
    for i in 1...1000 {
      let x = Double(i) * 0.7
      #expect(abs(exponential(x) * exponential(-x) - 1) <= 0x1p-51)
      #expect(abs(exponential(2 * x / 2.5) / power(exponential(x / 2.5), 2) - 1) <= 0x1p-50)
    }
  }

  @Test("in Float is the number in Double, rounded")
  func floats() {
    #expect(exponential(Float(1)) == 2.7182817)
    #expect(exponential(Float(-104)) == 0)
    #expect(exponential(Float(-103)) == .leastNonzeroMagnitude)
    #expect(exponential(Float(89)) == .infinity)
    #expect(exponential(Float.nan).isNaN)
  }
}
