import Testing

@testable import Literate

@Suite("Prose")
struct ProseTests {
  @Test(
    "good prose has no faults",
    arguments: [
      ["The norm $`\\|v_c\\|`$ costs \\$5, and `$HOME` is code."],
      ["```sh", "echo $HOME", "```", "````text", "```", "$x$", "````"],
      ["![A falling curve](a.svg)"],
    ])
  func good(lines: [String]) {
    #expect(Prose(lines, from: 1).faults.isEmpty)
  }

  @Test(
    "faults are found with their lines",
    arguments: [
      (["fine", "the norm $v_c$"], 11), (["$$", "x", "$$"], 10), (["a", "", "![](a.svg)"], 12),
      (["```text", "never closed"], 11), (["![ ](a.svg)"], 10),
    ])
  func bad(lines: [String], line: Int) {
    #expect(Prose(lines, from: 10).faults.first?.line == line)
  }

  @Test("names are replaced by values, unknown ones reported")
  func filled() {
    let prose = Prose(["a {{x}} {{ y.z }}", "{{none}}{{x}}"], from: 5)
    let (text, unknown) = prose.filled { ["x": "1", "y.z": "two"][$0] }
    #expect(text == "a 1 two\n1")
    #expect(unknown.map(\.name) == ["none"])
    #expect(unknown.map(\.line) == [6])
  }

  @Test("a number behind = stands for itself")
  func constants() {
    let (text, unknown) = Prose(["about {{=0.410}}"], from: 1).filled { _ in nil }
    #expect(text == "about 0.410")
    #expect(unknown.isEmpty)
  }

  @Test("numbers of four digits are found in the text, not in code, math, links and braces")
  func typedNumbers() {
    let prose = Prose(
      [
        "1,501,170 pairs, 0.07 and −1.8462; 512 of 42068.",
        "`--lr 0.0020` $`x = 0.6931`$ {{a 1234}}",
        "[see](b-2017.csv) {{=0.410}}", "```", "99999", "```",
      ], from: 3)
    #expect(prose.typedNumbers.map(\.number) == ["1,501,170", "1.8462", "42068"])
    #expect(prose.typedNumbers.allSatisfy { $0.line == 3 })
  }

  @Test("links to files are found, addresses and anchors are not")
  func linkedFiles() {
    let prose = Prose(["[a](b/c.md#d) [e](#f) [g](https://h.i)", "![j](k.svg)"], from: 1)
    #expect(prose.linkedFiles.map(\.path) == ["b/c.md", "k.svg"])
    #expect(prose.linkedFiles.map(\.line) == [1, 2])
  }
}
