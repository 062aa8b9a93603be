import Foundation
import Testing

@testable import Files

@Suite("Decimal numbers")
struct DecimalFloatTests {
  private func parse(_ text: String) -> Float? {
    Array(text.utf8).withUnsafeBytes { Float(decimal: $0) }
  }

  @Test("give every Float back from its description, bit for bit")
  func descriptions() {
    var state: UInt64 = 1
    for _ in 0..<200_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: state >> 32))
      guard value.isFinite else { continue }
      #expect(parse(value.description)?.bitPattern == value.bitPattern, "\(value)")
    }
  }

  @Test("round as the standard library does, at every length")
  func rounding() {
    var state: UInt64 = 2
    func next(_ n: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % n
    }
    for _ in 0..<100_000 {
      var text = (0..<1 + next(24)).map { _ in "\(next(10))" }.joined()
      if next(2) == 0 { text = "0." + text }
      if next(2) == 0 { text += "e\(Int(next(90)) - 50)" }
      if next(2) == 0 { text = "-" + text }
      let expected = Float(text).flatMap { $0.isFinite ? $0 : nil }
      #expect(parse(text)?.bitPattern == expected?.bitPattern, "\(text)")
    }
  }

  @Test("half-way cases go to the even neighbour, and a digit far behind decides")
  func halfWay() {
    // 1 + 2⁻²⁴ lies half-way between 1 and the next Float.
    #expect(parse("1.000000059604644775390625") == 1)
    #expect(parse("1.000000059604644775390626") == Float(1).nextUp)
    // Beside a half-way case by less than a Double can tell: rounded twice, each would come out as its
    // neighbour.
    for (text, bits) in [
      ("1.885045421659015e-04", 0x3945_a94d), ("4.593672603368759e-01", 0x3eeb_322f),
      ("6.386063575744629e+01", 0x427f_714b), ("4.073394695296884e-03", 0x3b85_7a1d),
    ] as [(String, UInt32)] {
      #expect(parse(text)?.bitPattern == bits, "\(text)")
    }
    #expect(parse("16777217") == 16_777_216)
    #expect(parse("16777217.0000000000001") == 16_777_218)
    #expect(parse("16777219") == 16_777_220)
  }

  @Test(
    "nothing else is a number",
    arguments: [
      "", "+", "-", ".", "e5", "1e", "1e+", "1-2", "0x10", "nan", "inf", "-inf", "infinity", "1e39",
      "1e999999999999999999999", "1 ", " 1", "1,5", "1.2.3", "--1", "1e5.0", "1_000",
    ])
  func refusals(text: String) { #expect(parse(text) == nil) }

  @Test("forms that other programs write are numbers")
  func forms() {
    for (text, value) in [
      ("5.", 5), (".5", 0.5), ("+1", 1), ("-0", -0.0), ("1E+2", 100), ("000001", 1),
      ("1e-999999999999999999999", 0), ("0e99999", 0),
    ] as [(String, Float)] {
      #expect(parse(text)?.bitPattern == value.bitPattern, "\(text)")
    }
  }

  @Test("the locale does not count")
  func locale() {
    let old = setlocale(LC_ALL, nil).map { String(cString: $0) }
    defer { setlocale(LC_ALL, old ?? "C") }
    for name in ["de_DE.UTF-8", "tr_TR.UTF-8", "C"] where setlocale(LC_ALL, name) != nil {
      #expect(parse("0.5") == 0.5)
      #expect(parse("1.5e-30") == 1.5e-30)
    }
  }
}
