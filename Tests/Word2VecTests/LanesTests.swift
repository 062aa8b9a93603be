import Testing

@testable import Word2Vec

@Suite("Sixteen lanes of a vector")
struct LanesTests {
  /// A vector of `octets` × 8 Floats, 0, 1, 2, …, followed by an octet of −1.
  private func vector(octets: Int) -> [Octet] {
    (0..<octets).map { octet in Octet((0..<8).map { Float(8 * octet + $0) }) }
      + [Octet(repeating: -1)]
  }

  @Test(
    "indices take in a vector once, in order, with half at the end of an odd one", arguments: 0...7)
  func indices(octets: Int) {
    var (seen, halves) = ([Int](), [Bool]())
    LanesIndex.forEach(of: octets) { index in
      seen += index.isHalf ? [index.octet] : [index.octet, index.octet + 1]
      halves.append(index.isHalf)
    }
    #expect(seen == Array(0..<octets))
    #expect(halves == (0..<octets / 2).map { _ in false } + (octets % 2 == 1 ? [true] : []))
  }

  @Test("reads a vector, and padding behind its end", arguments: [1, 2, 5, 6])
  func reading(octets: Int) {
    var floats: [Float] = []
    vector(octets: octets).withUnsafeBufferPointer { vector in
      guard let vector = vector.baseAddress else { return }
      LanesIndex.forEach(of: octets) { index in
        let lanes = vector[index, padding: .infinity]
        floats += (0..<16).map { lanes[$0] }
        #expect(vector[index].highHalf == (index.isHalf ? Octet.zero : lanes.highHalf))
      }
    }
    let padding = [Float](repeating: .infinity, count: octets % 2 * 8)
    #expect(floats == (0..<8 * octets).map { Float($0) } + padding)
  }

  @Test("sets a vector, and nothing behind its end", arguments: [1, 2, 5, 6])
  func setting(octets: Int) {
    var vector = vector(octets: octets)
    let doubled = vector.dropLast().map { 2 * $0 }
    vector.withUnsafeMutableBufferPointer { vector in
      guard let vector = vector.baseAddress else { return }
      LanesIndex.forEach(of: octets) { vector[$0, padding: .infinity] += vector[$0] }
    }
    #expect(vector == doubled + [Octet(repeating: -1)])
  }
}
