import Testing

@testable import Files

@Suite("Errors about files")
struct FileErrorTests {
  @Test("are one sentence that names the file and the place")
  func sentences() {
    let errors: [(FileError, String)] = [
      (FileError("a.txt", .noSuchFile), "a.txt: no such file; check the path."),
      (FileError("a", .isFolder), "a is a folder; name a file in it."),
      (
        FileError("a", .unreadable("Permission denied")),
        "a cannot be read: Permission denied; check its permissions."
      ),
      (
        FileError("a", .unwritable("No space left on device")),
        "a cannot be written: No space left on device; choose another place."
      ),
      (
        FileError("a", .overLimit(512)),
        "a cannot be written: this process may make no file longer than 512 bytes (ulimit -f); raise "
          + "that limit."
      ),
      (FileError("", .noSuchFile), "The name of a file is empty; give its path."),
      (
        FileError("a", at: .line(3), .tooLong(limit: 8)),
        "a, line 3 is longer than 8 bytes; is it the right file?"
      ),
      (FileError("a", at: .byte(30), .malformed("is odd")), "a, byte 30 is odd."),
      (FileError("a", .malformed("is odd; is it a text?")), "a is odd; is it a text?"),
    ]
    for (error, sentence) in errors { #expect(error.description == sentence) }
  }

  @Test(
    "say what a file is that is no text",
    arguments: [
      ([0x1F, 0x8B, 8] as [UInt8], "is a gzip file, not UTF-8 text; unpack it first"),
      ([0xFF, 0xFE, 0x61, 0], "is UTF-16 text; convert it, for example with iconv -f UTF-16 -t"),
      ([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "is UTF-32 text; convert it"),
      (
        Array("d\0o\0g\0 \0c\0a\0t\0s\0".utf8),
        "is UTF-16LE text; convert it, for example with iconv -f UTF-16LE"
      ),
      (Array("\0d\0o\0g\0 \0c\0a\0t\0s".utf8), "is UTF-16BE text"),
      (Array("d\0og\0 cat".utf8), "is a binary file"),
      ([0x61, 0, 0xFF], "is a binary file, not UTF-8 text"),
      ([0x61, 0x09, 0x03, 0xDF], "is a binary file, not UTF-8 text"),
      ([0x1B, 0x24, 0x42, 0x09, 0xE9], "line 2 is not UTF-8"),
      ([0x89, 0x50, 0x4E, 0x47], "is a PNG picture, not UTF-8 text"),
      ([0x63, 0x61, 0xE9], "line 2 is not UTF-8; convert the file, for example with iconv"),
      ([], "line 2 is not UTF-8"),
    ])
  func kinds(beginning: [UInt8], says: String) {
    let sentence = FileError.notUTF8("a", line: 2, beginning: beginning).description
    #expect(sentence.contains(says), "\(sentence)")
  }

  @Test("say that a text is damaged where it is no text in another encoding")
  func damaged() {
    let damaged = FileError.notUTF8(
      "a", line: 9, beginning: Array("text".utf8), near: [0x61, 0, 0xFF])
    #expect(
      damaged.description.hasPrefix("a, line 9 has bytes that no text has; the file is damaged"))
    let latin1 = FileError.notUTF8(
      "a", line: 9, beginning: Array("text".utf8), near: [0x09, 0x61, 0xE9, 0x0D, 0x0A])
    #expect(
      latin1.description.hasPrefix("a, line 9 is not UTF-8; convert the file, for example with"))
  }
}
