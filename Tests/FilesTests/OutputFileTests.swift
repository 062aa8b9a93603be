import Foundation
import Testing

@testable import Files

@Suite("Writing files")
struct OutputFileTests {
  @Test("makes a file, replaces one, and leaves nothing else in the folder")
  func wholeFile() throws {
    try withScratchFolder { folder in
      try OutputFile.write("new".utf8, to: "\(folder)/a")
      #expect(try text(of: "\(folder)/a") == "new")
      try OutputFile.write("newer".utf8, to: "\(folder)/a")
      #expect(try text(of: "\(folder)/a") == "newer")
      #expect(try names(in: folder) == ["a"])
    }
  }

  @Test("shows nothing of a file before it is whole, and leaves nothing of one that never is")
  func unfinished() throws {
    try withScratchFolder { folder in
      try put("old", at: "\(folder)/a")
      func begin(_ path: String) throws {
        let file = try OutputFile(path: path)
        try file.write([1, 2, 3])
        #expect(try names(in: folder).count == 2)
      }
      try begin("\(folder)/a")
      try begin("\(folder)/b")
      #expect(try names(in: folder) == ["a"])
      #expect(try text(of: "\(folder)/a") == "old")
    }
  }

  @Test("is locked until it is in its place, so that no other run takes it for a leftover")
  func locked() throws {
    try withScratchFolder { folder in
      var file = try OutputFile(path: "\(folder)/a")
      try file.write(Array("whole".utf8))
      try file.sync()
      #expect(throws: FileError.self) { _ = try OutputFile(path: "\(folder)/a") }
      try file.commit()
      #expect(try text(of: "\(folder)/a") == "whole")
      #expect(try names(in: folder) == ["a"])
    }
  }

  @Test("keeps the mode of a file", arguments: [0o600, 0o644, 0o755, 0o640] as [mode_t])
  func keepsMode(bits: mode_t) throws {
    try withScratchFolder { folder in
      try put("old", at: "\(folder)/a")
      chmod("\(folder)/a", bits)
      try OutputFile.write("new".utf8, to: "\(folder)/a")
      #expect(mode(of: "\(folder)/a") == bits)
    }
  }

