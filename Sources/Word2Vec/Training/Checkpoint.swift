import Files

/// Where a run of `FusedEngine` stood after a step: a run that goes on from there makes the same
/// bytes as one that was never stopped, on any number of threads.
///
/// The file has its size and the SHA-256 of its content in it, so one that was cut or changed
/// anywhere is refused. Numbers are little-endian, texts UTF-8 behind their length:
///
///     "word2vec checkpoint 1\n", the size of the file (8 bytes)
///     the method (optimiser and slot's weight), the text's name or digest, the settings, as texts
///     V, d, the words of 32 bits that are kept of a row (8 bytes each)
///     the number of steps, then the loss of each (Float64)
///     the number of numbers that the optimiser remembers, then these (Float64)
///     the rows of the centre words, those of the context words, by word
///     the SHA-256 of all that (32 bytes)
///
/// A row is kept as the engine has it, not brought up to date, since that would round it once more.
public enum Checkpoint {
  /// What decides a run beside its engine: who goes on must have the same.
  public struct Run: Sendable, Equatable {
    /// The text, best as a digest of what is trained on.
    public var text: String
    /// The settings by their names.
    public var settings: [String: String]

    /// Describes a run.
    ///
    /// - Parameters:
    ///   - text: The text, best as a digest of what is trained on.
    ///   - settings: The settings by their names; what does not change the result is left out.
    public init(text: String, settings: [String: String]) {
      (self.text, self.settings) = (text, settings)
    }

    /// A line for each setting, by its name.
    fileprivate var lines: String {
      settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n")
    }

    /// What is not as in another run's `lines`, as the end of a sentence; nil where all is.
    fileprivate func difference(from lines: String) -> String? {
      let (theirs, ours) = (lines.split(separator: "\n"), self.lines.split(separator: "\n"))
      guard theirs != ours else { return nil }
      let (only, other) = (
        theirs.filter { !ours.contains($0) }, ours.filter { !theirs.contains($0) }
      )
      return
        "was made with \(only.isEmpty ? "less" : only.joined(separator: ", ")), and this run has "
        + "\(other.isEmpty ? "less" : other.joined(separator: ", "))"
    }
  }

  private static let name = "word2vec checkpoint "
  private static let beginning = name + "1\n"
  private static let digestSize = 32

  /// The bytes of a checkpoint but for the losses of the steps, about.
  ///
  /// - Parameters:
  ///   - vocabularySize: V, the number of words.
  ///   - dimension: d, the numbers of a vector.
  ///   - kept: The numbers kept for each weight, itself among them: 3 by Adam, 1 by plain descent.
  /// - Returns: The bytes.
  package static func expectedBytes(vocabularySize: Int, dimension: Int, kept: Int) -> Double {
    8 * Double(vocabularySize) * (1 + Double(kept) * Double(dimension))
  }

  /// Writes a checkpoint, whole or not at all; the one before stays until this one is on the disk.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - engine: The engine between two steps.
  ///   - run: What else decides the run.
  ///   - losses: The loss of each step that the engine has made.
  ///   - file: The caller's file, for losses that are not as many as the steps.
  ///   - line: The caller's line.
  /// - Throws: `FileError.Problem.unwritable`; a checkpoint of before is then as it was.
  /// - Complexity: O(V·d + steps), in a fixed amount of memory.
  public static func write(
    to path: String, _ engine: FusedEngine, of run: Run, losses: [Double],
    file: StaticString = #fileID, line: UInt = #line
  ) throws(FileError) {
    let outline = engine.core.outline
    require(
      losses.count == outline.step, "\(losses.count) losses of \(outline.step) steps", file: file,
      line: line)
    var head: [UInt8] = []
    for text in [outline.method, run.text, run.lines] {
      head.append(number: text.utf8.count)
      head.append(contentsOf: text.utf8)
    }
    for number in [outline.vocabularySize, outline.dimension, outline.savedSize] {
      head.append(number: number)
    }
    let rows = 2 * outline.vocabularySize * outline.savedSize * 4
    let numbers = 8 * (2 + losses.count + outline.memory.count)
    let size = beginning.utf8.count + 8 + head.count + numbers + rows + digestSize

    var output = CheckpointWriter(try OutputFile(path: path))
    output.pending.append(contentsOf: beginning.utf8)
    output.pending.append(number: size)
    output.pending += head
    for numbers in [losses, outline.memory] {
      output.pending.append(number: numbers.count)
      for number in numbers {
        output.pending.append(number: Int(bitPattern: UInt(number.bitPattern)))
        try output.writeWhatIsPending(from: 1 << 20)
      }
    }
    try engine.core.saveRows { row throws(FileError) in
      for word in row { output.pending.append(word: word) }
      try output.writeWhatIsPending(from: 1 << 20)
    }
    try output.writeWhatIsPending(from: 0)
    try output.end()
  }

