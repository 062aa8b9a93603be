import Foundation

/// Writes the bits of many values of PortableMath to standard output, little-endian, for
/// `check-bits.sh` to compare; `values libm` writes those of the C library's pow, exp and log instead.
@main
enum Values {
  static func main() {
    let counts = 1...3_000_000
    switch CommandLine.arguments.dropFirst().first {
    case "counts": write(counts.map { threeQuarterPower($0) })
    case "libm": write(counts.map { pow(Double($0), 0.75) + exp(1 / Double($0)) + log(Double($0)) })
    default:
      var values: [Double] = []
      for i in 0..<200_000 {
        let x = Double(i) * 0x1.fp-18  // 0 … 1.48
        values += [exponential(250 * x - 250), exponential(x), logarithm(x), logarithm(1e300 * x)]
        values += [logOnePlus(-x / 2), logOnePlus(x), Double(exponential(Float(x) * 50))]
        values += [Double(logarithm(Float(x))), Double(logOnePlus(Float(x)))]
        let (sine, cosine) = sineAndCosine(4 * x)
        values += [sine, cosine, power(x, i & 1023)]
      }
      write(values)
    }
  }

  static func write(_ values: [Double]) {
    let bytes = values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    FileHandle.standardOutput.write(bytes)
  }
}
