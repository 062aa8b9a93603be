import Files
import Foundation
import Testing

@testable import ProgramSupport

@Suite("Places that a run will write to")
struct OutputPathTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("are checked without making anything; the package's own folders come with the file")
  func folders() throws {
    try withFolder { folder in
      let own = OutputPath(nil, default: "\(folder)/new/deep/a.svg")
      try OutputPath.check([own, own.withEnding("csv")])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      let asked = OutputPath("\(folder)/new/a.svg", default: "b")
      #expect(throws: FileError(asked.path, .unwritable("there is no folder \(folder)/new"))) {
        try OutputPath.check([asked])
      }
      try own.makeFolder()
      #expect(FileManager.default.fileExists(atPath: "\(folder)/new/deep"))
      try OutputPath.check([asked])
    }
  }

  @Test("must be different, under whatever names")
  func identity() throws {
    try withFolder { folder in
      try Data().write(to: URL(filePath: "\(folder)/a"))
      symlink("a", "\(folder)/link")
      link("\(folder)/a", "\(folder)/hard")
      for other in ["\(folder)/a", "\(folder)/./a", "\(folder)/link", "\(folder)/hard"] {
        #expect(throws: FileError.self, "\(other)") {
          try OutputPath.check([OutputPath(other, default: "")], apartFrom: ["\(folder)/a"])
        }
      }
      #expect(throws: FileError.self) {
        try OutputPath.check([
          OutputPath("\(folder)/b", default: ""),
          OutputPath("\(folder)/../\(name(folder))/b", default: ""),
        ])
      }
      symlink("b", "\(folder)/to-b")
      symlink(folder, "\(folder)/here")
      for other in ["to-b", "here/b", "here/here/to-b"] {
        #expect(throws: FileError.self, "\(other)") {
          try OutputPath.check([
            OutputPath("\(folder)/b", default: ""), OutputPath("\(folder)/\(other)", default: ""),
          ])
        }
      }
      try OutputPath.check([OutputPath("\(folder)/b", default: "")], apartFrom: ["\(folder)/a"])
    }
  }

  private func name(_ path: String) -> String { (path as NSString).lastPathComponent }

  @Test("have files beside them whose names say more, where nothing is yet")
  func besides() throws {
    try withFolder { folder in
      #expect(OutputPath("\(folder)/a", default: "").unused("x").path == "\(folder)/a-x")
      let place = OutputPath("\(folder)/a.vec.gz", default: "")
      for name in ["a-x.vec.gz", "a-x-2.vec.gz", "a-x-3.vec.gz"] {
        let path = place.unused("x").path
        #expect(path == "\(folder)/\(name)")
        try OutputFile.write([1], to: path)
      }
    }
  }

  @Test("have tables beside them")
  func endings() {
    let figure = OutputPath("some.folder/a.b.svg", default: "")
    #expect(figure.withEnding("csv").path == "some.folder/a.b.csv")
    #expect(figure.withEnding("csv").isDefault == false)
  }
}

@Suite("The data's folder")
struct DataFolderTests {
  @Test("is the one that is named, else data/ptb")
  func rule() {
    #expect(DataFolder(environment: [:]).path == "data/ptb")
    #expect(DataFolder(environment: ["WORD2VEC_DATA": ""]).path == "data/ptb")
    #expect(DataFolder(under: "/root", environment: [:]).path == "/root/data/ptb")
    let named = DataFolder(under: "/root", environment: ["WORD2VEC_DATA": "/else"])
    #expect(named.trainingText == "/else/ptb.train.txt")
    #expect(!named.hasTrainingText)
  }
}
