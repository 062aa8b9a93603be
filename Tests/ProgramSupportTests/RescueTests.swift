import Files
import Foundation
import Testing

@testable import ProgramSupport

@Suite("What cannot be written where it was to go")
struct RescueTests {
  /// A folder with a file where a folder was to be, and two folders beside it.
  private func withFolders(_ body: (_ folder: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["first", "second"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    try Data().write(to: URL(filePath: "\(folder)/file"))
    try body(folder)
  }

  private func write(_ path: String, _ isSmaller: Bool = false) throws {
    try OutputFile.write([isSmaller ? 8 : 7], to: path)
  }

  @Test("goes into a new folder of the first place that takes it, and the error says where")
  func elsewhere() throws {
    try withFolders { folder in
      var places: [String] = []
      let folders = ["\(folder)/file/nowhere", "\(folder)/first", "\(folder)/second"]
      for _ in 0..<2 {
        let rescue = try #require(throws: Rescue.self) {
          try Rescue.write(
            "the vectors", to: "\(folder)/file/a.vec", smaller: ".bin", orIn: folders, write)
        }
        #expect(rescue.path.hasPrefix("\(folder)/first/rescued-"))
        #expect(rescue.path.hasSuffix("/a.vec"))
        try #expect(InputFile.bytes(of: rescue.path) == [7])
        #expect(
          rescue.description == "\(folder)/file/a.vec cannot be written: "
            + "\(folder)/file is no folder; the vectors went to \(rescue.path).")
        places.append(rescue.path)
      }
      #expect(places[0] != places[1])
      try #expect(FileManager.default.contentsOfDirectory(atPath: "\(folder)/second") == [])
    }
  }

  @Test("that no place takes leaves nothing, and the first error")
  func nowhere() throws {
    try withFolders { folder in
      let full = FileError("a.vec", .unwritable("full"))
      #expect(throws: full) {
        try Rescue.write("it", to: "a.vec", smaller: ".bin", orIn: ["\(folder)/first"]) { path, _ in
          if path != "a.vec" { try write(path + ".part") }
          throw path == "a.vec" ? full : FileError(path, .unwritable("full, too"))
        }
      }
      try #expect(FileManager.default.contentsOfDirectory(atPath: "\(folder)/first") == [])
    }
  }

  @Test("takes a form that is smaller where files may not be as long as it is")
  func smaller() throws {
    try withFolders { folder in
      let path = "\(folder)/a.vec"
      let rescue = try #require(throws: Rescue.self) {
        try Rescue.write("it", to: path, smaller: ".bin", orIn: ["\(folder)/first"]) {
          guard $1 else { throw FileError($0, .overLimit(512)) }
          try write($0, $1)
        }
      }
      #expect(rescue.path.hasSuffix("/a.vec.bin"))
      try #expect(InputFile.bytes(of: rescue.path) == [8])
      #expect(
        rescue.description
          == "\(path) cannot be written: this process may make no file longer than "
          + "512 bytes (ulimit -f); it went to \(rescue.path).")
    }
  }

  @Test("is where it was to go where that can be, and not tried elsewhere for other reasons")
  func inPlace() throws {
    try withFolders { folder in
      try Rescue.write("it", to: "\(folder)/a", smaller: ".bin", orIn: ["\(folder)/first"], write)
      try #expect(InputFile.bytes(of: "\(folder)/a") == [7])
      let other = FileError("a", .malformed("cannot hold it"))
      #expect(throws: other) {
        try Rescue.write("it", to: "a", smaller: ".bin", orIn: ["\(folder)/first"]) { _, _ in
          throw other
        }
      }
      try #expect(FileManager.default.contentsOfDirectory(atPath: "\(folder)/first") == [])
    }
  }
}
