import Foundation
import Testing

@testable import ProgramSupport

@Suite("Room for the files of a run")
struct FileRoomTests {
  private let result = FileRoom.Expected("a.vec", bytes: 80e6...120e6)
  private let checkpoint = FileRoom.Expected("c", bytes: 300e6...300e6)

  private func check(
    limit: Int? = nil, free: [String: Double] = [:], _ checkpoint: FileRoom.Expected? = nil,
    isText: Bool = true
  ) throws -> [String] {
    let room = FileRoom(limit: limit) { free[$0] }
    return try room.check(
      result, isText: isText, checkpoint: checkpoint, orIn: ["/one", "/two"])
  }

  @Test("is enough where nothing is known, and where there is as much as the files may take")
  func enough() throws {
    try #expect(check(nil) == [])
    try #expect(check(limit: 300_000_000, free: ["a.vec": 120e6, "c": 600e6], checkpoint) == [])
  }

  @Test("under a limit that a result is over is refused, one that it may be over is warned of")
  func limit() throws {
    let sentence =
      "a.vec will have about 100 MB, and this process may make no file longer than 79 MB (ulimit -f); "
      + "raise that limit or name a file that ends in .bin."
    #expect(throws: FileRoom.Shortage(description: sentence)) { try check(limit: 79_000_000) }
    try #expect(
      check(limit: 80_000_000, isText: false).first?.hasSuffix("or keep fewer words.") == true)
    try #expect(
      check(limit: 80_000_000) == [sentence.replacingOccurrences(of: "79 MB", with: "80 MB")])
    try #expect(
      check(limit: 110_000_000).first?.hasPrefix("a.vec may have up to 120 MB, and") == true)
    try #expect(
      check(limit: 120_000_000, checkpoint) == [
        "c will have about 300 MB, and this process may make no file longer than 120 MB (ulimit -f); "
          + "raise that limit, or there is no checkpoint."
      ])
  }

  @Test("on a disk is warned of while another place has some, and then refused")
  func disk() throws {
    let warning =
      "a.vec will have about 100 MB, and its disk has 3.0 MB free; free some before the run ends, or it "
      + "goes to another place."
    try #expect(check(free: ["a.vec": 3e6]) == [warning])  // of the others nothing is known
    try #expect(check(free: ["a.vec": 3e6, "/one/file": 0, "/two/file": 80e6]) == [warning])
    #expect(
      throws: FileRoom.Shortage(
        description:
          "a.vec will have about 100 MB, and its disk has 3.0 MB free, other places no more; free some."
      )
    ) { try check(free: ["a.vec": 3e6, "/one/file": 0, "/two/file": 79e6]) }
    try #expect(
      check(free: ["c": 599e6], checkpoint) == [
        "c will have about 300 MB, twice that while it is written anew, and its disk has 599 MB free; "
          + "free some, or there is no checkpoint."
      ])
  }

  @Test("is that of the file system, whose folder need not be there")
  func now() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let free = try #require(FileRoom.now.free("\(folder)/a"))
    #expect(free > 0 && free < 1e18)
    #expect(FileRoom.now.free("\(folder)/none/none/a") != nil && FileRoom.now.free("none/a") != nil)
  }
}
