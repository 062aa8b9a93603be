import Foundation
import Testing

@testable import Files

@Suite("gzip")
struct GzipTests {
  /// All bytes of a file, unpacked, read in pieces of a size.
  private func read(_ path: String, by size: Int) throws -> [UInt8] {
    let source = try InputFile(path: path).unpacked().source
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while true {
      let count = try source(buffer)
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  private func pack(_ bytes: [UInt8], to path: String) throws {
    var output = try PackedOutput(path: path)
    for start in stride(from: 0, to: bytes.count, by: 100_000) {
      try output.write(Array(bytes[start..<min(start + 100_000, bytes.count)]))
    }
    try output.commit()
  }

  private let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }

  @Test("packs and unpacks what is written, in one member or several", arguments: [1, 7, 1 << 18])
  func roundTrip(size: Int) throws {
    try withScratchFolder { folder in
      let path = folder + "/a.gz"
      try pack(bytes, to: path)
      let packed = try Data(contentsOf: URL(filePath: path))
      #expect(packed.starts(with: [0x1F, 0x8B]) && packed.count < bytes.count)
      #expect(try read(path, by: size) == bytes)
      try (packed + packed + Data(count: 512)).write(to: URL(filePath: path))
      #expect(try read(path, by: 1 << 16) == bytes + bytes)
    }
  }

  @Test("is left alone where the file is none, and of no byte or one")
  func plain() throws {
    try withScratchFolder { folder in
      for count in [0, 1, 2, 3, 100] {
        let path = folder + "/plain"
        try Data(bytes.prefix(count)).write(to: URL(filePath: path))
        #expect(try read(path, by: 1) == Array(bytes.prefix(count)))
        #expect(try InputFile(path: path).unpacked().size == count)
        try pack(Array(bytes.prefix(count)), to: path + ".gz")
        #expect(try read(path + ".gz", by: 5) == Array(bytes.prefix(count)))
      }
    }
  }

  @Test("says that a file is cut short or damaged")
  func faults() throws {
    try withScratchFolder { folder in
      let path = folder + "/a.gz"
      try pack(bytes, to: path)
      var packed = try Data(contentsOf: URL(filePath: path))
      try packed.dropLast(9).write(to: URL(filePath: path))
      #expect(throws: FileError(path, .malformed("is cut short; get the gzip file again"))) {
        try read(path, by: 4096)
      }
      packed[packed.count / 2] ^= 0xFF
      try packed.write(to: URL(filePath: path))
      #expect(throws: FileError(path, .malformed("is damaged; get the gzip file again"))) {
        try read(path, by: 4096)
      }
    }
  }
}
