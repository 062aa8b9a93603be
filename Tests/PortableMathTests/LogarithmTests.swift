import PortableMath
import Testing

@Suite("Logarithms")
struct LogarithmTests {
  @Test("are within 0.9 ulp of values of 30 digits")
  func references() throws {
    let references = try References.load()
    expectNear(references.logarithm, within: 0.9) { logarithm($0) }
    expectNear(references.logOnePlus, within: 0.9) { logOnePlus($0) }
  }

  @Test("have their special values")
  func specialValues() {
    #expect(logarithm(1.0).bitPattern == (0.0).bitPattern)
    #expect(logarithm(0.0) == -.infinity)
    #expect(logarithm(-0.0) == -.infinity)
    #expect(logarithm(-1.0).isNaN)
    #expect(logarithm(-Double.infinity).isNaN)
    #expect(logarithm(Double.infinity) == .infinity)
    #expect(logarithm(Double.nan).isNaN)
    #expect(logarithm(Double.leastNonzeroMagnitude) == -0x1.74385446d71c3p9)

    #expect(logOnePlus(-1.0) == -.infinity)
    #expect(logOnePlus((-1.0).nextDown).isNaN)
    #expect(logOnePlus(-Double.infinity).isNaN)
    #expect(logOnePlus(Double.infinity) == .infinity)
    #expect(logOnePlus(Double.nan).isNaN)
    for x in [0, -0.0, 1e-300, -1e-300, .leastNonzeroMagnitude, -.leastNonzeroMagnitude] {
      #expect(logOnePlus(x).bitPattern == x.bitPattern)
    }
    #expect(logOnePlus(Double.greatestFiniteMagnitude) == logarithm(.greatestFiniteMagnitude))
  }

  @Test("never fall")
  func rising() {
    for range in [1e-307...1e-300, 0.5...2, 1 - 1e-12...1 + 1e-12, 1.414...1.4144, 2...1e6] {
      expectRising(range) { logarithm($0) }
      expectRising(range.lowerBound - 1...range.upperBound - 1) { logOnePlus($0) }
    }
    expectRising(-1e-15...1e-15) { logOnePlus($0) }
  }

  @Test("undo the exponential function")
  func inverse() {
    for i in -700...700 where i != 0 {
      let x = Double(i) * 1.01
      #expect(abs(logarithm(exponential(x)) - x) <= 2 * x.ulp + 0x1p-52)
    }
    for i in 1...1000 {
      let x = Double(i) / 1024
      #expect(abs(logOnePlus(x) + logarithm(1 / (1 + x))) <= 0x1p-52)
    }
  }

  @Test("in Float are the numbers in Double, rounded")
  func floats() {
    #expect(logarithm(Float(2)) == 0.6931472)
    #expect(logarithm(Float.leastNonzeroMagnitude) == -103.27893)
    #expect(logarithm(Float(0)) == -.infinity)
    #expect(logOnePlus(Float(1e-10)) == 1e-10)
    #expect(logOnePlus(Float(1)) == 0.6931472)
    #expect(logOnePlus(Float(-2)).isNaN)
  }
}
