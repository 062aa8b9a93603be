import Foundation

/// What one axis of a chart shows.
public struct Axis: Sendable {
  /// How values become positions.
  public enum Scale: Sendable {
    /// In proportion to the value.
    case linear
    /// In proportion to its logarithm; values of zero and less are not drawn.
    case logarithmic
  }

  /// What is measured, with its unit: "loss", "time (s)".
  public let label: String
  /// How values become positions.
  public let scale: Scale
  /// Values that the axis shows whether or not there are data; data beyond widen it.
  public let range: ClosedRange<Double>?
  /// The values that are marked; nil for round ones about as many as there is room for.
  public let ticks: [Double]?

  /// Creates an axis.
  ///
  /// - Parameters:
  ///   - label: What is measured, with its unit; broken into lines where it is long.
  ///   - scale: How values become positions.
  ///   - range: Values that the axis shows whether or not there are data.
  ///   - ticks: The values to mark, such as those that were tried; labels that would touch are left
  ///     out, the outermost last. Round values if nil.
  public init(
    _ label: String, scale: Scale = .linear, including range: ClosedRange<Double>? = nil,
    ticks: [Double]? = nil
  ) {
    self.label = label
    self.scale = scale
    self.range = range
    self.ticks = ticks
  }

  /// Tells whether a value has a place on the axis.
  func shows(_ value: Double) -> Bool {
    guard value.isFinite, abs(value) < 1e280 else { return false }
    return scale == .linear || value > 1e-280
  }

  /// Chooses ticks for the data, about `count` of them.
  ///
  /// The axis ends at ticks; a tight one, and one whose ticks are given, ends where the data,
  /// `range` and those ticks end.
  func ticks(covering data: [Double], about count: Int, tight: Bool = false) -> Ticks {
    let bounds = range.map { [$0.lowerBound, $0.upperBound] } ?? []
    let marked = (ticks ?? []).filter(shows)
    let values = (data + bounds + marked).filter(shows)
    let low = values.min() ?? (scale == .linear ? 0 : 1)
    let high = values.max() ?? (scale == .linear ? 1 : 10)
    if !marked.isEmpty, low < high { return .at(marked, on: low...high) }
    let round: Ticks =
      switch scale {
      case .linear: .linear(low...high, about: count)
      case .logarithmic: .logarithmic(low...high, about: count)
      }
    return tight ? round.trimmed(to: low...high) : round
  }
}

/// An axis with its ticks, laid along a stretch of the canvas.
struct PlacedAxis {
  let axis: Axis
  let ticks: Ticks
  /// Where the ends of the ticks' range lie, in points.
  let start: Double
  let end: Double

  /// The place of a value in points; nil where the axis cannot show it.
  func position(_ value: Double) -> Double? {
    guard axis.shows(value) else { return nil }
    func along(_ v: Double) -> Double { axis.scale == .linear ? v : log10(v) }
    let lower = along(ticks.lower)
    let fraction = (along(value) - lower) / (along(ticks.upper) - lower)
    return start + fraction * (end - start)
  }
}