  @Test("writes through links, also through one that names nothing yet")
  func links() throws {
    try withScratchFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/sub", withIntermediateDirectories: false)
      try put("old", at: "\(folder)/sub/target")
      symlink("sub/target", "\(folder)/link")
      symlink("\(folder)/link", "\(folder)/second")
      try OutputFile.write("new".utf8, to: "\(folder)/second")
      #expect(try text(of: "\(folder)/sub/target") == "new")
      symlink("sub/later", "\(folder)/dangling")
      try OutputFile.write("made".utf8, to: "\(folder)/dangling")
      #expect(try text(of: "\(folder)/sub/later") == "made")
      #expect(try names(in: "\(folder)/sub") == ["later", "target"])
      for link in ["link", "second", "dangling"] {
        let target = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "\(folder)/\(link)")
        #expect(target != nil, "\(link) is a link still")
      }
      symlink("loop", "\(folder)/loop")
      #expect(reason("\(folder)/loop") == "it is a link to itself")
    }
  }

  /// Why a path cannot be written, nil where it can.
  private func reason(_ path: String) -> String? {
    do throws(FileError) {
      try OutputFile.write([1], to: path)
      return nil
    } catch {
      guard error.path == path, case .unwritable(let reason) = error.problem else {
        return "\(error)"
      }
      return reason
    }
  }

  @Test("refuses folders, devices, pipes, read-only files and places that are not there")
  func refusals() throws {
    try withScratchFolder { folder in
      try put("old", at: "\(folder)/file")
      mkfifo("\(folder)/pipe", 0o600)
      try put("old", at: "\(folder)/locked")
      chmod("\(folder)/locked", 0o444)
      let expected = [
        ("", "the name is empty"), (folder, "it is a folder"), ("\(folder)/", "it is a folder"),
        ("\(folder)/new/", "the name ends in a slash"),
        ("/dev/null", "it is not an ordinary file"),
        ("\(folder)/pipe", "it is not an ordinary file"),
        ("\(folder)/locked", "the file there is read-only"),
        ("\(folder)/none/a", "there is no folder \(folder)/none"),
        ("\(folder)/file/a", "\(folder)/file is no folder"),
        ("\(folder)/" + String(repeating: "a", count: 300), "File name too long"),
      ]
      for (path, sentence) in expected { #expect(reason(path) == sentence, "\(path)") }
      #expect(try text(of: "\(folder)/locked") == "old")
      #expect(try names(in: folder) == ["file", "locked", "pipe"])
    }
  }

  @Test("removes what an ended program left, and not what a running one writes")
  func leftovers() throws {
    try withScratchFolder { folder in
      let ended = try endedProcess()
      let running = getppid()
      for name in [
        "a.\(ended).part", "a.\(ended).before", "a.\(running).part", "a.b.\(ended).part",
        "a.x.part", "a.part",
      ] { try put("rest", at: "\(folder)/\(name)") }
      // A leftover that somebody has locked is being written, whatever its number says.
      let locked = open("\(folder)/c.\(ended).part", O_WRONLY | O_CREAT, 0o600)
      #expect(flock(locked, LOCK_EX) == 0)
      try OutputFile.write("new".utf8, to: "\(folder)/a")
      try OutputFile.write("new".utf8, to: "\(folder)/c")
      #expect(
        try names(in: folder) == [
          "a", "a.\(running).part", "a.b.\(ended).part", "a.part", "a.x.part", "c",
          "c.\(ended).part",
        ])
      close(locked)
    }
  }

  @Test("a leftover of this program's own number is no obstacle; a file being written is")
  func ownNumber() throws {
    try withScratchFolder { folder in
      try put("rest", at: "\(folder)/a.\(getpid()).part")
      let first = try OutputFile(path: "\(folder)/a")
      #expect(reason("\(folder)/a") == "this program is writing it already")
      try first.write([1])
    }
  }

  /// The number of a process that has ended.
  private func endedProcess() throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exit"]
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }

  @Test("of several files none is put in its place unless all can be written")
  func several() throws {
    try withScratchFolder { folder in
      try put("old", at: "\(folder)/a")
      #expect(throws: FileError.self) {
        try OutputFile.write([("\(folder)/a", [0x61]), ("\(folder)/none/b", [0x62])])
      }
      #expect(try text(of: "\(folder)/a") == "old")
      #expect(try names(in: folder) == ["a"])
      try OutputFile.write([("\(folder)/a", [0x61]), ("\(folder)/b", [0x62])])
      #expect(try text(of: "\(folder)/a") + text(of: "\(folder)/b") == "ab")
    }
  }

  @Test("of two files that belong together a new one never stands beside an old one")
  func pair() throws {
    try withScratchFolder { folder in
      let (a, b) = ("\(folder)/a", "\(folder)/b")
      var moments: [[String?]] = []
      func replace(with new: String) throws {
        var first = try OutputFile(path: a)
        var second = try OutputFile(path: b)
        try first.write(Array(new.utf8))
        try second.write(Array(new.utf8))
        try first.commit(with: &second) {
          moments.append([try? text(of: a), try? text(of: b)])
        }
      }
      try replace(with: "old")
      try replace(with: "new")
      #expect(
        moments == [
          [nil, nil], ["old", nil], ["old", "old"],  // at first there is none of before
          ["old", nil], ["new", nil], ["new", "new"],
        ])
      #expect(try names(in: folder) == ["a", "b"])
    }
  }

  @Test("of two files that belong together those of before are there again where one cannot be")
  func pairFails() throws {
    try withScratchFolder { folder in
      for name in ["a", "b"] { try put("old", at: "\(folder)/\(name)") }
      func replace() throws {
        var first = try OutputFile(path: "\(folder)/a")
        var second = try OutputFile(path: "\(folder)/b")
        // What is in its place now cannot be replaced.
        unlink("\(folder)/a")
        mkdir("\(folder)/a", 0o700)
        try put("in it", at: "\(folder)/a/file")
        try first.commit(with: &second)
      }
      let error = #expect(throws: FileError.self) { try replace() }
      #expect(error?.path == "\(folder)/a")
      #expect(try text(of: "\(folder)/b") == "old")
      #expect(try names(in: folder) == ["a", "b"])
    }
  }

  @Test("of two files that belong together two programs write one pair or the other")
  func pairsInTurn() throws {
    try withScratchFolder { folder in
      var first = try OutputFile(path: "\(folder)/a")
      var second = try OutputFile(path: "\(folder)/b")
      let lock = open(folder, O_RDONLY)
      flock(lock, LOCK_EX)
      let start = ContinuousClock.now
      try first.commit(with: &second)
      #expect(ContinuousClock.now - start > .milliseconds(500))
      #expect(try names(in: folder) == ["a", "b"])
      close(lock)
    }
  }

  @Test("a turn within a turn of the same program waits for nothing, and frees nothing")
  func turnWithinTurn() throws {
    try withScratchFolder { folder in
      let turn = FolderTurn(toWrite: "\(folder)/a")
      let start = ContinuousClock.now
      let inner = FolderTurn(toWrite: "\(folder)/b")
      #expect(ContinuousClock.now - start < .milliseconds(500))
      inner.end()
      let lock = open(folder, O_RDONLY)
      defer { close(lock) }
      #expect(flock(lock, LOCK_EX | LOCK_NB) != 0)
      turn.end()
      #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    }
  }

  @Test("a check makes nothing")
  func check() throws {
    try withScratchFolder { folder in
      try OutputFile.check("\(folder)/a")
      #expect(try names(in: folder) == [])
      #expect(throws: FileError.self) { try OutputFile.check(folder) }
    }
  }

  /// Whether this process may mount a file system.
  private static let canMount: Bool = {
    (try? withScratchFolder { folder in
      let isMounted = mount("tmpfs", folder, "tmpfs", 0, "size=1m") == 0
      if isMounted { umount(folder) }
      return isMounted
    }) ?? false
  }()

  @Test(
    "a full disk leaves the file of before and no part of the new one",
    .enabled(if: canMount, "mounting is not allowed"))
  func fullDisk() throws {
    try withScratchFolder { folder in
      #expect(mount("tmpfs", folder, "tmpfs", 0, "size=1m") == 0)
      defer { umount(folder) }
      try put("old", at: "\(folder)/a")
      let large = [UInt8](repeating: 1, count: 2 << 20)
      #expect(throws: FileError("\(folder)/a", .unwritable("No space left on device"))) {
        try OutputFile.write(large, to: "\(folder)/a")
      }
      #expect(throws: FileError("\(folder)/c", .unwritable("No space left on device"))) {
        try OutputFile.write([("\(folder)/b", [1]), ("\(folder)/c", large)])
      }
      #expect(try names(in: folder) == ["a"])
      #expect(try text(of: "\(folder)/a") == "old")
    }
  }
}
