import Files

/// A matrix in an `.npy` file, with the words beside it in `NAME.words.txt`, one a line.
///
/// Numbers of 2, 4 and 8 bytes are read, in rows and little-endian; those of 4 are written.
///
/// - Source: NumPy's `lib/format.py`, versions 1 to 3 of the format.
enum NPYArray: WordVectorsCoder {
  /// How the name's ending and its word list's go together.
  static let listName = (".npy", ".words.txt")
  private static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  static func recognises(_ beginning: UnsafeRawBufferPointer) -> Bool {
    beginning.starts(with: magic)
  }

  static func write(_ vectors: WordVectors, to path: String) throws(FileError) {
    try vectors.requireWords(for: path) { 0x0A...0x0D ~= $0 }
    var output = try PackedOutput(path: path)
    let shape = "(\(vectors.words.count), \(vectors.dimension))"
    let dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    // Behind the header the numbers begin at a multiple of 64 bytes.
    let spaces = (128 - (11 + dictionary.utf8.count) % 64) % 64
    let header = dictionary + String(repeating: " ", count: spaces) + "\n"
    let count = UInt16(header.utf8.count)
    try output.write(magic + [1, 0, UInt8(count & 255), UInt8(count >> 8)] + Array(header.utf8))
    try vectors.vectors.values.withUnsafeBufferPointer { values throws(FileError) in
      try output.write(UnsafeRawBufferPointer(values))
    }
    try WordList.write(vectors.words, beside: path, as: listName, &output)
  }

  static func read(
    _ input: inout BufferedInput, _ reading: VectorsReading
  ) throws(FileError) -> WordVectors {
    let path = input.path
    let (kind, rows, dimension) = try header(&input)
    let words = try WordList.read(
      beside: input, as: [listName, (".vectors.npy", ".words.txt")])
    guard words.count == rows || reading.isLenient else {
      throw FileError(
        path, .malformed("has \(rows) rows and its list \(words.count) words; they must be as many")
      )
    }
    var collector = RowCollector(
      path, declared: min(rows, words.count), dimension: dimension,
      room: input.size / kind.size, reading)
    var row: [Float] = []
    for word in words.prefix(rows) {
      let place = FileError.Place.byte(input.offset)
      row.removeAll(keepingCapacity: true)
      guard try append(dimension, kind, from: &input, to: &row) else {
        return try collector.vectors(isCut: true)
      }
      if areFinite(row[...]) {
        try collector.append(word, at: place, row)
      } else {
        try collector.leaveOut(
          FileError(
            path, at: place,
            .malformed("begins the row of the word \"\(word)\", whose vector is not finite")))
      }
    }
    if words.count >= rows, try !input.peek(1).isEmpty, !reading.isLenient {
      throw FileError(
        path, at: .byte(input.offset), .malformed("comes after all \(rows) rows of the header"))
    }
    return try collector.vectors()
  }

  /// How a number lies in the file.
  private enum Kind: String, CaseIterable {
    case half = "<f2"
    case single = "<f4"
    case double = "<f8"

    var size: Int {
      switch self {
      case .half: 2
      case .single: 4
      case .double: 8
      }
    }
  }

  private static func header(
    _ input: inout BufferedInput
  ) throws(FileError) -> (kind: Kind, rows: Int, dimension: Int) {
    let path = input.path
    let start = Array(try input.take(8))
    guard start.count == 8, start.starts(with: magic), 1...3 ~= start[6] else {
      throw FileError(path, .malformed("has no header of an .npy file of version 1 to 3"))
    }
    let length = Array(try input.take(start[6] == 1 ? 2 : 4))
    let count = length.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= 1 << 16 else { throw FileError(path, .malformed("has a header too long")) }
    let text = String(decoding: try input.take(count), as: UTF8.self)
    guard let kindText = text.firstMatch(of: /'descr': *'([^']*)'/)?.1,
      let order = text.firstMatch(of: /'fortran_order': *(True|False)/)?.1,
      let shape = text.firstMatch(of: /'shape': *\(([0-9L, ]*)\)/)?.1
    else { throw FileError(path, .malformed("has a header that is not an .npy file's")) }
    let sizes = shape.split { ",L ".contains($0) }.compactMap { Int($0) }
    guard sizes.count == 2, sizes[0] > 0, sizes[1] > 0 else {
      throw FileError(
        path, .malformed("is an array of shape (\(shape)); vectors have a shape of two numbers"))
    }
    guard let kind = Kind(rawValue: String(kindText)), order == "False" else {
      throw FileError(
        path,
        .malformed(
          "has numbers of the kind \(kindText)\(order == "True" ? " in columns" : ""); "
            + "save it by rows as <f2, <f4 or <f8"))
    }
    return (kind, sizes[0], sizes[1])
  }

  /// Appends some numbers; false where the file ends before.
  private static func append(
    _ count: Int, _ kind: Kind, from input: inout BufferedInput, to values: inout [Float]
  ) throws(FileError) -> Bool {
    guard kind != .single else { return try input.appendFloats(count, to: &values) }
    for _ in 0..<count {
      let bytes = try input.take(kind.size)
      guard bytes.count == kind.size else { return false }
      if kind == .double {
        let bits = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        values.append(Float(Double(bitPattern: bits)))
      } else {
        values.append(float(half: UInt16(littleEndian: bytes.loadUnaligned(as: UInt16.self))))
      }
    }
    return true
  }

  /// The value of a number of half precision (IEEE 754), which macOS on x86 has no type for.
  private static func float(half bits: UInt16) -> Float {
    let (exponent, fraction) = (Int(bits >> 10) & 31, Float(bits & 1023))
    let size: Float =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: (1024 + fraction) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
      }
    return bits >> 15 == 1 ? -size : size
  }
}

/// Whether all of some numbers are finite.
func areFinite(_ values: ArraySlice<Float>) -> Bool {
  values.withUnsafeBufferPointer { values in
    var greatest: UInt32 = 0
    for value in values { greatest = max(greatest, value.bitPattern & 0x7FFF_FFFF) }
    return greatest < 0x7F80_0000
  }
}

extension BufferedInput {
  /// Appends some little-endian numbers of 4 bytes; false where the file ends before.
  mutating func appendFloats(_ count: Int, to values: inout [Float]) throws(FileError) -> Bool {
    var rest = count
    while rest > 0 {
      let wanted = min(rest, 1 << 14)  // a header of any size takes no more than the file gives
      let bytes = try take(4 * wanted)
      guard bytes.count == 4 * wanted else { return false }
      let first = values.count
      values.append(contentsOf: repeatElement(0, count: wanted))
      values.withUnsafeMutableBytes { values in
        UnsafeMutableRawBufferPointer(rebasing: values[(4 * first)...]).copyMemory(from: bytes)
      }
      rest -= wanted
    }
    return true
  }
}
