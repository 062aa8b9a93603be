import PortableMath
import Testing

@Suite("Sine and cosine")
struct SineAndCosineTests {
  @Test("are within 0.8 ulp of values of 30 digits, beside their zeros too")
  func references() throws {
    let references = try References.load()
    expectNear(references.sine, within: 0.8) { sineAndCosine($0).sine }
    expectNear(references.cosine, within: 0.8) { sineAndCosine($0).cosine }
  }

  @Test("have their special values")
  func specialValues() {
    #expect(sineAndCosine(0) == (0, 1))
    #expect(sineAndCosine(-0.0).sine.sign == .minus)
    #expect(sineAndCosine(.leastNonzeroMagnitude) == (.leastNonzeroMagnitude, 1))
    #expect(sineAndCosine(.pi) == (0x1.1a62633145c07p-53, -1))
    #expect(sineAndCosine(.nan).sine.isNaN && sineAndCosine(.nan).cosine.isNaN)
  }

  @Test("lie on the circle, odd and even")
  func identities() {
    for i in 0...20_000 {
      let x = 2 * Double.pi * Double(i) / 20_000
      let (sine, cosine) = sineAndCosine(x)
      #expect(abs(sine * sine + cosine * cosine - 1) <= 0x1p-51)
      #expect(sineAndCosine(-x) == (-sine, cosine))
    }
  }

  @Test("rise and fall where they must")
  func monotonic() {
    expectRising(-1.57...1.57) { sineAndCosine($0).sine }
    expectRising(1.58...4.71) { -sineAndCosine($0).sine }
    expectRising(0.01...3.14) { -sineAndCosine($0).cosine }
    expectRising(3.15...6.28) { sineAndCosine($0).cosine }
  }

  @Test("refuse an angle beyond a turn")
  func refusals() async {
    await #expect(processExitsWith: .failure) { _ = sineAndCosine((2 * Double.pi).nextUp) }
    await #expect(processExitsWith: .failure) { _ = sineAndCosine(-.infinity) }
  }
}
