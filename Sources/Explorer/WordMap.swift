import Files
import Foundation
import RandomStreams
import Word2Vec

/// Words in a plane, those with like vectors beside each other.
///
/// Two numbers cannot keep what a hundred say; what they can keep is who a word's neighbours are. So
/// the words start at their first two principal components, and then each is drawn to its nearest
/// neighbours by cosine and pushed from words at random: UMAP's forces with its a = b = 1 and an even
/// weight for each neighbour. The same vectors give the same map on any number of threads.
///
/// - Source: L. McInnes, J. Healy, J. Melville, "UMAP: Uniform Manifold Approximation and Projection",
///   2018, section 3.2.
package struct WordMap: Sendable, Equatable {
  /// The place of each word, both numbers in 0...1, shape (V).
  package let places: [SIMD2<Double>]

  /// Lays words out.
  ///
  /// - Parameters:
  ///   - units: The words' vectors, each of length 1 or 0, shape (V, d).
  ///   - neighbours: How many neighbours draw a word.
  ///   - rounds: How often each of them does.
  /// - Complexity: O(V²·d + V·d² + V · neighbours · rounds).
  package init(of units: Tensor, neighbours: Int = 12, rounds: Int = 250) {
    let count = units.shape[0]
    let k = min(neighbours, count - 2)
    guard k >= 1 else {  // one to a few words have no neighbours to speak of
      places = (0..<count).map { SIMD2(Double($0 + 1) / Double(count + 1), 0.5) }
      return
    }
    let lists = Self.nearest(k, in: units)
    var places = Self.start(of: units)
    var random = Philox(key: 0)
    for round in 0..<rounds {
      let rate = 1 - Double(round) / Double(rounds)
      for i in 0..<count {
        for j in lists[i] {
          let pull = Self.pull(from: places[i], to: places[j]) * rate
          places[i] += pull
          places[j] -= pull
          for _ in 0..<2 {
            let other = random.below(count)
            if other != i { places[i] += Self.push(places[i], from: places[other]) * rate }
          }
        }
      }
    }
    self.places = Self.scaled(places)
  }

  /// Half the way of an attracting step: a neighbour moves as far, the other way.
  private static func pull(from a: SIMD2<Double>, to b: SIMD2<Double>) -> SIMD2<Double> {
    let way = b - a
    return clipped(way * (2 / (1 + (way * way).sum())))
  }

  private static func push(_ a: SIMD2<Double>, from b: SIMD2<Double>) -> SIMD2<Double> {
    let way = a - b
    let square = (way * way).sum()
    return clipped(way * (2 / ((0.001 + square) * (1 + square))))
  }

  private static func clipped(_ step: SIMD2<Double>) -> SIMD2<Double> {
    step.clamped(lowerBound: SIMD2(-4, -4), upperBound: SIMD2(4, 4))
  }

  /// The k nearest words of each.
  private static func nearest(_ k: Int, in units: Tensor) -> [[Int]] {
    let (count, d) = (units.shape[0], units.shape[1])
    // A row of zeros in front: row 0 is nobody's neighbour in such lists.
    let table = Embedding(
      weight: Tensor(
        shape: [count + 1, d], values: [Float](repeating: 0, count: d) + units.values))
    let pieces = 16
    let bounds = (0...pieces).map { 1 + $0 * count / pieces }
    let lists = parallelMap(pieces) { piece in
      NeighbourLists(of: Array(bounds[piece]..<bounds[piece + 1]), in: table, k: k).neighbours
    }
    return lists.joined().map { $0.map { $0 - 1 } }
  }

  /// The words along their two principal components, within ±10.
  ///
  /// Rounded, since the last digits of an eigenvector depend on the processor.
  private static func start(of units: Tensor) -> [SIMD2<Double>] {
    let axes = PrincipalComponents(of: units, count: min(2, units.shape[1]))
    let raw = axes(units).map { SIMD2($0[0], $0.count > 1 ? $0[1] : 0) }
    let greatest = raw.map { max(abs($0.x), abs($0.y)) }.max() ?? 0
    // Words at one point would be pushed nowhere: each has a little way of its own from it.
    return raw.enumerated().map { index, place in
      let scaled = (place * (10 / max(greatest, 1e-9)) * 1000).rounded(.toNearestOrEven) / 1000
      return scaled + SIMD2(Double(index % 89), Double(index % 97)) * 1e-5
    }
  }

  /// The places moved and scaled into the unit square, its middle the map's.
  private static func scaled(_ places: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let low = places.reduce(places[0]) { pointwiseMin($0, $1) }
    let high = places.reduce(places[0]) { pointwiseMax($0, $1) }
    let side = max((high - low).max(), 1e-9)
    let middle = (low + high) / 2
    return places.map { ($0 - middle) / side + SIMD2(0.5, 0.5) }
  }
}
