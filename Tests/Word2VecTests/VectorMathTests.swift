import Foundation
import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Vector mathematics")
struct VectorMathTests {
  @Test("exp is within 2 ulp from −86 to 0")
  func exponential() {
    var x = (0..<100_000).map { -86 * Float($0) / 99_999 }
    x += (1...100_000).map { -pow(2, -Float($0) / 4000) }  // close to 0
    expectUlps(x, VectorMath.exp, Foundation.exp, within: 2)
    #expect(VectorMath.exp(.zero) == Lanes(repeating: 1))
  }

  @Test("exp takes what is below −86 as −86: a normal number")
  func farExponential() {
    let least = VectorMath.exp(Lanes(repeating: -86))
    #expect(least[0].isNormal && least[0] < 1e-37)
    for x in [-86.1, -100, -1e30, -Float.infinity] as [Float] {
      #expect(VectorMath.exp(Lanes(repeating: x)) == least)
    }
  }

  @Test("ln(1 + z) is within 2 ulp from 0 to 1")
  func logarithm() {
    var z = (0..<1_000_000).map { Float($0) / 999_999 }
    z += (1...100_000).map { pow(2, -Float($0) / 1000) }  // close to 0
    expectUlps(z, VectorMath.logOnePlus, Foundation.log1p, within: 2)
    #expect(VectorMath.logOnePlus(.zero) == .zero)
  }

  @Test("sum adds the halves, then neighbours, then neighbours of these")
  func sum() {
    var random = Philox(key: 2)
    for _ in 0..<200 {
      let x = (0..<16).map { _ in Float(random.random() - 0.5) * pow(10, Float(random.below(6))) }
      var tree = (0..<8).map { x[$0] + x[$0 + 8] }
      while tree.count > 1 {
        tree = stride(from: 0, to: tree.count, by: 2).map { tree[$0] + tree[$0 + 1] }
      }
      #expect(VectorMath.sum(Lanes(x)).bitPattern == tree[0].bitPattern)
    }
  }

  /// Holds a function of sixteen lanes against Foundation's in Double.
  private func expectUlps(
    _ x: [Float], _ function: (Lanes) -> Lanes, _ exact: (Double) -> Double, within ulps: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var worst = (ulps: 0.0, x: Float(0))
    for first in stride(from: 0, to: x.count - 15, by: 16) {
      let result = function(Lanes(x[first..<first + 16]))
      for lane in 0..<16 {
        let expected = exact(Double(x[first + lane]))
        let error = abs(Double(result[lane]) - expected) / Double(Float(expected).ulp)
        if error > worst.ulps { worst = (error, x[first + lane]) }
      }
    }
    #expect(worst.ulps <= ulps, "at \(worst.x)", sourceLocation: sourceLocation)
  }
}
