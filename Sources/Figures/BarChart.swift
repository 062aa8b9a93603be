import Files

/// One bar of a bar chart.
public struct Bar: Sendable {
  /// The name at its left.
  public let name: String
  /// Its length, printed at its end.
  public let value: Double
  /// The group it is coloured by, an index into the chart's groups.
  public let group: Int

  /// Creates a bar.
  ///
  /// - Parameters:
  ///   - name: The name at its left.
  ///   - value: Its length.
  ///   - group: The group it is coloured by, an index into the chart's groups.
  public init(_ name: String, _ value: Double, group: Int = 0) {
    self.name = name
    self.value = value
    self.group = group
  }
}

/// Level bars with a name at the left and the value at the end.
///
/// On a linear axis bars begin at zero, on a logarithmic one at the power of ten below the least.
public struct BarChart: Chart {
  /// The title at the top; empty for none.
  public let title: String
  /// The axis of the values.
  public let x: Axis
  /// Names of the groups, at most four; none or one need no legend.
  public let groups: [String]
  /// The bars from top to bottom.
  public let bars: [Bar]
  private let decimals: Int

  /// Creates a bar chart.
  ///
  /// - Parameters:
  ///   - title: The title at the top; empty for none.
  ///   - x: The axis of the values.
  ///   - groups: Names of the groups, at most four.
  ///   - bars: The bars from top to bottom; the `group` of each is an index into `groups`.
  ///   - decimals: How many decimals of a value are printed, 0 or more.
  ///   - file: The caller's file, named where one of these does not hold.
  ///   - line: The caller's line.
  public init(
    title: String, x: Axis, groups: [String] = [], bars: [Bar], decimals: Int = 2,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    require(decimals >= 0, "\(decimals) decimals", file: file, line: line)
    SeriesStyle.requireEnough(for: groups.count, "groups", file: file, line: line)
    for bar in bars {
      require(
        (0..<max(1, groups.count)).contains(bar.group),
        "\(bar.name) is in group \(bar.group) of \(groups.count)", file: file, line: line)
    }
    self.title = title
    self.x = x
    self.groups = groups
    self.bars = bars
    self.decimals = decimals
  }

  /// As high as the bars need.
  public var size: Size {
    Size(width: 640, height: 140 + (groups.count < 2 ? 0 : 20) + 34 * Double(max(1, bars.count)))
  }

  /// A row per bar, with its group where there are any.
  public var table: Table {
    let value = x.label.isEmpty ? "value" : x.label
    return groups.isEmpty
      ? Table(columns: ["name", value], rows: bars.map { [$0.name, "\($0.value)"] })
      : Table(
        columns: ["name", "group", value],
        rows: bars.map { [$0.name, groups[$0.group], "\($0.value)"] })
  }

  /// Draws the bars and their values.
  public func draw(on canvas: inout Canvas, in bounds: Rectangle) {
    let values = bars.map { label($0.value, decimals: decimals) }
    let base = x.scale == .linear ? [0] : bars.map { $0.value * 0.8 }
    let frame = Frame(
      title: title, legend: .groups(groups, hasMarker: false), x: x,
      covering: bars.map(\.value) + base, y: .names(bars.map(\.name)),
      right: (values.map { TextMetrics.width($0) }.max() ?? 0) + 10, in: bounds)
    frame.draw(on: &canvas)
    let origin = x.scale == .linear ? frame.x.position(0) ?? frame.plot.x : frame.plot.x
    let thickness = min(24, frame.plot.height / Double(max(1, bars.count)) * 0.7)
    for (index, bar) in bars.enumerated() {
      guard let middle = frame.y.position(Double(index)) else { continue }
      let end = frame.x.position(bar.value) ?? origin
      canvas.fill(
        Rectangle(
          x: min(origin, end), y: middle - thickness / 2, width: abs(end - origin),
          height: thickness),
        SeriesStyle.standard(bar.group).ink)
      canvas.text(values[index], at: Point(max(origin, end) + 6, middle + 5))
    }
  }
}
