import Files
import PortableMath
import Testing

@Suite("The power ¾ of a count")
struct ThreeQuarterPowerTests {
  @Test("is that of integer arithmetic, correctly rounded, from 0 to 2⁶³ − 1")
  func references() throws {
    let references = try References.load()
    #expect(references.counts.count > 100)
    #expect(references.counts.map(threeQuarterPower) == references.threeQuarterPowers)
  }

  @Test("has the digest of integer arithmetic for 1 … 3,000,000")
  func digest() throws {
    var digest = SHA256()
    digest.update(words: (1...3_000_000).map { threeQuarterPower($0).bitPattern.littleEndian })
    #expect(digest.hexDigest() == (try References.load().threeQuarterPowersDigest))
  }

  @Test("is exact for fourth powers")
  func fourthPowers() {
    for k in [0, 1, 2, 3, 100, 1 << 10, 55_108] {
      #expect(threeQuarterPower(k * k * k * k) == Double(k * k * k))
    }
  }

  @Test("refuses a negative count")
  func refusals() async {
    await #expect(processExitsWith: .failure) { _ = threeQuarterPower(-1) }
  }
}
