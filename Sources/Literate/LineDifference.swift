/// The difference between two lists of lines, by the fewest removals and insertions.
///
/// - Complexity: O((n + m) · d) for d differing lines.
package struct LineDifference<Line> {
  private enum Step {
    case same(Line, Line), removed(Line), inserted(Line)

    var isChange: Bool {
      if case .same = self { false } else { true }
    }
  }

  private var steps: [Step] = []

  /// Compares; `agrees` is called with a new line and an old one.
  package init(from old: [Line], to new: [Line], agrees: (Line, Line) -> Bool) {
    let changes = new.difference(from: old) { a, b in agrees(a, b) }
    var removed: [Int: Line] = [:]
    var inserted: [Int: Line] = [:]
    for change in changes {
      switch change {
      case .remove(let offset, let line, _): removed[offset] = line
      case .insert(let offset, let line, _): inserted[offset] = line
      }
    }
    var (i, j) = (0, 0)  // next line of the old and of the new list
    while i < old.count || j < new.count {
      if let line = removed[i] {
        steps.append(.removed(line))
        i += 1
      } else if let line = inserted[j] {
        steps.append(.inserted(line))
        j += 1
      } else {
        steps.append(.same(old[i], new[j]))
        i += 1
        j += 1
      }
    }
  }

  /// Whether the lists agree.
  package var isEmpty: Bool { !steps.contains(where: \.isChange) }

  /// The difference in the manner of `diff -u`, with `context` lines around a change; nil where
  /// the lists agree.
  package func unified(context: Int = 3, text: (Line) -> String) -> String? {
    guard !isEmpty else { return nil }
    let changes = steps.indices.filter { steps[$0].isChange }
    var output: [String] = []
    var (oldLine, newLine) = (1, 1)
    var shownBefore = true  // whether the step before was within the context of a change
    var next = 0  // index into `changes` of the first that is not out of reach
    for (index, step) in steps.enumerated() {
      while next < changes.count, changes[next] < index - context { next += 1 }
      let isShown = next < changes.count && changes[next] <= index + context
      if isShown {
        if !shownBefore || index == 0 { output.append("@@ -\(oldLine) +\(newLine) @@") }
        output.append(line(step, text))
      }
      shownBefore = isShown
      switch step {
      case .same: (oldLine, newLine) = (oldLine + 1, newLine + 1)
      case .removed: oldLine += 1
      case .inserted: newLine += 1
      }
    }
    return output.joined(separator: "\n")
  }

  private func line(_ step: Step, _ text: (Line) -> String) -> String {
    switch step {
    case .same(let line, _): " " + text(line)
    case .removed(let line): "-" + text(line)
    case .inserted(let line): "+" + text(line)
    }
  }
}

/// The difference between two texts in the manner of `diff -u`; nil where they are equal.
package func unifiedDifference(from old: String, to new: String) -> String? {
  let lines = [old, new].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
  return LineDifference(from: lines[0], to: lines[1], agrees: ==).unified { String($0) }
}
