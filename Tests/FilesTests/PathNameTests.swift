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

  @Test("may have an ending")
  func endings() {
    #expect(PathName.parts(of: "b.c/a.vec") == ("b.c/a", "vec"))
    #expect(PathName.parts(of: "b.c/a") == ("b.c/a", ""))
    #expect(PathName.parts(of: ".hidden") == (".hidden", ""))
    #expect(PathName.parts(of: "a.0.5.svg") == ("a.0.5", "svg"))
  }
}
