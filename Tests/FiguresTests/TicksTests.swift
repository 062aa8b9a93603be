import Testing

@testable import Figures

@Suite("Ticks") struct TicksTests {
  @Test("are 1, 2 or 5 times a power of ten apart")
  func linear() {
    let loss = Ticks.linear(0.382...0.538, about: 5)
    #expect(loss.values == [0.35, 0.4, 0.45, 0.5, 0.55])
    #expect(loss.labels == ["0.35", "0.40", "0.45", "0.50", "0.55"])
    #expect(loss.lower == 0.35 && loss.upper == 0.55)
    #expect(Ticks.linear(0...5, about: 5).labels == ["0", "1", "2", "3", "4", "5"])
    #expect(Ticks.linear(-1...1, about: 4).labels == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
    #expect(Ticks.linear(0...50_770, about: 3).labels == ["0", "20,000", "40,000", "60,000"])
  }

  @Test("cover their range with no gap and no more than asked", arguments: 1...12)
  func cover(count: Int) throws {
    for range in [0.1...0.7, -3.3...12.9, 1e-7...9e-7, 123_456...123_457, -1e15...3e14] {
      let ticks = Ticks.linear(range, about: count)
      let step = ticks.values[1] - ticks.values[0]
      #expect(ticks.values.count <= count + 2)
      #expect(try #require(ticks.values.first) <= range.lowerBound + 1e-6 * step)
      #expect(try #require(ticks.values.last) >= range.upperBound - 1e-6 * step)
    }
  }

  @Test("make room around a single value")
  func single() {
    #expect(Ticks.linear(0...0, about: 4).labels == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
    let one = Ticks.linear(0.41...0.41, about: 4)
    #expect(one.lower < 0.41 && one.upper > 0.41)
  }

  @Test("on a logarithmic axis are powers of ten, with 2 and 5 times where there is room")
  func logarithmic() {
    #expect(
      Ticks.logarithmic(12...52_000, about: 5).labels == ["10", "100", "1000", "10,000", "100,000"])
    #expect(
      Ticks.logarithmic(2.3...135, about: 6).labels == ["2", "5", "10", "20", "50", "100", "200"])
    #expect(Ticks.logarithmic(0.03...4, about: 3).labels == ["0.01", "0.1", "1", "10"])
    #expect(
      Ticks.logarithmic(1e-6...2e-3, about: 4).labels == ["10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²"])
    #expect(Ticks.logarithmic(1e5...1e6, about: 7).labels == ["10⁵", "2×10⁵", "5×10⁵", "10⁶"])
    #expect(
      Ticks.logarithmic(1...1e12, about: 4).labels
        == ["1", "10³", "10⁶", "10⁹", "10¹²"].map { $0 == "1" ? "10⁰" : $0 })
  }

  @Test("that are given are written alike: plain, or as powers of ten beside millions")
  func given() {
    #expect(
      Ticks.at([3e5, 1e5, 1e7, 1e6, 1e6], on: 1e5...1e7).labels == ["10⁵", "3×10⁵", "10⁶", "10⁷"])
    #expect(Ticks.at([1003, 1e4, 1e6], on: 1003...1e6).labels == ["1003", "10⁴", "10⁶"])
    #expect(Ticks.at([0.0005, 1e5], on: 0...1e6).labels == ["0.0005", "100,000"])
  }

  @Test("trimmed to the data stay where they are")
  func trimmed() {
    let ticks = Ticks.linear(-6...6, about: 3).trimmed(to: -6...6)
    #expect(ticks.labels == ["−5", "0", "5"])
    #expect(ticks.lower == -6 && ticks.upper == 6)
  }

  @Test("are labelled with a true minus, no negative zero and grouped thousands")
  func labels() {
    #expect(label(-0.001, decimals: 2) == "0.00")
    #expect(label(-1234567.891, decimals: 1) == "−1,234,567.9")
    #expect(label(9999, decimals: 0) == "9999")
    #expect(label(.nan, decimals: 2) == "–")
  }
}
