import Testing

@testable import Word2Vec

@Suite("Principal components")
struct PrincipalComponentsTests {
  /// Points (3, 4)·t about (1, 2) with a little to the side, (−4, 3)·s.
  private let points: Tensor = {
    let places: [(t: Float, s: Float)] = [(-2, 1), (-1, -1), (0, 0), (1, -1), (2, 1)]
    return Tensor(places.map { [1 + 3 * $0.t - 0.4 * $0.s, 2 + 4 * $0.t + 0.3 * $0.s] })
  }()

  @Test("finds the directions of a stretched cloud, by hand")
  func byHand() {
    let components = PrincipalComponents(of: points, count: 2)
    for (found, expected) in zip(components.axes.joined(), [0.6, 0.8, 0.8, -0.6]) {
      #expect(abs(found - expected) < 1e-6)
    }
    for (found, expected) in zip(components.mean, [1.0, 2.0]) {
      #expect(abs(found - expected) < 1e-6)
    }
    // Variances 25·10/4 along the first axis and 0.25·4/4 along the second.
    #expect(abs(components.shares[0] - 62.5 / 62.75) < 1e-6)
    let places = components(points)
    for (place, expected) in zip(places.map { $0[0] }, [-10.0, -5, 0, 5, 10]) {
      #expect(abs(place - expected) < 1e-5)
    }
  }

  @Test("gives axes of length 1 at right angles, the greatest entry positive, on random vectors")
  func axes() {
    var random = SplitMix(state: 3)
    let rows = (0..<40).map { _ in (0..<12).map { _ in Float(random.below(2001) - 1000) / 500 } }
    let components = PrincipalComponents(of: Tensor(rows), count: 12)
    for (i, a) in components.axes.enumerated() {
      for (j, b) in components.axes.enumerated() {
        let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-9)
      }
      let greatest = a.max { abs($0) < abs($1) } ?? 0
      #expect(greatest > 0)
    }
    #expect(abs(components.shares.reduce(0, +) - 1) < 1e-9)
    #expect(components.shares == components.shares.sorted(by: >))
  }

  @Test("projects with the variances that the shares say")
  func variances() {
    var random = SplitMix(state: 9)
    let rows = Tensor(
      (0..<30).map { _ in (0..<5).map { k in Float(random.below(100)) / Float(k + 1) } })
    let components = PrincipalComponents(of: rows, count: 5)
    let places = components(rows)
    let variances = (0..<5).map { k in places.reduce(0) { $0 + $1[k] * $1[k] } }
    let sum = variances.reduce(0, +)
    for (variance, share) in zip(variances, components.shares) {
      #expect(abs(variance / sum - share) < 1e-9)
    }
  }
}
