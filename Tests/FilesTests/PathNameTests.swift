import Testing

@testable import Files

@Suite("Names of files")
struct PathNameTests {
  @Test(
    "have a folder and a name, be they as short as they can",
    arguments: [
      ("a", ".", "a"), ("a.vec", ".", "a.vec"), ("b/a", "b", "a"), ("/a", "/", "a"),
      ("//a", "/", "a"), ("b//a", "b", "a"), ("/c/b/a", "/c/b", "a"), ("b/a/", "b", "a"),
      ("./a", ".", "a"), ("../a", "..", "a"), ("é/ü", "é", "ü"), ("/", "/", ""), ("", ".", ""),
    ])
  func parts(path: String, folder: String, name: String) {
    #expect(PathName.folder(of: path) == folder)
    #expect(PathName.name(of: path) == name)
  }

  @Test("may be of any bytes, and come back as they were")
  func bytes() {
    for bytes: [UInt8] in [
      Array("plain/é/日本".utf8), [0xEF, 0x2E, 0x76], [0x61, 0xC3],
      Array("\u{10FF80}\u{10FFFF}é".utf8),
      [0xED, 0xB3, 0xAF, 0xF4, 0x90, 0x80, 0x80], Array(0x80...0xFF), [],
    ] {
      let name = bytes.map(CChar.init(bitPattern:)) + [0]
      #expect(PathName.text(of: name).systemPath == name, "\(bytes)")
    }
    #expect(PathName.text(of: [CChar(0x61), CChar(bitPattern: 0xE9), 0]) == "a\u{10FFE9}")
  }

  @Test("may have an ending")
  func endings() {
    #expect(PathName.parts(of: "b.c/a.vec") == ("b.c/a", "vec"))
    #expect(PathName.parts(of: "b.c/a") == ("b.c/a", ""))
    #expect(PathName.parts(of: ".hidden") == (".hidden", ""))
    #expect(PathName.parts(of: "a.0.5.svg") == ("a.0.5", "svg"))
  }
}
