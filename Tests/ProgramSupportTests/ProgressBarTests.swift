import Testing

@testable import ProgramSupport

@Suite("The progress bar")
struct ProgressBarTests {
  @Test("fits the terminal", arguments: [200, 100, 80, 60, 40, 10, 1, 0])
  func columns(columns: Int) {
    let line = ProgressBar.line(0.5, "loss 0.500", seconds: 2, columns: columns)
    #expect(line.count <= max(0, columns - 1))
    let text = "loss 0.500  2 s left"
    if columns > text.count { #expect(line.hasSuffix(text)) }
    if columns >= 80 {
      #expect(line.count { $0 == "█" } == 15 && line.count { $0 == "░" } == 15)
    }
  }

  @Test("says nothing of the time left at the beginning, and stays within its ends")
  func ends() {
    #expect(ProgressBar.line(0, "begins", seconds: 3, columns: 80).hasSuffix("░ begins"))
    #expect(ProgressBar.line(1, "ends", seconds: 3, columns: 80).hasSuffix("█ ends  0 s left"))
    #expect(ProgressBar.line(1.2, "more", seconds: 3, columns: 80).hasSuffix("█ more  0 s left"))
    #expect(ProgressBar.line(.nan, "none", seconds: 3, columns: 80).hasSuffix("░ none"))
  }
}
