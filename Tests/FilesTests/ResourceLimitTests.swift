import Foundation
import Testing

@testable import Files

@Suite("Limits on what the process may take")
struct ResourceLimitTests {
  @Test("are those of the shell that starts a program")
  func shell() throws {
    // A limit of this process goes over to what it starts.
    let (limit, before) = (ResourceLimit.openFiles, ResourceLimit.openFiles.value)
    let lower = (before ?? 1000) - 1
    #expect(limit.set(lower) && limit.value == lower)
    defer { limit.set(before ?? .max) }
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "ulimit -n"]
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said == "\(lower)\n")
  }

  @Test("have a value where there is one, and may be set to what they are")
  func values() {
    for limit in [ResourceLimit.fileSize, .openFiles, .stack, .addresses, .data] {
      guard let value = limit.value else { continue }
      #expect(value > 0 && limit.set(value) && limit.value == value)
    }
  }
}
