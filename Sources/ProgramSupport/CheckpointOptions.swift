import ArgumentParser
import Files
import Foundation

/// The options of a run that may be stopped at any moment and gone on with.
public struct CheckpointOptions: ParsableArguments {
  private static let standardInterval = "10min"

  /// Where the checkpoint is kept.
  @Option(
    help: ArgumentHelp(
      "Keep what the run needs to go on, should it be stopped, in this file.", valueName: "PATH"),
    completion: .file())
  public var checkpoint: String?

  /// How often it is written.
  @Option(
    help: ArgumentHelp(
      "How often the checkpoint is written: 90s, 10min, 500steps. (default: \(standardInterval))",
      valueName: "INTERVAL"))
  public var every: String?

  /// The checkpoint to go on from.
  @Option(
    help: ArgumentHelp(
      "Go on from a checkpoint of the same text and settings, and keep it there.",
      valueName: "PATH"),
    completion: .file())
  public var resume: String?

  /// Creates options that ask for nothing.
  public init() {}

  /// Refuses an empty path, and an interval that is none, or that nothing is written at.
  public func validate() throws {
    try requirePaths(["--checkpoint": checkpoint, "--resume": resume])
    guard let every else { return }
    guard Self.every(every) != nil else {
      throw ValidationError(
        "--every is \(every); give a time or a number of steps, such as 10min or 500steps.")
    }
    guard file != nil else {
      throw ValidationError("--every goes with --checkpoint or --resume; give one of them.")
    }
  }

  /// The file that is written, if any.
  public var file: String? { checkpoint ?? resume }

  /// The files that the run reads and does not write.
  public var inputs: [String] {
    checkpoint == nil || checkpoint == resume ? [] : resume.map { [$0] } ?? []
  }

  /// The files that the run will write.
  public var outputs: [OutputPath] { file.map { [OutputPath($0, default: $0)] } ?? [] }

  /// Checks that a checkpoint that is begun replaces nothing: another run's may hold hours of work.
  ///
  /// - Throws: `FileError` where there is a file that is not gone on from.
  public func checkIsNew() throws(FileError) {
    var status = stat()
    guard let checkpoint, checkpoint != resume, stat(checkpoint.systemPath, &status) == 0,
      status.st_size > 0
    else { return }
    throw FileError(
      checkpoint,
      .unwritable("it is there already, and if it is this run's, --resume goes on from it"))
  }

  /// How often the checkpoint is written, as one of two kinds.
  ///
  /// - Parameters:
  ///   - seconds: Makes an interval of a time.
  ///   - steps: Makes one of a number of steps, 1 or more.
  /// - Returns: The interval.
  public func interval<Interval>(
    seconds: (Double) -> Interval, steps: (Int) -> Interval
  ) -> Interval {
    switch Self.every(every ?? Self.standardInterval) {
    case .steps(let count)?: steps(count)
    case .seconds(let time)?: seconds(time)
    case nil: preconditionFailure("an interval that was not validated")
    }
  }

  package enum Every: Equatable { case seconds(Double), steps(Int) }

  /// Reads an interval such as "90s", "10min", "1.5h" or "500steps"; nil if it is none.
  package static func every(_ text: String) -> Every? {
    let number = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(number.count).drop { $0 == " " }
    if unit == "steps" || unit == "step" {
      guard let steps = Int(number), steps >= 1 else { return nil }
      return .steps(steps)
    }
    let units = ["s": 1.0, "min": 60, "h": 3600]
    guard let value = Double(number), let unit = units[String(unit)], value > 0,
      (value * unit).isFinite
    else { return nil }
    return .seconds(value * unit)
  }
}
