import Foundation
import Testing

/// What `Fixtures/make_fixtures.py` wrote with mpmath and with integers.
struct References: Decodable, Sendable {
  let exponential: [[Double]]
  let logarithm: [[Double]]
  let logOnePlus: [[Double]]
  let sine: [[Double]]
  let cosine: [[Double]]
  let counts: [Int]
  let threeQuarterPowers: [Double]
  let threeQuarterPowersDigest: String

  static func load() throws -> References {
    let file = try #require(
      Bundle.module.url(forResource: "Fixtures/references", withExtension: "json"))
    return try JSONDecoder().decode(References.self, from: Data(contentsOf: file))
  }
}

/// Expects that a function is nowhere further from its references than some ulps of the value.
///
/// A row is an argument, the nearest number to the value, and the rest of the value.
func expectNear(
  _ rows: [[Double]], within ulps: Double, sourceLocation: SourceLocation = #_sourceLocation,
  _ function: (Double) -> Double
) {
  #expect(rows.count > 100, sourceLocation: sourceLocation)
  for row in rows {
    let error = abs((function(row[0]) - row[1]) - row[2]) / row[1].ulp
    #expect(error <= ulps, "at \(row[0])", sourceLocation: sourceLocation)
  }
}

/// Expects that a function does not fall from one of `steps` numbers of a range to the next, nor
/// from a number to the one above it.
func expectRising(
  _ range: ClosedRange<Double>, steps: Int = 20_000,
  sourceLocation: SourceLocation = #_sourceLocation, _ function: (Double) -> Double
) {
  var falls = 0
  var last = -Double.infinity
  for i in 0...steps {
    let x = range.lowerBound + (range.upperBound - range.lowerBound) * Double(i) / Double(steps)
    let (here, above) = (function(x), function(x.nextUp))
    if here < last || above < here { falls += 1 }
    last = here
  }
  #expect(falls == 0, sourceLocation: sourceLocation)
}
