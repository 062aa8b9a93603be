import Testing

/// Expects two arrays to be as long and, element by element, as near as `tolerance`.
public func expectClose(
  _ got: [Float], _ expected: [Float], within tolerance: Float,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(got.count == expected.count, sourceLocation: sourceLocation)
  let worst = zip(got, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
  #expect(worst <= tolerance, "largest difference \(worst)", sourceLocation: sourceLocation)
}
