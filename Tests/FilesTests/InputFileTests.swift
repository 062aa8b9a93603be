import Foundation
import Testing

@testable import Files

@Suite("Reading files")
struct InputFileTests {
  @Test("reads a file, also one that says it is empty and is not")
  func whole() throws {
    try withScratchFolder { folder in
      try put("some text", at: "\(folder)/a")
      #expect(try InputFile(path: "\(folder)/a").size == 9)
      #expect(try InputFile.text(of: "\(folder)/a") == "some text")
      #expect(try InputFile.bytes(of: "\(folder)/a", limit: 9).count == 9)
    }
    #if os(Linux)
      #expect(try InputFile(path: "/proc/self/stat").size == 0)
      #expect(try !InputFile.text(of: "/proc/self/stat").isEmpty)
    #endif
  }

  @Test("reads no more than it may")
  func limits() throws {
    #expect(throws: FileError("/dev/zero", .tooLong(limit: 1000))) {
      try InputFile.bytes(of: "/dev/zero", limit: 1000)
    }
    try withScratchFolder { folder in
      try put("some text", at: "\(folder)/a")
      #expect(throws: FileError("\(folder)/a", .tooLong(limit: 8))) {
        try InputFile.bytes(of: "\(folder)/a", limit: 8)
      }
    }
  }

  @Test("tells what is not there and what is a folder")
  func missing() throws {
    try withScratchFolder { folder in
      try put("text", at: "\(folder)/a")
      for path in ["\(folder)/none", "\(folder)/a/b", ""] {
        #expect(throws: FileError(path, .noSuchFile)) { try InputFile(path: path) }
      }
      #expect(throws: FileError(folder, .isFolder)) { try InputFile(path: folder) }
    }
  }

  @Test("leaves a byte order mark out of a text, and takes no UTF-16 for one")
  func marks() throws {
    try withScratchFolder { folder in
      try put("\u{FEFF}text\n", at: "\(folder)/a")
      #expect(try InputFile.text(of: "\(folder)/a") == "text\n")
      try put("a\0 \0t\0e\0x\0t\0.\0\n\0", at: "\(folder)/b")
      let error = #expect(throws: FileError.self) { try InputFile.text(of: "\(folder)/b") }
      #expect("\(error, default: "")".contains("is UTF-16LE text"))
    }
  }

  @Test("names the line that is not UTF-8")
  func notUTF8() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/a"
      try Data([0x61, 0x0A, 0xFF, 0x0A]).write(to: URL(filePath: path))
      #expect(throws: FileError.notUTF8(path, line: 2, beginning: [])) {
        try InputFile.text(of: path)
      }
    }
  }

  @Test("gives the digest of a file of several pieces")
  func digest() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/a"
      let bytes = [UInt8](repeating: 0x61, count: 1_000_000)
      try Data(bytes).write(to: URL(filePath: path))
      #expect(try SHA256.hexDigest(ofFile: path) == SHA256.hexDigest(of: bytes))
    }
  }
}

@Suite("Reading through a buffer")
struct BufferedInputTests {
  /// A source that gives the bytes of a text a few at a time.
  private func input(_ text: String, bufferSize: Int, step: Int) -> BufferedInput {
    let bytes = Array(text.utf8)
    nonisolated(unsafe) var position = 0
    return BufferedInput(path: "text", bufferSize: bufferSize) { buffer throws(FileError) in
      let count = min(step, buffer.count, bytes.count - position)
      buffer.copyBytes(from: bytes[position..<position + count])
      position += count
      return count
    }
  }

  @Test("gives the same lines whatever the buffer", arguments: [1, 2, 3, 7, 100], [1, 2, 5, 100])
  func lines(bufferSize: Int, step: Int) throws {
    let text = "one\n\na longer line\nlast"
    var input = input(text, bufferSize: bufferSize, step: step)
    var lines: [String] = []
    while let line = try input.nextLine(limit: 20) {
      lines.append(String(decoding: line, as: UTF8.self))
      #expect(input.isLineTerminated == (lines.count < 4))
    }
    #expect(lines == ["one", "", "a longer line", "last"])
    #expect(input.offset == text.utf8.count)
    #expect(input.line == 4)
  }

  @Test("refuses a line that is longer than it may be, and no shorter one")
  func longLine() throws {
    for bufferSize in [1, 4, 100] {
      var input = input("12345678\n123456789\n", bufferSize: bufferSize, step: 3)
      #expect(try input.nextLine(limit: 8)?.count == 8)
      let error = #expect(throws: FileError.self) { try readLine(&input) }
      #expect(error == FileError("text", at: .line(2), .tooLong(limit: 8)))
    }
    var zeros = try BufferedInput(path: "/dev/zero")
    #expect(throws: FileError.self) { _ = try zeros.nextLine(limit: 1000) }
  }

  private func readLine(_ input: inout BufferedInput) throws {
    _ = try input.nextLine(limit: 8)
  }

  @Test("peeks without reading, and takes what there is")
  func counts() throws {
    var input = input("abcdefgh", bufferSize: 2, step: 3)
    #expect(try input.peek(5).elementsEqual("abcde".utf8))
    #expect(try input.take(2).elementsEqual("ab".utf8))
    #expect(try input.take(upTo: 0x65, limit: 9)?.bytes.elementsEqual("cd".utf8) == true)
    #expect(input.offset == 5)
    #expect(try input.take(100).elementsEqual("fgh".utf8))
    #expect(try input.peek(1).isEmpty)
  }
}
