import Files

/// Writes a checkpoint, whose digest follows its content.
struct CheckpointWriter: ~Copyable {
  private var file: OutputFile
  private var hasher = SHA256()
  /// Bytes that are still to be written.
  var pending: [UInt8] = []

  init(_ file: consuming OutputFile) {
    self.file = file
    pending.reserveCapacity(3 << 19)
  }

  /// Writes the pending bytes once they are as many as `least`.
  mutating func writeWhatIsPending(from least: Int) throws(FileError) {
    guard pending.count >= least else { return }
    hasher.update(pending)
    try file.write(pending)
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes the digest and puts the file in its place.
  mutating func end() throws(FileError) {
    try file.write(hasher.digest())
    try file.commit()
  }
}

/// Reads the content of a checkpoint, whose counts may say anything.
struct CheckpointReader: ~Copyable {
  private var input: BufferedInput
  /// How many bytes are left.
  private(set) var rest: Int

  init(_ input: consuming BufferedInput, count: Int) {
    self.input = input
    rest = count
  }

  private func tooShort() -> FileError {
    FileError(input.path, .malformed("has counts beyond its end; make it again"))
  }

  /// The next bytes, valid until the next call.
  mutating func bytes(_ count: Int) throws(FileError) -> UnsafeRawBufferPointer {
    guard 0...rest ~= count else { throw tooShort() }
    let bytes = try input.take(count)
    guard bytes.count == count else { throw tooShort() }
    rest -= count
    return bytes
  }

  mutating func number() throws(FileError) -> Int { Int(number: try bytes(8)) }

  mutating func text() throws(FileError) -> String {
    String(decoding: try bytes(try number()), as: UTF8.self)
  }

  mutating func numbers() throws(FileError) -> [Double] {
    let count = try number()
    guard 0...rest / 8 ~= count else { throw tooShort() }
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count {
      numbers.append(Double(bitPattern: UInt64(UInt(bitPattern: try number()))))
    }
    return numbers
  }
}

extension [UInt8] {
  /// Appends a number as eight bytes, the least significant first.
  mutating func append(number: Int) {
    Swift.withUnsafeBytes(of: Int64(number).littleEndian) { append(contentsOf: $0) }
  }

  mutating func append(word: UInt32) {
    Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) }
  }
}

extension Int {
  /// The number that eight bytes are, the least significant first.
  init(number bytes: some Collection<UInt8>) {
    self = Int(truncatingIfNeeded: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}
