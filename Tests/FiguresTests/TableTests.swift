import Testing

@testable import Figures

@Suite("Tables") struct TableTests {
  @Test("quote what CSV reserves, and nothing else")
  func quoting() {
    let table = Table(
      columns: ["word", "count"], rows: [["\"s,", "1"], ["a\nb", "2"], ["n't", "3"]])
    #expect(table.csv == "word,count\n\"\"\"s,\",1\n\"a\nb\",2\nn't,3\n")
  }

  @Test("of panels share columns of one name")
  func panels() {
    let bars = BarChart(title: "", x: Axis("time (s)"), bars: [Bar("a", 1.5)])
    let more = BarChart(title: "", x: Axis("bytes"), bars: [Bar("b", 2)])
    #expect(
      Panels(title: "", columns: 2, [bars, more]).table.csv
        == "panel,name,time (s),bytes\n1,a,1.5,\n2,b,,2.0\n")
  }
}
