import Testing

@testable import Files

@Suite("CSV") struct CSVTests {
  private func fields(_ text: String) throws -> [[String]] { try CSV.rows(text).map(\.fields) }

  @Test(
    "gives back what was written",
    arguments: [
      [["word", "count"], ["the", "1"]],
      [["\"s", "a,b"], ["a\nb", "a\r\nb"], ["\r", "\""]],
      [[""], ["", ""], ["é, “x”", ""]],
      [],
    ])
  func roundTrip(rows: [[String]]) throws {
    #expect(try fields(CSV.text(rows)) == rows)
  }

  @Test("quotes what it reserves, and nothing else")
  func quoting() {
    #expect(
      CSV.text([["\"s,", "1"], ["a\nb", "2"], ["n't", " "], ["", ""]])
        == "\"\"\"s,\",1\n\"a\nb\",2\nn't, \n,\n")
  }

  @Test("is read with either line end, and with none at the end")
  func lineEnds() throws {
    for text in ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n\n1,2", "\"a\",\"b\"\r\n\"1\",2"] {
      #expect(try fields(text) == [["a", "b"], ["1", "2"]])
    }
    #expect(try fields("a,\n,") == [["a", ""], ["", ""]])
    #expect(try fields("") == [])
  }

  @Test("counts lines, not rows")
  func lines() throws {
    let rows = try CSV.rows("a\n\"b\nc\"\r\n\nd\n")
    #expect(rows.map(\.line) == [1, 2, 5])
    #expect(rows[1].fields == ["b\nc"])
  }

  @Test(
    "names the line of what cannot be read",
    arguments: [
      ("a,b\n1,x\"y\n", 2, "inside an unquoted field"),
      ("a\n\"b\nc\"d\n", 3, "behind a quoted field"),
      ("a\n\"b\nc\n", 2, "nothing closes"),
    ])
  func malformed(text: String, line: Int, words: String) throws {
    let error = #expect(throws: CSV.SyntaxError.self) { try CSV.rows(text) }
    #expect(error?.line == line)
    #expect(error?.reason.contains(words) == true)
  }
}
