import Files
import RandomStreams
import Testing

@Suite("NumPy's legacy generator")
struct NumPyRandomTests {
  struct Case: Decodable {
    let n: Int
    let order: [Int32]?
    let sha256: String
  }

  @Test("gives its first orders")
  func first() {
    var zero = NumPyRandom(seed: 0)
    #expect(zero.permutation(of: 10) == [2, 8, 4, 9, 1, 6, 7, 3, 0, 5])
    var one = NumPyRandom(seed: 1)
    #expect(one.permutation(of: 10) == [2, 9, 6, 4, 0, 3, 1, 7, 8, 5])
  }

  @Test("shuffles as NumPy does, one stream through short and long arrays")
  func originals() throws {
    for seed in try fixture("numpy", as: [Fixture<[Case]>].self) {
      var stream = NumPyRandom(seed: UInt32(seed.seed))
      for expected in seed.values {
        let order = stream.permutation(of: expected.n)
        if let short = expected.order { #expect(order == short) }
        #expect(SHA256.hexDigest(of: order) == expected.sha256, "\(expected.n), \(seed.seed)")
      }
    }
  }

  @Test("refuses orders that Int32 cannot hold")
  func refusals() async {
    await #expect(processExitsWith: .failure) {
      var stream = NumPyRandom(seed: 0)
      _ = stream.permutation(of: -1)
    }
    await #expect(processExitsWith: .failure) {
      var stream = NumPyRandom(seed: 0)
      _ = stream.permutation(of: Int(Int32.max) + 1)
    }
  }
}
