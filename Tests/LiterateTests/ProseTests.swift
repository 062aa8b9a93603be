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
}
