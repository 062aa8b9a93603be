import Testing

@testable import Literate

@Suite("Golden files")
struct GoldenTests {
  @Test(
    "the form of a text",
    arguments: [
      ("123456.7", "9.9"), ("-8.1", "9.9"), ("8.15", "9.99"), ("1e-09", "9e-9"), ("nan", "nan"),
      ("  12 s", "9 s"), ("1.2.3", "9.9.9"), ("3:07", "9:9"), ("x -2", "x 9"),
    ])
  func forms(text: String, expected: String) {
    #expect(form(of: text) == expected)
  }

  private let shown: Shown =
    "loss \(0.41, places: 3, within: 0.01), \(volatile: 123456.7, places: 1) tokens/sec\nend ⟨x⟩\n"

  @Test("marks are written, read back, and doubled where the program prints them")
  func text() {
    let golden = Golden.text(of: shown)
    #expect(golden == "loss ⟨0.410 ± 0.01⟩, ⟨123456.7⟩ tokens/sec\nend ⟨⟨x⟩\n")
    #expect(Golden.shown(in: golden) == shown)
    #expect(Golden.difference(golden: golden, shown: shown) == nil)
  }

  @Test("values of the same form and numbers within the tolerance agree")
  func agreement() {
    let golden = "loss ⟨0.419 ± 0.01⟩, ⟨9.9⟩ tokens/sec\nend ⟨⟨x⟩\n"
    #expect(Golden.difference(golden: golden, shown: shown) == nil)
  }

  @Test(
    "everything else is a difference",
    arguments: [
      "loss ⟨0.430 ± 0.01⟩, ⟨9.9⟩ tokens/sec\nend ⟨⟨x⟩\n",  // too far
      "loss ⟨0.410 ± 0.02⟩, ⟨9.9⟩ tokens/sec\nend ⟨⟨x⟩\n",  // another tolerance
      "loss ⟨0.41 ± 0.01⟩, ⟨9.9⟩ tokens/sec\nend ⟨⟨x⟩\n",  // fewer decimals
      "loss ⟨0.410 ± 0.01⟩, ⟨9.99⟩ tokens/sec\nend ⟨⟨x⟩\n",  // another form
      "loss ⟨0.410 ± 0.01⟩, ⟨9⟩ tokens/sec\nend ⟨⟨x⟩\n",
      "loss 0.410, ⟨9.9⟩ tokens/sec\nend ⟨⟨x⟩\n",  // unmarked
      "loss ⟨0.410 ± 0.01⟩, ⟨9.9⟩ tokens/sec \nend ⟨⟨x⟩\n",  // a space
      "loss ⟨0.410 ± 0.01⟩, ⟨9.9⟩ tokens/sec\nend ⟨⟨x⟩",  // no newline at the end
      "loss ⟨0.410 ± 0.01⟩, ⟨9.9⟩ tokens/sec\nend ⟨⟨x⟩\n\n", "",
    ])
  func disagreement(golden: String) {
    #expect(Golden.difference(golden: golden, shown: shown) != nil)
  }

  @Test("the difference shows the lines that differ and their neighbours, not all")
  func unified() throws {
    let old = (1...20).map { "line \($0)" }.joined(separator: "\n")
    let new = old.replacing("line 10\n", with: "line ten\n")
    let difference = try #require(unifiedDifference(from: old, to: new))
    #expect(
      difference == """
        @@ -7 +7 @@
         line 7
         line 8
         line 9
        -line 10
        +line ten
         line 11
         line 12
         line 13
        """)
    #expect(unifiedDifference(from: old, to: old) == nil)
  }
}
