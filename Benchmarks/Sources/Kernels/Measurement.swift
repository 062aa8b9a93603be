import Foundation

/// One timed thing: how long it took, and how much it moved and computed in that time.
struct Measurement: Codable {
  /// What was timed, such as `sgemm`.
  var kernel: String
  /// The sizes that it was timed at, by name, such as `["threads": 2]`.
  var sizes: [String: Int]
  /// Seconds of one run: the median of `runs`.
  var seconds: Double
  /// How many runs the median is of.
  var runs: Int
  /// Bytes read and written in one run, or 0 where that says nothing.
  var bytes: Double = 0
  /// Floating-point operations, or random draws, in one run, or 0.
  var operations: Double = 0
}

extension Measurement {
  /// Times `body`: runs it once unmeasured, then until both `runs` runs and 0.3 s are over.
  ///
  /// - Parameters:
  ///   - kernel: What is timed.
  ///   - sizes: The sizes that it is timed at.
  ///   - bytes: Bytes that one run reads and writes.
  ///   - operations: Operations of one run.
  ///   - runs: The least number of runs, at least 1.
  ///   - body: One run.
  /// - Returns: The median of the runs.
  static func timing(
    _ kernel: String, sizes: [String: Int], bytes: Double = 0, operations: Double = 0,
    runs: Int = 5, body: () throws -> Void
  ) rethrows -> Measurement {
    precondition(runs >= 1, "\(runs) runs have no median")
    try body()
    let clock = ContinuousClock()
    var seconds: [Double] = []
    let start = clock.now
    while seconds.count < runs || (start.duration(to: clock.now) < .seconds(0.3)) {
      seconds.append(try clock.measure(body) / .seconds(1))
    }
    return Measurement(
      kernel: kernel, sizes: sizes, seconds: median(seconds), runs: seconds.count,
      bytes: bytes, operations: operations)
  }

  /// A line for a person.
  var description: String {
    let names = sizes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    var line = "\(kernel) (\(names.joined(separator: ", "))): "
    line += String(format: "%.4g ms", seconds * 1e3)
    if bytes > 0 { line += String(format: ", %.2f GB/s", bytes / seconds / 1e9) }
    if operations > 0 { line += String(format: ", %.2f G/s", operations / seconds / 1e9) }
    return line
  }
}

/// The middle of `values`, or the mean of the middle two; `values` must not be empty.
func median(_ values: [Double]) -> Double {
  precondition(!values.isEmpty, "no values have no median")
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
