import Files

/// What takes training steps: it owns the two tables and moves them, one minibatch at a time.
///
/// `step(_:)` on a `MiniBatch` needs nothing else. Who knows the next minibatch before the present
/// step can say so by `prepare`: an engine may then make and lay it out during that step.
///
/// ```swift
/// var next = engine.prepare(&source)
/// while let batch = next {
///   next = engine.prepare(&source)
///   let loss = engine.step(batch)
/// }
/// ```
public protocol TrainingEngine: AnyObject {
  /// The step size from the next step on, finite and not negative.
  var learningRate: Double { get set }

  /// The vectors of words as centres as of now, weight (V, d).
  var embedV: Embedding { get }

  /// The vectors of words as contexts as of now, weight (V, d).
  var embedU: Embedding { get }

  /// Takes note of a minibatch that will be stepped on after the next step, or by it.
  ///
  /// - Parameters:
  ///   - batch: What it holds.
  ///   - file: The caller's file, for the sentence where a word is outside the tables.
  ///   - line: The caller's line.
  ///   - fill: Appends a range of its examples to a batch; called once for each, from any thread,
  ///     at the latest when it is stepped on.
  /// - Returns: The minibatch, to be stepped on once.
  func prepare(
    _ batch: BatchOutline, file: StaticString, line: UInt,
    fill: @escaping @Sendable (Range<Int>, inout MiniBatch) -> Void
  ) -> PreparedBatch

  /// Takes one step, on a minibatch that this engine prepared and that was not stepped on yet.
  ///
  /// - Returns: The sum of the examples' losses before the step, each the mean over its own slots.
  func step(_ batch: PreparedBatch) -> Double
}

extension BatchOutline {
  /// What makes a minibatch of this outline, with a check of what it makes: the one place where a
  /// source's words enter an engine.
  ///
  /// - Parameters:
  ///   - fill: Appends a range of the examples to an empty batch.
  ///   - vocabularySize: The rows of the tables.
  ///   - file: The caller's file, for the sentence where something is not as the outline says.
  ///   - line: The caller's line.
  /// - Returns: What appends and checks, one range at a time.
  func checked(
    _ fill: @escaping @Sendable (Range<Int>, inout MiniBatch) -> Void, vocabularySize: Int,
    file: StaticString, line: UInt
  ) -> @Sendable (Range<Int>, inout MiniBatch) -> Void {
    require(count >= 1, "a step on a minibatch without an example", file: file, line: line)
    Self.requireNoiseSharing(noiseSharing, file, line)
    return { [noiseSharing] examples, batch in
      fill(examples, &batch)
      require(
        batch.count == examples.count,
        "\(batch.count) examples where a source was asked for \(examples.count)", file: file,
        line: line)
      batch.requireWords(below: vocabularySize, file: file, line: line)
      if noiseSharing > 1 { batch.requireSharedNoise(by: noiseSharing, file: file, line: line) }
    }
  }
}

/// A minibatch that an engine was told of, to be stepped on once.
open class PreparedBatch {
  /// What it holds.
  public let outline: BatchOutline

  /// Takes note of what a minibatch holds; an engine keeps what it needs in a class of its own.
  public init(_ outline: BatchOutline) { self.outline = outline }

  /// B: the number of examples.
  public var count: Int { outline.count }
  /// How much of the run is done before it.
  public var fraction: Double { outline.fraction }
}

extension TrainingEngine {
  /// Takes a source to its next minibatch, which will be stepped on after the next step.
  ///
  /// - Parameters:
  ///   - source: The source, which goes on by one minibatch.
  ///   - file: The caller's file, for the sentence where a word is outside the tables.
  ///   - line: The caller's line.
  /// - Returns: The minibatch; nil at the end of the run.
  public func prepare(
    _ source: inout some BatchSource, file: StaticString = #fileID, line: UInt = #line
  ) -> PreparedBatch? {
    guard let outline = source.advance() else { return nil }
    let source = source
    return prepare(outline, file: file, line: line) { source.append($0, to: &$1) }
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - batch: The minibatch; its words must be rows of the tables, and it must have an example.
  ///   - file: The caller's file, for the sentence where they are not.
  ///   - line: The caller's line.
  /// - Returns: The sum of the examples' losses before the step, each the mean over its own slots.
  public func step(
    _ batch: MiniBatch, file: StaticString = #fileID, line: UInt = #line
  ) -> Double {
    let outline = BatchOutline(count: batch.count, fraction: 0)
    return step(
      prepare(outline, file: file, line: line) { examples, piece in
        piece.append(examples, of: batch)
      })
  }
}