  /// Brings a new engine to where a checkpoint's stood.
  ///
  /// - Parameters:
  ///   - engine: An engine that has made no step, of the same optimiser, and of tables of the same
  ///     shape, whose weights are replaced; not to be used where this throws.
  ///   - path: The file.
  ///   - run: What else decides the run.
  ///   - file: The caller's file, for an engine that has made steps.
  ///   - line: The caller's line.
  /// - Returns: The loss of each step made so far.
  /// - Throws: `FileError` where there is no such file, it is not whole, or is of another run.
  /// - Complexity: O(bytes), in memory for the losses.
  public static func restore(
    _ engine: FusedEngine, from path: String, of run: Run, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(FileError) -> [Double] {
    let present = engine.core.outline
    require(
      present.step == 0, "an engine that has made \(present.step) steps is to be restored",
      file: file, line: line)
    let input = try InputFile(path: path)
    try checkDigest(of: input)
    try input.rewind()
    var reader = CheckpointReader(
      BufferedInput(path: path) { buffer throws(FileError) in try input.read(into: buffer) },
      count: input.size - digestSize)
    _ = try reader.bytes(beginning.utf8.count + 8)

    func refuse(_ why: String) -> FileError { FileError(path, .malformed(why)) }
    let method = try reader.text()
    let (text, settings) = (try reader.text(), try reader.text())
    let (words, dimension) = (try reader.number(), try reader.number())
    let savedSize = try reader.number()
    guard text == run.text else {
      throw refuse(
        "was made with another text, or other words of it; resume with those of the run that wrote it"
      )
    }
    if let difference = run.difference(from: settings) {
      throw refuse("\(difference); resume with the settings of the run that wrote it")
    }
    guard method == present.method else {
      throw refuse("is of another method, \(method), and this run's is \(present.method)")
    }
    guard
      (words, dimension, savedSize)
        == (present.vocabularySize, present.dimension, present.savedSize)
    else {
      throw refuse(
        "has \(words) words of dimension \(dimension), and this run has "
          + "\(present.vocabularySize) of \(present.dimension)")
    }
    let (losses, memory) = (try reader.numbers(), try reader.numbers())
    var outline = present
    (outline.step, outline.memory) = (losses.count, memory)
    let isPossible = try engine.core.restore(outline) { row throws(FileError) in
      let bytes = try reader.bytes(4 * row.count)
      for index in row.indices {
        row[index] = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
      }
    }
    guard isPossible, reader.rest == 0 else {
      throw refuse("has numbers that no run can have; make it again")
    }
    return losses
  }

  /// Reads the whole file: its beginning, its size and its digest must be right.
  private static func checkDigest(of file: InputFile) throws(FileError) {
    func refuse(_ why: String) -> FileError { FileError(file.path, .malformed(why)) }
    var (hasher, place, head, digest) = (SHA256(), 0, [UInt8](), [UInt8]())
    let headSize = beginning.utf8.count + 8
    let end = file.size - digestSize
    let isLongEnough = end >= headSize
    try file.forEachPiece { piece throws(FileError) in
      if head.count < headSize { head += piece.prefix(headSize - head.count) }
      if head.count >= name.utf8.count || !isLongEnough {
        guard head.starts(with: name.utf8) else { throw refuse("is no checkpoint; check the path") }
      }
      let content = min(max(0, end - place), piece.count)
      hasher.update(UnsafeRawBufferPointer(rebasing: piece[..<content]))
      digest += piece[content...].prefix(digestSize)
      place += piece.count
    }
    guard head.starts(with: name.utf8) else { throw refuse("is no checkpoint; check the path") }
    guard head.starts(with: beginning.utf8) || head.count < beginning.utf8.count else {
      let version = String(decoding: head.dropFirst(name.utf8.count).prefix(8), as: UTF8.self)
      throw refuse(
        "is a checkpoint of version \(version.prefix { $0.isNumber }), and this program reads "
          + "version 1; resume with the program that wrote it")
    }
    let size = head.count < headSize ? nil : Int(number: head.suffix(8))
    guard isLongEnough, place == file.size, size == file.size else {
      throw refuse(
        "has \(place) bytes where it should have \(size.map { "\($0)" } ?? "more"); it is cut short "
          + "or changed, resume from another checkpoint")
    }
    guard hasher.digest() == digest else {
      throw refuse("is damaged: its digest is not its content's; resume from another checkpoint")
    }
  }
}
